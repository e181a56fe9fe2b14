package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.noting;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.Explanation.Step;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.denial.Denial;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Redis;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators deny, through gates. */
class DenialsTest {

    private static final String POLICIES = """
            policies:
              api: { paths: [/api/**], authenticate: [api-key] }
              open: { paths: [/open/**], public: true, attacks: { level: balanced } }
            """;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Ledger ledger = Ledger.memory(clock, 1000);
    private final List<Change> changes = new ArrayList<>();

    private Gate gate(String yaml) {
        return Gate.builder(file(CLIENTS + POLICIES + yaml))
                .clock(clock)
                .ledger(ledger)
                .listener(noting(changes))
                .build();
    }

    private static Order order(Verb verb, String what, String value, String ttl) {
        return new Order(verb, what, value, null, null, ttl, "a reason");
    }

    private static Denial deny(Gate gate, String what, String value) {
        return gate.management().deny(order(Verb.DENY, what, value, "10m"), "olga");
    }

    @Test
    void revokesOnBothGatesOfALedger() {
        try (var here = gate("");
                var there = gate("")) {
            assertThat(outcome(there, keyed(get("/api/a")))).isEqualTo("proceed");
            here.management().deny(order(Verb.REVOKE, "client", "acme", null), "olga");
            assertThat(outcome(here, keyed(get("/api/a")))).isEqualTo("api.revocation 401 invalid-api-key");
            there.management().refresh();
            assertThat(outcome(there, keyed(get("/api/a")))).isEqualTo("api.revocation 401 invalid-api-key");
            assertThat(outcome(there, get("/open/a"))).isEqualTo("proceed");
        }
    }

    @Test
    void sharesDenialsThroughARedisAndGoesByWhatItKnowsWhenThatIsGone() {
        try (var redis = Redis.start()) {
            var yaml = CLIENTS + POLICIES + "store: { redis: { uri: '" + redis.uri() + "', timeout: 5s } }\n"
                    + "denials: { max-stale: 1m }";
            try (var here = Gate.builder(file(yaml)).clock(clock).build();
                    var there = Gate.builder(file(yaml)).clock(clock).build()) {
                assertThat(outcome(there, keyed(get("/api/a")))).isEqualTo("proceed");
                var denial = here.management().deny(order(Verb.REVOKE, "client", "acme", null), "olga");
                there.management().refresh();
                assertThat(outcome(there, keyed(get("/api/a")))).isEqualTo("api.revocation 401 invalid-api-key");
                assertThat(there.management().lift(denial.id(), "otto")).isEqualTo(denial);
                here.management().refresh();
                assertThat(outcome(here, keyed(get("/api/a")))).isEqualTo("proceed");
                redis.stop();
                here.management().refresh();
                assertThat(here.management()
                                .reports()
                                .status()
                                .denials()
                                .ledger()
                                .problem())
                        .isNotNull();
                assertThat(outcome(here, keyed(get("/api/a")))).isEqualTo("proceed");
                clock.advance(Duration.ofSeconds(61));
                assertThat(outcome(here, keyed(get("/api/a")))).isEqualTo("api.revocation 503 could-not-tell");
            }
        }
    }

    @Test
    void asksTheLedgerInTheBackgroundOnceItIsPrepared() throws Exception {
        try (var here = gate("denials: { poll: 50ms }");
                var there = gate("denials: { poll: 50ms }")) {
            there.prepare().get();
            here.management().deny(order(Verb.REVOKE, "client", "acme", null), "olga");
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (outcome(there, keyed(get("/api/a"))).equals("proceed") && System.nanoTime() < end) {
                Thread.yield();
            }
            assertThat(outcome(there, keyed(get("/api/a")))).isEqualTo("api.revocation 401 invalid-api-key");
        }
    }

    @Test
    void deniesForATimeByEachKindOfName() {
        try (var gate = gate("")) {
            var wire = keyed(get("/api/a")).from("192.0.2.7").to(new Route("Api.get", "/api/{id}", Map.of()));
            var names = Map.of(
                    "address",
                    "192.0.2.0/24",
                    "client",
                    "acme",
                    "subject",
                    "acme",
                    "route",
                    "/api/{id}",
                    "rule",
                    "api");
            names.forEach((what, value) -> {
                var denial = deny(gate, what, value);
                assertThat(outcome(gate, wire)).as(what).endsWith("403 denied-by-operator");
                assertThat(outcome(gate, get("/open/a").from("198.51.100.1"))).isEqualTo("proceed");
                gate.management().lift(denial.id(), "olga");
                assertThat(outcome(gate, wire)).as(what).isEqualTo("proceed");
            });
            deny(gate, "address", "192.0.2.7");
            assertThat(outcome(gate, wire)).isEqualTo("denials 403 denied-by-operator");
            clock.advance(Duration.ofMinutes(10));
            assertThat(outcome(gate, wire)).isEqualTo("proceed");
        }
    }

    @Test
    void deniesWhateverMeetsARule() {
        try (var gate = gate("")) {
            deny(gate, "rule", "open.attacks");
            assertThat(outcome(gate, get("/open/a"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }

    @Test
    void deniesWhatNoPolicyCovers() {
        try (var gate = gate("otherwise: proceed")) {
            assertThat(outcome(gate, get("/elsewhere").from("192.0.2.7"))).isEqualTo("proceed");
            deny(gate, "address", "192.0.2.7");
            assertThat(outcome(gate, get("/elsewhere").from("192.0.2.7"))).isEqualTo("denials 403 denied-by-operator");
        }
    }

    @Test
    void tellsTheOperatorWhichAndTheClientNothing() {
        try (var gate = gate("")) {
            var denial = deny(gate, "client", "acme");
            var deny = (Verdict.Deny) gate.engine().explain(gate.view(keyed(get("/api/a")))).steps().stream()
                    .filter(step -> step.verdict() instanceof Verdict.Deny)
                    .map(Step::verdict)
                    .findFirst()
                    .orElseThrow();
            assertThat(deny.evidence().matched()).containsExactly(denial.id());
            assertThat(deny.reply().toString()).doesNotContain("acme").doesNotContain("a reason");
        }
    }

    @Test
    void writesWhoDidWhatUntilWhen() {
        try (var gate = gate("")) {
            var denial = deny(gate, "address", "192.0.2.7");
            gate.management().lift(denial.id(), "otto");
            gate.reload(file(CLIENTS + POLICIES + "otherwise: proceed"));
            assertThat(changes).extracting(Change::what).containsExactly("denied", "lifted", "policy-reloaded");
            assertThat(changes).extracting(Change::by).containsExactly("olga", "otto", "gate");
            assertThat(changes.get(0).details())
                    .containsEntry("until", "2026-01-01T00:10:00Z")
                    .containsEntry("target", "address")
                    .containsEntry("reason", "a reason");
            assertThat(changes.get(2).details().get("to"))
                    .isEqualTo(gate.engine().policies().digest())
                    .isNotEqualTo(changes.get(2).details().get("from"));
            assertThat(gate.management().denials()).isEmpty();
        }
    }

    @Test
    void tellsOfPoliciesThatAreLoadedAndOfThoseThatAreRefused() {
        try (var gate = gate("")) {
            gate.prepare();
            gate.prepare();
            assertThatThrownBy(() -> gate.reload(file("mode: perhaps"), "olga"))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(changes).extracting(Change::what).containsExactly("policy-loaded", "policy-refused");
            assertThat(changes.get(1).by()).isEqualTo("olga");
            assertThat(changes.get(1).details().get("refused")).startsWith("mode: ");
        }
    }

    @Test
    void deniesManyAddressesAndForgetsThoseThatAreOver() {
        try (var gate = gate("")) {
            for (var i = 0; i < 200; i++) {
                var ttl = i == 0 ? "1m" : "10m";
                gate.management().deny(order(Verb.DENY, "address", "192.0.2." + i, ttl), "olga");
            }
            assertThat(outcome(gate, from("192.0.2.0"))).isEqualTo("denials 403 denied-by-operator");
            clock.advance(Duration.ofMinutes(1));
            assertThat(outcome(gate, from("192.0.2.0"))).isEqualTo("proceed");
            assertThat(outcome(gate, from("192.0.2.199"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(outcome(gate, from("192.0.2.200"))).isEqualTo("proceed");
            assertThatThrownBy(() -> deny(gate, "address", "0.0.0.0/0")).hasMessageContaining("at least /8");
            assertThatThrownBy(() -> deny(gate, "address", "::/0")).hasMessageContaining("at least /16");
        }
    }

    @Test
    void cannotTellWhoIsRevokedWhenTheLedgerIsAwayForTooLong() {
        try (var gate = gate("denials: { max-stale: 1m }")) {
            deny(gate, "address", "192.0.2.7");
            gate.management().refresh();
            ledger.close();
            clock.advance(Duration.ofMinutes(1));
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
            clock.advance(Duration.ofMillis(1));
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("api.revocation 503 could-not-tell");
            assertThat(outcome(gate, get("/open/a")))
                    .as("nobody says who calls")
                    .isEqualTo("proceed");
            assertThat(outcome(gate, get("/open/a").from("192.0.2.7"))).isEqualTo("denials 403 denied-by-operator");
        }
    }

    @Test
    void onlyTellsWhereDenialsAreObserved() {
        try (var gate = gate("denials: { mode: observe }")) {
            deny(gate, "client", "acme");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
        try (var gate = gate("mode: observe")) {
            deny(gate, "client", "acme");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }

    @Test
    void takesWhatIsWrittenInTheConfigurationAndKeepsTheRestOverReloads() {
        var yaml = "denials: { entries: [ { revoke: client, value: acme, reason: leaked, until: 2026-01-02 } ] }";
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("api.revocation 401 invalid-api-key");
            var written = gate.management().denials().get(0);
            assertThat(gate.management().lift(written.id(), "olga")).isNull();
            deny(gate, "address", "192.0.2.7");
            gate.reload(file(CLIENTS + POLICIES));
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/open/a").from("192.0.2.7"))).isEqualTo("denials 403 denied-by-operator");
        }
        try (var gate = gate(yaml)) {
            clock.advance(Duration.ofDays(1));
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }

    @Test
    void readsTheFileAnewAndKeepsTheLastGoodOne(@TempDir Path folder) throws IOException {
        var file = folder.resolve("denials.yml");
        Files.writeString(file, "entries: [ { deny: address, value: 192.0.2.7, reason: scans } ]");
        try (var gate = gate("denials: { file: 'file:" + file + "', reload: 10s }")) {
            assertThat(outcome(gate, from("192.0.2.7"))).isEqualTo("denials 403 denied-by-operator");
            write(file, "entries: [ { deny: address, value: 192.0.2.8, reason: scans } ]", 1);
            gate.management().refresh();
            assertThat(outcome(gate, from("192.0.2.8"))).as("not due").isEqualTo("proceed");
            clock.advance(Duration.ofSeconds(10));
            gate.management().refresh();
            assertThat(outcome(gate, from("192.0.2.8"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(outcome(gate, from("192.0.2.7"))).isEqualTo("proceed");
            write(file, "entries: [ { deny: address, value: everywhere, reason: scans } ]", 2);
            clock.advance(Duration.ofSeconds(10));
            gate.management().refresh();
            assertThat(outcome(gate, from("192.0.2.8"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(gate.management().reports().status().denials().file()).contains("entries[0]");
            Files.delete(file);
            clock.advance(Duration.ofSeconds(10));
            gate.management().refresh();
            assertThat(outcome(gate, from("192.0.2.8"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(gate.management().reports().status().denials().file()).isEqualTo("no such file");
        }
    }

    private static RecordedWire from(String address) {
        return get("/open/a").from(address);
    }

    private static void write(Path file, String text, int second) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L + second * 1000L));
    }

    @Test
    void findsEverythingThatIsWrongAtOnce() {
        var yaml = """
                denials:
                  poll: 1ms
                  max-stale: 2d
                  max-entries: 200000
                  file: file:/nowhere/denials.yml
                  mode: perhaps
                  entries:
                    - { revoke: token, value: t1, reason: r }
                    - { revoke: subject, deny: client, value: x, reason: r }
                    - { deny: address, value: 192.0.2.1/24, reason: r }
                    - { deny: client, value: x }
                    - { revoke: everything, value: x, reason: r }
                """;
        assertThatThrownBy(() -> gate(yaml))
                .hasMessageContaining("denials.poll")
                .hasMessageContaining("max-entries: 200000")
                .hasMessageContaining("no such file")
                .hasMessageContaining("denials.mode")
                .hasMessageContaining("issuer: missing")
                .hasMessageContaining("neither or both of `revoke` and `deny`")
                .hasMessageContaining("has bits below its prefix")
                .hasMessageContaining("no `value` or no `reason`")
                .hasMessageContaining("`everything`");
    }
}
