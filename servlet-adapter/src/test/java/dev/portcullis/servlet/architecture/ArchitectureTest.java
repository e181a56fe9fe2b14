package dev.portcullis.servlet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.portcullis.Check;
import dev.portcullis.PolicySet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the servlet adapter may be, each rule seen to fail on a planted violation. */
class ArchitectureTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.portcullis.servlet");
    private static final JavaClasses VIOLATIONS =
            new ClassFileImporter().importPackages("dev.portcullis.servlet.architecture.planted");
    private static final Map<String, ArchRule> RULES = Map.of(
            "decides nothing",
            noClasses().should().beAssignableTo(Check.class).orShould().beAssignableTo(PolicySet.Scope.class),
            "knows no Spring",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "dev.portcullis.spring.."),
            "keeps nothing on threads",
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class));

    static Set<String> rules() {
        return RULES.keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holdsInTheAdapter(String rule) {
        assertThat(ADAPTER).hasSizeGreaterThan(10);
        RULES.get(rule).check(ADAPTER);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsThePlantedViolation(String rule) {
        assertThat(RULES.get(rule).evaluate(VIOLATIONS).hasViolation()).isTrue();
    }
}
