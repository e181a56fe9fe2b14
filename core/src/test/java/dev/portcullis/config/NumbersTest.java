package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.noting;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.metric.MicrometerMeters;
import dev.portcullis.metric.Series.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a gate counts. */
class NumbersTest {

    private static final String POLICIES = """
            policies:
              api: { paths: [/api/**], authenticate: [api-key], rate-limits: { a: { permits: 2, per: 1h, by: client } } }
              seen: { paths: [/seen], public: true, ip: { allow: [192.0.2.1], mode: observe } }
            """;

    private static final String YAML = CLIENTS + POLICIES;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    private Gate gate() {
        return Gate.builder(file(YAML)).clock(clock).build();
    }

    private static void serve(Gate gate, RecordedWire wire, int status) {
        var view = gate.view(wire);
        gate.engine().evaluate(view).watch().ended(view, Ending.ANSWERED, status);
    }

    private static double value(Gate gate, String name, String... labels) {
        return gate.management().numbers().stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> labels.length == 0 || has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (var i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void tellsRoutesMethodsDecisionsAndStatusesApart() {
        try (var gate = gate()) {
            var api = keyed(get("/api/7")).to(new Route("Api.get", "/api/{id}", Map.of()));
            serve(gate, api, 200);
            serve(gate, api, 500);
            serve(gate, api, 429);
            serve(gate, with("BREW", "/elsewhere"), 403);
            var name = "portcullis_requests_total";
            assertThat(value(gate, name, "route", "/api/{id}", "decision", "proceed", "status", "2xx"))
                    .isEqualTo(1);
            assertThat(value(gate, name, "route", "/api/{id}", "decision", "proceed", "status", "5xx"))
                    .isEqualTo(1);
            assertThat(value(gate, name, "route", "/api/{id}", "decision", "deny", "status", "4xx"))
                    .isEqualTo(1);
            assertThat(value(gate, name, "route", "_unmapped", "method", "_other", "decision", "deny"))
                    .isEqualTo(1);
            assertThat(value(gate, "portcullis_decisions_total", "phase", "rate-limit", "decision", "deny"))
                    .isEqualTo(1);
            assertThat(value(gate, "portcullis_auth_total", "method", "api-key", "result", "proven"))
                    .isEqualTo(3);
            assertThat(value(gate, "portcullis_overhead_seconds_count")).isEqualTo(4);
        }
    }

    @Test
    void tellsOfHeadersOfProxiesThatDidNotNameTheCaller() {
        var yaml = "forwarded: { trusted: [10.0.0.0/8], preset: nginx }\n"
                + "policies: { a: { paths: [/a], public: true, ip: { deny: [198.51.100.1] } } }\n";
        try (var gate = Gates.gate(yaml)) {
            Gates.outcome(gate, get("/a").with("X-Forwarded-For", "192.0.2.1").from("192.0.2.9"));
            Gates.outcome(gate, get("/a").with("X-Forwarded-For", "nonsense").from("10.0.0.1"));
            Gates.outcome(gate, get("/a").from("10.0.0.1"));
            for (var fate : List.of("ignored", "unreadable", "missing")) {
                assertThat(value(gate, "portcullis_forwarded_total", "fate", fate))
                        .as(fate)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void tellsWhatWasObservedFromWhatWasEnforced() {
        try (var gate = gate()) {
            serve(gate, get("/seen").from("192.0.2.9"), 200);
            var name = "portcullis_decisions_total";
            assertThat(value(gate, name, "rule", "seen.ip", "mode", "observe", "decision", "deny"))
                    .isEqualTo(1);
            assertThat(value(gate, name, "mode", "enforce")).isZero();
            assertThat(value(gate, "portcullis_requests_total", "decision", "proceed"))
                    .isEqualTo(1);
        }
    }

    private static String tenants(int most, int all) {
        var yaml = new StringBuilder("metrics: { tenants: " + most + " }\nclients:\n");
        for (var i = 0; i < all; i++) {
            yaml.append("  c").append(i).append(": { tenant: t").append(i).append(", api-keys: [\"");
            yaml.append(ApiKeyHash.of("key-number-" + i)).append("\"] }\n");
        }
        return yaml.append(POLICIES).toString();
    }

    private static RecordedWire ofTenant(int number) {
        return get("/api/7").with("X-API-Key", "key-number-" + number);
    }

    @Test
    void tellsTheFirstTenantsApartWhereItIsToldTo() {
        try (var gate = Gate.builder(file(tenants(2, 5))).clock(clock).build()) {
            for (var times = 0; times < 3; times++) {
                for (var i = 0; i < 5; i++) {
                    serve(gate, ofTenant(i), 200);
                }
            }
            serve(gate, get("/api/7").with("X-API-Key", "key-number-99"), 401);
            var name = "portcullis_tenant_requests_total";
            assertThat(value(gate, name, "tenant", "t0", "issuer", "clients", "decision", "proceed"))
                    .isEqualTo(2);
            assertThat(value(gate, name, "tenant", "t0", "decision", "limited")).isEqualTo(1);
            assertThat(value(gate, name, "tenant", "t1")).isEqualTo(3);
            assertThat(value(gate, name, "tenant", "_other", "issuer", "_other"))
                    .isEqualTo(9);
            assertThat(value(gate, name)).isEqualTo(15);
            gate.reload(file(tenants(3, 5)));
            serve(gate, ofTenant(4), 200);
            assertThat(value(gate, name, "tenant", "t4")).isEqualTo(1);
            gate.reload(file(tenants(1, 5)));
            serve(gate, ofTenant(1), 200);
            serve(gate, ofTenant(3), 200);
            assertThat(value(gate, name, "tenant", "t1")).isEqualTo(4);
            assertThat(value(gate, name, "tenant", "t3")).isZero();
            gate.reload(file(tenants(1, 5).replace("metrics: { tenants: 1 }", "")));
            serve(gate, ofTenant(1), 200);
            assertThat(value(gate, name, "tenant", "t1")).isEqualTo(4);
        }
    }

    @Test
    void tellsNoTenantsApartUnlessItIsToldTo() {
        try (var gate = Gate.builder(file(tenants(2, 1).replace("metrics: { tenants: 2 }", "")))
                .clock(clock)
                .build()) {
            serve(gate, ofTenant(0), 200);
            assertThat(value(gate, "portcullis_tenant_requests_total")).isZero();
        }
        assertThatThrownBy(() -> Gate.builder(file(tenants(1001, 1))).build())
                .hasMessageContaining("metrics.tenants")
                .hasMessageContaining("at most 1000");
    }

    @Test
    void countsNoMoreRoutesThanItsBound() {
        try (var gate = gate()) {
            for (var i = 0; i < 1500; i++) {
                serve(gate, get("/seen").to(new Route("r" + i, "/seen/" + i, Map.of())), 200);
            }
            var routes = gate.management().numbers().stream()
                    .filter(sample -> sample.name().equals("portcullis_requests_total"))
                    .toList();
            assertThat(routes).hasSize(1001);
            assertThat(value(gate, "portcullis_requests_total", "route", "_other"))
                    .isEqualTo(500);
        }
    }

    @Test
    void showsTheDigestOfTheMomentOnly() {
        try (var gate = gate()) {
            var registry = new SimpleMeterRegistry();
            MicrometerMeters.of(gate.metrics()).bindTo(registry);
            var before = gate.engine().policies().digest();
            gate.reload(file(YAML + "otherwise: proceed"));
            var after = gate.engine().policies().digest();
            assertThat(value(gate, "portcullis_policy_info", "digest", before)).isZero();
            assertThat(value(gate, "portcullis_policy_info", "digest", after)).isEqualTo(1);
            assertThat(registry.get("portcullis.policy.info").gauges())
                    .singleElement()
                    .satisfies(
                            gauge -> assertThat(gauge.getId().getTag("digest")).isEqualTo(after));
            assertThat(value(gate, "portcullis_changes_total", "what", "policy-reloaded"))
                    .isEqualTo(1);
            assertThat(registry.get("portcullis.changes").functionCounter().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void warnsOfKeysThatAreTooOld() {
        var yaml = "clients: { acme: { keys: { k1: { hash: 'sha256:" + "0".repeat(64)
                + "', not-before: 2025-10-01 }, k2: { hash: 'sha256:" + "1".repeat(64)
                + "', not-before: 2025-12-01 } } } }\n";
        var changes = new ArrayList<Change>();
        var listener = noting(changes);
        try (var gate = Gate.builder(file(yaml + POLICIES))
                .clock(clock)
                .listener(listener)
                .build()) {
            gate.reload(file(yaml + POLICIES));
            gate.reload(file(yaml + POLICIES));
            assertThat(changes.stream().filter(change -> change.what().equals("key-old")))
                    .singleElement()
                    .satisfies(change -> assertThat(change.details())
                            .containsEntry("key", "k1")
                            .containsEntry("days", "92"));
            assertThat(value(gate, "portcullis_api_key_age_seconds", "key", "k1"))
                    .isEqualTo(92 * 86_400);
            var found = Lint.of(
                    file(yaml + POLICIES), Resources.in(Path.of(""), getClass().getClassLoader()), clock);
            assertThat(found)
                    .filteredOn(finding -> finding.concern().id().equals("old-key"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem().key()).isEqualTo("clients.acme.keys.k1"));
        }
    }

    @Test
    void goesOnCountingWhenTheListenerFails() {
        var broken = new Listener() {

            @Override
            public void denied(Request request, Rule rule, Verdict.Deny deny) {
                throw new IllegalStateException("planted");
            }
        };
        try (var gate = Gate.builder(file(YAML)).clock(clock).listener(broken).build()) {
            serve(gate, get("/api/7"), 401);
            assertThat(value(gate, "portcullis_auth_total", "reason", "no-credential"))
                    .isEqualTo(1);
        }
    }
}
