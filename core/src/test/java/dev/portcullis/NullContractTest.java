package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody public takes null where nothing says that it may stand. */
class NullContractTest {

    /** What no application calls: the command line, and what tests share. */
    private static final List<String> OTHERS = List.of("dev.portcullis.cli", "dev.portcullis.fixture");

    /** A type that forgets to look. */
    public record Forgetful(String name) {}

    /** A type that looks. */
    public record Careful(String name) {

        public Careful {
            java.util.Objects.requireNonNull(name, "name");
        }
    }

    @Test
    void nobodyTakesNull() throws ClassNotFoundException {
        var contract = new NullContract();
        for (var type : types()) {
            contract.hold(Class.forName(type.getName()));
        }
        assertThat(contract.taken()).isEmpty();
        assertThat(contract.judged()).isGreaterThan(300);
    }

    private static List<JavaClass> types() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.portcullis")
                        .stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getEnclosingClass().isEmpty()
                                || type.getEnclosingClass().get().getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> OTHERS.stream().noneMatch(type.getPackageName()::startsWith))
                        .filter(type -> !type.isAssignableTo(Throwable.class)) // an exception may lack words
                        .toList();
    }

    @Test
    void findsWhoForgetsToLook() {
        var contract = new NullContract();
        contract.hold(Forgetful.class);
        contract.hold(Careful.class);
        assertThat(contract.taken()).singleElement().asString().contains("Forgetful.new(0)");
        assertThat(contract.judged()).isEqualTo(1);
    }
}
