package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Postgresql;
import dev.portcullis.fixture.Redis;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Breaker;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.Until;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates that share a real Redis or a real PostgreSQL. */
class SharedStoreTest {

    private static final String LIMITS = """
      policies:
        a: { paths: [/a], public: true, rate-limits: { w: { permits: 3, per: 1h, by: global } } }
        deny: { paths: [/deny], public: true, rate-limits: { w: { permits: 3, per: 1h, by: global, on-failure: deny } } }
        proceed: { paths: [/proceed], public: true, rate-limits: { w: { permits: 3, per: 1h, by: global, on-failure: proceed } } }
        own: { paths: [/own], public: true, rate-limits: { w: { permits: 3, per: 1h, by: global, count: local } } }
        leased: { paths: [/leased], public: true, rate-limits: { w: { permits: 300, per: 1h, by: global, count: leased } } }
      """;

    /** What passes only while the store answers. */
    private static final String PING =
            "  ping: { paths: [/ping], public: true, rate-limits: { w: { permits: 1000000, per: 1h, by: global, on-failure: deny } } }\n";

    private static Redis redis;
    private static Postgresql postgresql;

    private final HandClock clock = HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @BeforeAll
    static void start() {
        redis = Redis.start();
        postgresql = Postgresql.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
        postgresql.close();
    }

    private static String store(String kind, String prefix) {
        return kind.equals("redis")
                ? "store: { redis: { uri: \"" + redis.uri() + "\", timeout: 10s, prefix: " + prefix + " } }\n"
                : "store: { postgresql: { url: \"" + postgresql.url()
                        + "\", username: postgres, password: postgres, timeout: 10s, prefix: " + prefix + " } }\n";
    }

    private Gate gate(String yaml, Clock time) {
        return Gate.builder(file(yaml)).clock(time).build();
    }

    private static long passed(Gate gate, String path, int times) {
        return IntStream.range(0, times)
                .filter(i -> outcome(gate, get(path)).equals("proceed"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "postgresql"})
    void countForBothUnlessALimitSaysOtherwise(String kind) {
        var yaml = store(kind, "count") + LIMITS;
        try (var one = gate(yaml, clock);
                var other = gate(yaml, clock)) {
            assertThat(passed(one, "/a", 2)).isEqualTo(2);
            assertThat(passed(other, "/a", 3)).isEqualTo(1);
            assertThat(passed(one, "/own", 4)).isEqualTo(3);
            assertThat(passed(other, "/own", 4)).isEqualTo(3);
            assertThat(one.scopes())
                    .containsExactly(
                            "scope=node: own.rate-limit.w",
                            "scope=shared: nonces, revocations, denials and failed logins",
                            "scope=shared count=exact on-failure=deny or proceed: deny.rate-limit.w, proceed.rate-limit.w",
                            "scope=shared count=exact on-failure=local: a.rate-limit.w",
                            "scope=shared count=leased on-failure=local: leased.rate-limit.w");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "postgresql"})
    void refuseEachOthersReplays(String kind) {
        var signer = Signer.of("ed25519");
        var yaml = store(kind, "replay") + "signatures: { partners: { keys: { k1: { algorithm: " + signer.algorithm()
                + ", " + signer.written() + ", client: acme } } } }\n"
                + "policies: { api: { paths: [/api/**], authenticate: [signature] } }\n";
        var wire = RecordedWire.of("GET", "/api/x").over("https").with("Host", "example.com");
        var signed = signer.sign(
                wire,
                Signer.components(wire),
                ";created=" + clock.instant().getEpochSecond() + ";keyid=\"k1\";nonce=\"n-" + kind + "\"");
        try (var one = gate(yaml, clock);
                var other = gate(yaml, clock);
                var alone = gate(yaml.substring(yaml.indexOf('\n') + 1), clock)) {
            assertThat(outcome(one, signed)).isEqualTo("proceed");
            assertThat(outcome(other, signed)).endsWith("401 invalid-signature");
            assertThat(outcome(one, signed)).endsWith("401 invalid-signature");
            assertThat(outcome(alone, signed)).as("without the store").isEqualTo("proceed");
        }
    }

    @Test
    void doWhatOnFailureSaysWhileTheStoreIsAwayOrSlowAndCountTogetherAgain() {
        var own = Redis.start();
        var yaml = "store: { redis: { uri: \"" + own.uri() + "\", timeout: %s } }\n" + LIMITS + PING;
        try (var hasty = gate(yaml.formatted("250ms"), clock);
                var one = gate(yaml.formatted("10s"), clock);
                var other = gate(yaml.formatted("10s"), clock)) {
            awaitShared(hasty, one, other);
            assertThat(passed(one, "/a", 2)).isEqualTo(2);

            haste(hasty);
            tell(own, "CLIENT PAUSE 600000 WRITE");
            sayTheirWords(hasty);
            tell(own, "CLIENT UNPAUSE");
            awaitShared(hasty);
            assertThat(passed(other, "/a", 3))
                    .as("what was counted before is not forgotten")
                    .isEqualTo(1);

            own.stop();
            assertThat(passed(hasty, "/a", 1))
                    .as("the meter here was used up when it was slow")
                    .isZero();
            assertThat(passed(other, "/a", 4)).isEqualTo(3);
            assertThat(outcome(other, get("/deny"))).endsWith("503 could-not-tell");
            assertThat(passed(other, "/proceed", 9)).isEqualTo(9);
            own.restart();
            awaitShared(one, other);
            assertThat(passed(one, "/a", 2) + passed(other, "/a", 9))
                    .as("Redis began anew")
                    .isEqualTo(3);
        } finally {
            own.close();
        }
    }

    @Test
    void doTheSameWithPostgresqlWhichForgetsNothingWhenItIsStopped() throws Exception {
        var own = Postgresql.start();
        var yaml = "store: { postgresql: { url: \"" + own.url()
                + "\", username: postgres, password: postgres, timeout: %s } }\n" + LIMITS + PING;
        try (var hasty = gate(yaml.formatted("250ms"), clock);
                var one = gate(yaml.formatted("10s"), clock);
                var other = gate(yaml.formatted("10s"), clock)) {
            awaitShared(one, other, hasty);
            assertThat(passed(one, "/a", 2)).isEqualTo(2);
            assertThat(passed(one, "/deny", 1)).isEqualTo(1);

            haste(hasty);
            try (var connection = own.source().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table portcullis_buckets in access exclusive mode");
                sayTheirWords(hasty);
                connection.rollback();
            }
            awaitShared(hasty);
            assertThat(passed(other, "/a", 3))
                    .as("what was counted before is not forgotten")
                    .isEqualTo(1);

            own.stop();
            assertThat(passed(other, "/a", 4)).isEqualTo(3);
            assertThat(outcome(other, get("/deny"))).endsWith("503 could-not-tell");
            assertThat(passed(other, "/proceed", 9)).isEqualTo(9);
            assertThat(other.stores().get(0).reachable()).isFalse();
            own.restart();
            awaitShared(one, other);
            assertThat(passed(one, "/deny", 1) + passed(other, "/deny", 9))
                    .as("PostgreSQL knows what was used before, and they count together again")
                    .isEqualTo(2);
        } finally {
            own.close();
        }
    }

    /** Has so many answers that later ones are waited for no longer than is written. */
    private static void haste(Gate gate) {
        IntStream.range(0, 250).forEach(i -> outcome(gate, get("/ping")));
    }

    private static void sayTheirWords(Gate gate) {
        assertThat(outcome(gate, get("/deny"))).isEqualTo("deny.rate-limit.w 503 could-not-tell");
        assertThat(passed(gate, "/proceed", 9)).isEqualTo(9);
        assertThat(passed(gate, "/a", 9)).as("this node by itself").isEqualTo(3);
        assertThat(passed(gate, "/own", 9)).isEqualTo(3);
        assertThat(gate.stores().get(0).reachable()).isFalse();
    }

    /** Waits until each has had an answer of the store. The clock goes to and fro meanwhile: either way a pause is over. */
    private void awaitShared(Gate... gates) {
        var start = clock.instant();
        for (var gate : gates) {
            Until.holds(() -> {
                clock.set(clock.instant().isAfter(start) ? start : start.plus(Breaker.PAUSE));
                assertThat(outcome(gate, get("/ping"))).isEqualTo("proceed");
            });
            assertThat(gate.stores().get(0).reachable()).isTrue();
        }
    }

    private static void tell(Redis server, String command) {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refuseToCountByAClockThatIsFarOff() {
        var off = HandClock.at(clock.instant().plus(Duration.ofHours(1)));
        try (var gate = gate(store("redis", "skew") + LIMITS, off)) {
            assertThat(outcome(gate, get("/deny")))
                    .as("nobody has compared yet")
                    .isEqualTo("proceed");
            var unused = gate.prepare();
            Until.holds(() -> assertThat(outcome(gate, get("/deny"))).endsWith("503 could-not-tell"));
            assertThat(passed(gate, "/a", 9)).isEqualTo(3);
        }
    }

    @Test
    void startWhileTheStoreIsAway() {
        try (var gate = gate("store: { redis: { uri: \"redis://127.0.0.1:1\" } }\n" + LIMITS, clock)) {
            var unused = gate.prepare();
            assertThat(passed(gate, "/a", 9)).isEqualTo(3);
            assertThat(outcome(gate, get("/deny"))).endsWith("503 could-not-tell");
        }
    }

    @Test
    void changeNotWhileTheGateStands() {
        try (var gate = gate(store("redis", "change") + LIMITS, clock)) {
            assertThatThrownBy(() -> gate.reload(file(store("redis", "other") + LIMITS)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("not what the gate was started with");
            assertThatThrownBy(() -> gate.reload(file(LIMITS)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("store");
            gate.reload(file(store("redis", "change") + LIMITS + "# more\n"));
        }
    }

    @Test
    void areOneOnly() {
        var builder = Gate.builder(file(store("redis", "two") + LIMITS)).ledger(Ledger.memory(clock, 10));
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a store, beside a `Ledger`");
    }

    /** Two processes, each with many threads, of whose requests exactly as many pass as are permitted. */
    @ParameterizedTest
    @ValueSource(strings = {"redis", "postgresql"})
    void countForTwoProcesses(String kind) throws Exception {
        var yaml = store(kind, "processes")
                + "policies: { a: { paths: [/a], public: true, rate-limits: { w: { permits: 10000, per: 1h, by: global } } } }\n";
        var nodes = List.of(process(yaml), process(yaml));
        var passed = 0L;
        for (var node : nodes) {
            var said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(node.waitFor()).as(said).isZero();
            passed += said.lines()
                    .filter(line -> line.matches("passed \\d+"))
                    .mapToLong(line -> Long.parseLong(line.substring("passed ".length())))
                    .sum();
        }
        assertThat(passed).isEqualTo(10_000);
    }

    private static Process process(String yaml) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharingNode.class.getName(),
                        yaml)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
