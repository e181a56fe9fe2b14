package dev.portcullis.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The directions between the rooms below one root package, so that planted rooms can be held against the same rules. */
final class ArchitectureRules {

    private static final List<String> CAPABILITIES = List.of(
            "ip",
            "cors",
            "auth",
            "authz",
            "limit",
            "schema",
            "attack",
            "seclang",
            "respond",
            "outbound",
            "denial",
            "form",
            "abuse");
    private static final List<String> SHARED = List.of("http", "store", "match", "fetch");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** Each rule by its name. */
    Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("the vocabulary knows nobody", vocabularyKnowsNobody());
        rules.put("capabilities do not know each other", capabilitiesStandAlone());
        rules.put("shared rooms know no capability", sharedRoomsStandBelow());
        rules.put("only config and cli know all", nobodyKnowsConfiguration());
        rules.put(
                "no cycles between rooms",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put("core knows no servlets and no Spring", coreIsPlain());
        rules.put("nothing is synchronized", nothingIsSynchronized());
        rules.put("no thread locals", noThreadLocals());
        rules.put("names say what things are", namesSayWhatThingsAre());
        return rules;
    }

    private String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    private ArchRule vocabularyKnowsNobody() {
        return noClasses()
                .that()
                .resideInAPackage(root)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(root, "java..", "javax.net..", "org.jspecify..")))
                .allowEmptyShould(true);
    }

    private ArchRule capabilitiesStandAlone() {
        return slices().matching(root + ".(" + String.join("|", CAPABILITIES) + ")..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    private ArchRule sharedRoomsStandBelow() {
        var above = new ArrayList<>(CAPABILITIES);
        above.addAll(List.of("config", "cli", "audit", "metric"));
        return noClasses()
                .that()
                .resideInAnyPackage(packages(SHARED))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(above))
                .allowEmptyShould(true);
    }

    private ArchRule nobodyKnowsConfiguration() {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAnyPackage(packages(List.of("config", "cli"))))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(List.of("config", "cli")))
                .allowEmptyShould(true);
    }

    private ArchRule coreIsPlain() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework..", "javax.servlet..")
                .allowEmptyShould(true);
    }

    private ArchRule nothingIsSynchronized() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .should()
                .notHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED)
                .allowEmptyShould(true);
    }

    private ArchRule noThreadLocals() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .allowEmptyShould(true);
    }

    private ArchRule namesSayWhatThingsAre() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotHaveSimpleName("TrustedBase")
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Base|Handler|Processor|Service|Info|Data)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|Default|Simple|Standard)[A-Z].*")
                .allowEmptyShould(true);
    }
}
