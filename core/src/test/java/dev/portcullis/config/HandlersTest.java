package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.ISSUERS;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.to;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.config.Word.Guard;
import dev.portcullis.config.Word.Level;
import dev.portcullis.config.Word.Written;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private static final Word PARTNERS = new Guard(Level.TYPE, "Orders", "partners");
    private static final Word PUBLIC =
            new Written(Level.METHOD, "Orders.status", Policy.builder().open().build());
    private static final String GUARD =
            "policies: { partners: { authenticate: [api-key], authorize: { roles: [partner] } } }\n";

    private static Endpoint handler(String id, String pattern, Word... words) {
        return new Endpoint(id, List.of(pattern), Set.of("GET", "POST"), List.of(words));
    }

    private static Word scope(String scope) {
        var part = Authorize.builder().scopes(List.of(scope)).build();
        return new Written(
                Level.METHOD,
                "Orders." + scope,
                Policy.builder().authorize(part).build());
    }

    private static Word ways(Level level, String name, String... ways) {
        return new Written(
                level, name, Policy.builder().authenticate(List.of(ways)).build());
    }

    private static Word size(Level level, String name, String size) {
        return new Written(
                level, name, Policy.builder().body(Content.of(size, null)).build());
    }

    private static List<String> problems(String yaml, Endpoint... handlers) {
        var exception = catchThrowableOfType(
                ConfigurationException.class, () -> gate(yaml, handlers).close());
        return exception == null
                ? List.of()
                : exception.problems().stream()
                        .map(p -> p.key() + ": " + p.message())
                        .toList();
    }

    @Test
    void areAskedWhatTheirWordsSayTogether() {
        try (var gate = gate(
                CLIENTS + GUARD,
                handler("h", "/orders", PARTNERS, scope("read")),
                handler("w", "/w", PARTNERS, scope("write")))) {
            assertThat(met(gate, to(keyed(get("/orders")), "h")))
                    .containsExactly(
                            "protocol",
                            "partners.brute-force",
                            "partners.authentication",
                            "partners.authorization",
                            "Orders.read.authorization");
            assertThat(outcome(gate, to(keyed(get("/orders")), "h"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(keyed(get("/w")), "w")))
                    .isEqualTo("Orders.write.authorization 403 insufficient-scope");
            assertThat(outcome(gate, to(get("/orders"), "h"))).startsWith("partners.authentication 401");
        }
    }

    @Test
    void withoutWordsAreLeftToTheLastWordAndNamed() {
        try (var gate = gate("", handler("lonely", "/lonely"))) {
            assertThat(outcome(gate, to(get("/lonely"), "lonely"))).isEqualTo("otherwise 403 no-policy");
            assertThat(gate.uncovered()).containsExactly("lonely");
        }
    }

    @Test
    void meetPathPoliciesWhereverTheyOverlap() {
        var yaml = CLIENTS + GUARD + "  ".repeat(0);
        var both = yaml.replace(
                "policies: {", "policies: { office: { paths: [\"/orders/**\"], ip: { allow: [192.0.2.0/24] } },");
        try (var gate = gate(both, handler("h", "/{x}/list", PARTNERS), handler("plain", "/orders/plain"))) {
            assertThat(outcome(gate, to(keyed(get("/orders/list")), "h"))).isEqualTo("office.ip 403 address-denied");
            assertThat(outcome(gate, to(keyed(get("/orders/list").from("192.0.2.1")), "h")))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/orders/list").from("192.0.2.1"), "h")))
                    .startsWith("partners.authentication 401");
            assertThat(outcome(gate, to(keyed(get("/other/list")), "h"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/orders/plain"), "plain"))).isEqualTo("office.ip 403 address-denied");
            assertThat(gate.uncovered()).isEmpty();
        }
    }

    @Test
    void thatWereNotKnownToMeetAPathAreDenied() {
        var yaml = "policies: { a: { paths: [/a], public: true } }";
        try (var gate = gate(yaml, handler("h", "/b", PUBLIC))) {
            assertThat(outcome(gate, to(get("/a"), "h"))).isEqualTo("route 503 could-not-tell");
        }
    }

    @Test
    void keepTheirOwnMethodsBesidePathPolicies() {
        var yaml = CLIENTS + "policies: { a: { paths: [/a], methods: [GET], public: true } }";
        try (var gate = gate(yaml, handler("h", "/a", ways(Level.METHOD, "H", "api-key")), handler("none", "/a"))) {
            assertThat(outcome(gate, to(with("POST", "/a"), "h")))
                    .isEqualTo("H.authentication 401 authentication-required");
            assertThat(outcome(gate, to(with("POST", "/a"), "none"))).isEqualTo("other-methods 405 method-not-allowed");
        }
    }

    @Test
    void demandTheWaysThatAllWordsAllow() {
        var type = ways(Level.TYPE, "T", "jwt", "api-key");
        var method = ways(Level.METHOD, "M", "api-key");
        var other = ways(Level.METHOD, "O", "jwt");
        try (var gate = gate(CLIENTS + ISSUERS, handler("h", "/h", type, method))) {
            assertThat(met(gate, to(keyed(get("/h")), "h")))
                    .containsExactly("protocol", "M.brute-force", "M.authentication");
        }
        assertThat(problems(CLIENTS + ISSUERS, handler("h", "/h", ways(Level.TYPE, "K", "api-key"), other)))
                .containsExactly("O.authenticate: `K`, `O` have no way to authenticate in common");
    }

    @Test
    void takeTheSmallestBody() {
        try (var gate = gate("", handler("h", "/h", size(Level.TYPE, "T", "10B"), size(Level.METHOD, "M", "1KB")))) {
            assertThat(outcome(gate, to(json("/h", "12345678901"), "h"))).isEqualTo("T.body 413 body-too-large");
            assertThat(outcome(gate, to(json("/h", "1234567890"), "h"))).isEqualTo("proceed");
        }
    }

    @Test
    void readNoMoreForASchemaThanTheSmallestBody() {
        var schema = new Written(
                Level.METHOD,
                "M",
                Policy.builder().body(Content.of(null, "{\"type\":\"string\"}")).build());
        try (var gate = gate("", handler("h", "/h", size(Level.TYPE, "T", "10B"), schema))) {
            var chunked =
                    with("POST", "/h").with("Content-Type", "application/json").with("Transfer-Encoding", "chunked");
            assertThat(outcome(gate, to(chunked.body("\"12345678901\""), "h")))
                    .isEqualTo("M.schema 413 body-too-large");
            assertThat(outcome(gate, to(chunked.body("\"12345\""), "h"))).isEqualTo("proceed");
        }
    }

    @Test
    void takeCorsFromTheNearestWord() {
        var far = new Written(
                Level.TYPE,
                "T",
                Policy.builder().cors(origin("https://far.example.com")).build());
        var near = new Written(
                Level.METHOD,
                "M",
                Policy.builder().cors(origin("https://near.example.com")).build());
        try (var gate = gate("", handler("h", "/h", far, near))) {
            var wire = to(get("/h"), "h");
            assertThat(Gates.header(
                            gate, wire.with("Origin", "https://far.example.com"), "Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(Gates.header(
                            gate, wire.with("Origin", "https://near.example.com"), "Access-Control-Allow-Origin"))
                    .isEqualTo("https://near.example.com");
        }
    }

    private static CrossOrigin origin(String origin) {
        return new CrossOrigin(List.of(origin), null, null, null, null, null, null);
    }

    @Test
    void shareTheLimitOfTheirType() {
        var limit = Rate.of("2", "1m", "address", null);
        var type = new Written(
                Level.TYPE,
                "T",
                Policy.builder().rateLimits(Map.of("burst", limit)).build());
        try (var gate = gate("", handler("a", "/a", type), handler("b", "/b", type))) {
            assertThat(outcome(gate, to(get("/a"), "a"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/b"), "b"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/a"), "a"))).isEqualTo("T.rate-limit.burst 429 rate-limited");
        }
    }

    @Test
    void arePublicWhereTheMethodSaysSo() {
        try (var gate = gate(CLIENTS + GUARD, handler("h", "/status", PARTNERS, PUBLIC), handler("p", "/p", PUBLIC))) {
            assertThat(outcome(gate, to(get("/status"), "h"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/p"), "p"))).isEqualTo("proceed");
        }
    }

    @Test
    void keepTheTypesOtherRulesWhenTheMethodIsPublic() {
        var yaml = CLIENTS + GUARD.replace("authenticate", "ip: { allow: [192.0.2.1] }, authenticate");
        try (var gate = gate(yaml, handler("h", "/status", PARTNERS, PUBLIC))) {
            assertThat(outcome(gate, to(get("/status"), "h"))).isEqualTo("partners.ip 403 address-denied");
        }
    }

    @Test
    void askWhoCallsWhereTheMethodSaysSoInAPublicType() {
        var type = new Written(Level.TYPE, "T", Policy.builder().open().build());
        try (var gate = gate(CLIENTS, handler("h", "/h", type, ways(Level.METHOD, "M", "api-key")))) {
            assertThat(outcome(gate, to(get("/h"), "h"))).isEqualTo("M.authentication 401 authentication-required");
        }
    }

    @Test
    void cannotBePublicAndAskWhoCallsAtOnce() {
        assertThat(problems(CLIENTS, handler("h", "/h", PUBLIC, ways(Level.METHOD, "M", "api-key"))))
                .containsExactly("M: asks who calls, beside a word that says anybody may");
    }

    @Test
    void cannotBePublicAgainstAPathPolicy() {
        var yaml = CLIENTS + "policies: { a: { paths: [\"/h/**\"], authenticate: [api-key] } }";
        assertThat(problems(yaml, handler("h", "/h/status", PUBLIC)))
                .containsExactly("h: anybody may call, but path `/h/**` of policies.a.paths[0] covers it");
        assertThat(problems(yaml, handler("h", "/other", PUBLIC))).isEmpty();
        assertThat(problems(yaml.replace("authenticate: [api-key]", "public: true"), handler("h", "/h/status", PUBLIC)))
                .isEmpty();
    }

    @Test
    void cannotDemandScopesOfNobody() {
        assertThat(problems("", handler("h", "/h", scope("read"))))
                .containsExactly("Orders.read.authorize: nobody says who calls");
    }

    @Test
    void cannotNameAPolicyThatIsNotThere() {
        assertThat(problems(
                        CLIENTS + GUARD,
                        handler("h", "/h", new Guard(Level.TYPE, "Orders", "partner")),
                        handler("g", "/g", PARTNERS)))
                .containsExactly("Orders: no policy `partner`");
    }

    @Test
    void cannotHaveTwoPoliciesOfOneName() {
        assertThat(problems(
                        CLIENTS,
                        handler("a", "/a", ways(Level.TYPE, "T", "api-key")),
                        handler("b", "/b", size(Level.TYPE, "T", "1KB"))))
                .containsExactly("T: two policies of this name");
    }

    @Test
    void areFoundOnPathsInTheFrameworksNotation() {
        var yaml = "policies: { a: { paths: [/files/x/y], ip: { deny: [127.0.0.1] } } }";
        for (var pattern : List.of(
                "/files/{*rest}",
                "/files/**",
                "/files/{a:[a-z/]+}",
                "/{a}/{b:\\w+}/y",
                "/**",
                "/f?les/*/*",
                "files/*/y")) {
            try (var gate = gate(yaml, handler("h", pattern, size(Level.TYPE, "T", "1KB")))) {
                assertThat(outcome(gate, to(get("/files/x/y"), "h")))
                        .as(pattern)
                        .isEqualTo("a.ip 403 address-denied");
            }
        }
    }
}
