package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Request.Dispatch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalPathsTest {

    private static final String BROAD = "policies: { all: { paths: [/**], public: true } }\n";
    private static final String DENIED = "internal-paths 403 no-policy";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/",
                "/actuator/env",
                "/actuator/health/liveness",
                "/management/env",
                "/error",
                "/h2-console/login.do",
                "/swagger-ui/index.html",
                "/swagger-ui.html",
                "/v3/api-docs",
                "/v3/api-docs/swagger-config",
                "/v3/api-docs.yaml"
            })
    void stayDeniedUnderAPolicyForEverything(String path) {
        try (var gate = gate(BROAD)) {
            assertThat(outcome(gate, get(path))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/orders"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/actuators"))).isEqualTo("proceed");
        }
    }

    @Test
    void stayDeniedUnderAPolicyWhoseVariableHappensToCoverThem() {
        try (var gate = gate("policies: { all: { paths: ['/{area}/env', '/{area}/*'], public: true } }\n")) {
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/actuator/info"))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/orders/env"))).isEqualTo("proceed");
        }
    }

    @Test
    void areOpenedByAPolicyThatNamesThem() {
        var named =
                "policies: { all: { paths: [/**], public: true }, health: { paths: [/actuator/health], public: true } }";
        try (var gate = gate(named)) {
            assertThat(outcome(gate, get("/actuator/health"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo(DENIED);
        }
        try (var gate = gate("policies: { management: { paths: [/actuator/**], public: true } }")) {
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo("proceed");
        }
    }

    @Test
    void areOpenedByTheAnnotationsOfTheirHandler() {
        var open = new Word.Written(
                Word.Level.METHOD, "Errors.page", Policy.builder().open().build());
        var handler = new Endpoint("e", List.of("/error"), Set.of(), List.of(open));
        try (var gate = gate(BROAD, handler)) {
            assertThat(outcome(gate, to(get("/error"), "e"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/error"), "other"))).isEqualTo(DENIED);
        }
    }

    @Test
    void nameHandlersThatStayDeniedAndSayWhatOpensThem() {
        var handler = new Endpoint("m", List.of("/management/{id}"), Set.of(), List.of());
        try (var gate = gate(BROAD, handler)) {
            assertThat(gate.uncovered()).containsExactly("m");
            assertThat(gate.engine()
                            .explain(gate.view(to(get("/management/7"), "m")))
                            .toString())
                    .contains("/management/** stays denied until a policy names it");
        }
        var named = BROAD.replace("} }", "}, m: { paths: [/management/**], public: true } }");
        try (var gate = gate(named, handler)) {
            assertThat(gate.uncovered()).isEmpty();
            assertThat(outcome(gate, to(get("/management/7"), "m"))).isEqualTo("proceed");
        }
    }

    @Test
    void stayDeniedWhereNoPolicyCoversThemAndOthersAreLetThrough() {
        try (var gate = gate("otherwise: proceed\n")) {
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/orders"))).isEqualTo("proceed");
        }
        try (var gate = gate("otherwise: proceed\npolicies: { h: { paths: [/actuator/health], public: true } }\n")) {
            assertThat(outcome(gate, get("/actuator/health"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo(DENIED);
        }
    }

    @Test
    void denyNothingWhereEverythingIsObservedAndNoErrorPage() {
        try (var gate = gate("mode: observe\n" + BROAD)) {
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo("proceed");
            assertThat(met(gate, get("/actuator/env"))).contains("internal-paths (observed)");
        }
        try (var gate = gate(BROAD)) {
            assertThat(outcome(gate, get("/error").on(Dispatch.ERROR))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/actuator/env").on(Dispatch.FORWARD))).isEqualTo(DENIED);
        }
    }

    @Test
    void canBeElsewhere() {
        try (var gate = Gate.builder(Gates.file(BROAD))
                .internalPaths("actuator", List.of("/manage/**"))
                .build()) {
            assertThat(outcome(gate, get("/manage/env"))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/actuator/env"))).isEqualTo(DENIED);
        }
    }

    @Test
    void areShownByLint() {
        assertThat(concerns(BROAD)).contains("internal-paths").doesNotContain("public-internals");
        assertThat(concerns("policies: { a: { paths: [/actuator/**], public: true } }"))
                .contains("public-internals")
                .doesNotContain("internal-paths");
        assertThat(concerns("policies: { a: { paths: [/actuator/health], public: true } }"))
                .doesNotContain("public-internals", "internal-paths");
        assertThat(concerns("policies: { a: { paths: [/orders/**], public: true } }"))
                .doesNotContain("public-internals", "internal-paths");
    }

    private static List<String> concerns(String yaml) {
        return Lint.of(Gates.file(yaml), location -> null).stream()
                .map(finding -> finding.concern().id())
                .toList();
    }
}
