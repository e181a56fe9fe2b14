package dev.portcullis.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directions between the rooms of core, each seen to fail on a planted violation. */
class ArchitectureTest {

    private static final String PLANTED = "dev.portcullis.architecture.planted";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.portcullis");
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    static Set<String> rules() {
        return new TreeSet<>(new ArchitectureRules("dev.portcullis").all().keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holdsInCore(String rule) {
        new ArchitectureRules("dev.portcullis").all().get(rule).check(CORE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsThePlantedViolation(String rule) {
        var result = new ArchitectureRules(PLANTED).all().get(rule).evaluate(VIOLATIONS);

        assertThat(result.hasViolation()).isTrue();
    }

    @Test
    void keepsTheVocabularySmall() {
        var types = CORE.stream()
                .filter(type -> type.getPackageName().equals("dev.portcullis") && type.isTopLevelClass())
                .filter(type -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                .toList();

        assertThat(types).hasSizeBetween(10, 20);
    }
}
