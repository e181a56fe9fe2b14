package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.ISSUERS;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.route;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule.Mode;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final String EVERYTHING = CLIENTS + ISSUERS + """
            policies:
              all:
                paths: [/all]
                ip: { allow: [192.0.2.0/24, 127.0.0.1] }
                cors: { origins: [https://app.example.com], methods: [GET, POST] }
                authenticate: [jwt, api-key]
                authorize: { scopes: [read] }
                rate-limits:
                  burst: { permits: 10, per: 1m, by: client }
                  hourly: { permits: 100, per: 1h, by: client }
                  flood: { permits: 1000, per: 1m, by: address }
                body: { max-size: 1KB, schema: '{"type":"object"}' }
                attacks: { level: balanced }
            """;

    @Test
    void asksInTheOrderOfTheDesign() {
        try (var gate = gate(EVERYTHING)) {
            var wire = keyed(json("/all", "{}")).with("Origin", "https://app.example.com");
            assertThat(met(gate, wire))
                    .containsExactly(
                            "protocol",
                            "all.cors",
                            "all.ip",
                            "all.rate-limit.flood",
                            "all.cors-preflight",
                            "all.brute-force",
                            "all.authentication",
                            "all.rate-limit.burst+hourly",
                            "all.authorization",
                            "all.body",
                            "all.schema",
                            "all.attacks");
            assertThat(outcome(gate, wire)).isEqualTo("proceed");
            assertThat(route(gate, wire)).isEqualTo("all /all");
        }
    }

    @Test
    void asksOnlyHeadAndAddressOnErrorsAndOnlyIdentityOnForwards() {
        try (var gate = gate(EVERYTHING)) {
            assertThat(met(gate, get("/all").on(Dispatch.ERROR))).containsExactly("protocol", "all.ip");
            assertThat(met(gate, keyed(get("/all")).on(Dispatch.FORWARD)))
                    .containsExactly("all.brute-force", "all.authentication", "all.authorization");
            assertThat(outcome(gate, get("/nowhere").on(Dispatch.FORWARD))).isEqualTo("otherwise 403 no-policy");
        }
    }

    @Test
    void deniesEachThingByItsOwnRule() {
        try (var gate = gate(EVERYTHING)) {
            assertThat(outcome(gate, get("/all").from("198.51.100.1"))).isEqualTo("all.ip 403 address-denied");
            assertThat(outcome(gate, get("/all"))).isEqualTo("all.authentication 401 authentication-required");
            assertThat(outcome(gate, get("/all").with("X-API-Key", "x")))
                    .isEqualTo("all.authentication 401 invalid-api-key");
            assertThat(outcome(gate, keyed(json("/all", "[]")))).isEqualTo("all.schema 400 schema-violation");
            assertThat(outcome(gate, keyed(json("/all", "{\"a\":\"" + "x".repeat(1100) + "\"}"))))
                    .isEqualTo("all.body 413 body-too-large");
            assertThat(outcome(gate, get("/a/../all"))).isEqualTo("protocol 400 ambiguous-path");
            assertThat(outcome(gate, get("/other"))).isEqualTo("otherwise 403 no-policy");
        }
    }

    @Test
    void answersPreflightsBeforeAskingWhoCalls() {
        try (var gate = gate(EVERYTHING)) {
            var preflight = with("OPTIONS", "/all")
                    .with("Origin", "https://app.example.com")
                    .with("Access-Control-Request-Method", "POST");
            assertThat(outcome(gate, preflight)).isEqualTo("all.cors-preflight 204");
            assertThat(header(
                            gate, get("/all").with("Origin", "https://app.example.com"), "Access-Control-Allow-Origin"))
                    .isEqualTo("https://app.example.com");
        }
    }

    @Test
    void countsWindowsOfOneKeyTogether() {
        var yaml =
                "policies: { a: { paths: [/a], rate-limits: { two: { permits: 2, per: 1s }, three: { permits: 3, per: 1h } } } }";
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.rate-limit.three+two 429 rate-limited");
        }
    }

    @Test
    void prefersTheMoreSpecificPath() {
        var yaml = """
        policies:
          rest: { paths: [/**], public: true }
          one: { paths: ["/orders/{id}"], public: true }
          open: { paths: [/orders/open], public: true }
          orders: { paths: [/orders/**], public: true }
        """;
        try (var gate = gate(yaml)) {
            assertThat(route(gate, get("/orders/open"))).isEqualTo("open /orders/open");
            assertThat(route(gate, get("/orders/7"))).isEqualTo("one /orders/{id}");
            assertThat(route(gate, get("/orders/7/lines"))).isEqualTo("orders /orders/**");
            assertThat(route(gate, get("/"))).isEqualTo("rest /**");
        }
    }

    @Test
    void deniesMethodsThatNobodyThoughtOf() {
        var yaml = """
        otherwise: proceed
        policies:
          read: { paths: [/a], methods: [GET], public: true }
          write: { paths: ["/{x}"], methods: [POST], authenticate: [api-key] }
        """;
        try (var gate = gate(CLIENTS + yaml)) {
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, with("HEAD", "/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, with("POST", "/a"))).isEqualTo("write.authentication 401 authentication-required");
            assertThat(outcome(gate, with("PUT", "/a"))).isEqualTo("other-methods 405 method-not-allowed");
            assertThat(header(gate, with("PUT", "/a"), "Allow")).isEqualTo("GET, HEAD, POST");
            assertThat(header(gate, with("DELETE", "/b"), "Allow")).isEqualTo("POST");
            assertThat(outcome(gate, get("/b"))).isEqualTo("other-methods 405 method-not-allowed");
            assertThat(outcome(gate, get("/b/c"))).isEqualTo("proceed");
        }
    }

    @Test
    void letsMoreGeneralPoliciesHaveOtherMethods() {
        var yaml = """
        policies:
          read: { paths: [/a], methods: [GET], public: true }
          rest: { paths: [/**], authenticate: [api-key] }
        """;
        try (var gate = gate(CLIENTS + yaml)) {
            assertThat(outcome(gate, with("PUT", "/a"))).isEqualTo("rest.authentication 401 authentication-required");
        }
    }

    @Test
    void leavesOtherMethodsOfObservedPoliciesToTheLastWord() {
        var yaml = "policies: { a: { paths: [/a], methods: [GET], mode: observe, public: true } }";
        try (var denying = gate(yaml);
                var proceeding = gate("otherwise: proceed\n" + yaml)) {
            assertThat(outcome(denying, with("PUT", "/a"))).isEqualTo("otherwise 403 no-policy");
            assertThat(outcome(proceeding, with("PUT", "/a"))).isEqualTo("proceed");
        }
    }

    @Test
    void takesTheNearestMode() {
        var yaml = """
        mode: observe
        policies:
          a: { paths: [/a], ip: { deny: [127.0.0.1], mode: enforce }, attacks: {} }
          b: { paths: [/b], mode: enforce, ip: { deny: [127.0.0.1], mode: observe }, attacks: {} }
          c: { paths: [/c], ip: { deny: [127.0.0.1] } }
        """;
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.ip 403 address-denied");
            assertThat(met(gate, get("/b"))).containsExactly("protocol", "b.ip (observed)", "b.attacks");
            assertThat(met(gate, get("/c"))).containsExactly("protocol", "c.ip (observed)");
            assertThat(met(gate, get("/d"))).containsExactly("protocol", "otherwise (observed)");
            assertThat(gate.mode()).isEqualTo(Mode.OBSERVE);
        }
    }

    @Test
    void observesTheProtocolOnlyWhereNothingIsEnforced() {
        try (var gate = gate("mode: observe\npolicies: { a: { paths: [/a], ip: { deny: [127.0.0.1] } } }")) {
            assertThat(met(gate, get("/x/../a"))).startsWith("protocol (observed)");
            assertThat(outcome(gate, get("/x/../a"))).isEqualTo("proceed");
        }
    }

    @Test
    void enforcesWhatEnforcedWordsSayBesideObservedOnes() {
        var yaml = """
        policies:
          a: { paths: [/a], authenticate: [api-key], authorize: { scopes: [write], mode: observe } }
        """;
        try (var gate = gate(CLIENTS + yaml)) {
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("proceed");
            assertThat(met(gate, keyed(get("/a")))).contains("a.authentication", "a.authorization (observed)");
        }
    }

    @Test
    void believesNobodyUnlessTold() {
        var policy = "policies: { a: { paths: [/a], ip: { allow: [203.0.113.7] } } }\n";
        var wire = get("/a").with("X-Forwarded-For", "203.0.113.7").from("10.0.0.1");
        try (var gate = gate(policy);
                var behind = gate("forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }\n" + policy)) {
            assertThat(outcome(gate, wire)).isEqualTo("a.ip 403 address-denied");
            assertThat(outcome(behind, wire)).isEqualTo("proceed");
        }
    }

    @Test
    void deniesEverythingWhenNothingIsWritten() {
        try (var gate = gate("")) {
            assertThat(outcome(gate, get("/"))).isEqualTo("otherwise 403 no-policy");
        }
    }
}
