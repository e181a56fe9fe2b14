package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.denial.Target.Verb;
import dev.portcullis.fixture.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where gates have denials from: a ledger that they share, the configuration, and a file. */
class DenialSourcesTest extends DeniedGate {

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
            var yaml = CLIENTS + POLICIES + "store: { redis: { uri: '" + redis.uri() + "', timeout: 10s } }\n"
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
