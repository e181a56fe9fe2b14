package dev.portcullis.config;

import static dev.portcullis.config.CountedGate.passes;
import static dev.portcullis.config.CountedGate.policy;
import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients are told of limits, through the door of the gate. */
class LimitFieldsTest {

    private final CountedGate counted = new CountedGate();

    private Gate gate(String yaml) {
        return counted.gate(yaml);
    }

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void tellsInOldFieldsWhereAskedToAndOnlyOfTheLastLimit() {
        var gate = gate("limits: { headers: both }\n" + CLIENTS
                + policy("authenticate: [api-key]\nrate-limits:\n  flood: { permits: 10, per: 1m, by: address }\n"
                        + "  burst: { permits: 3, per: 1m }"));
        var outcome = gate.engine().evaluate(gate.view(keyed(get("/a"))));

        assertThat(names(outcome.headers()).filter(name -> name.startsWith("X-")))
                .containsExactly("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
        assertThat(Gates.header(gate, keyed(get("/a")), "X-RateLimit-Remaining"))
                .isEqualTo("1");
        passes(gate, keyed(get("/a")), 10);
        assertThat(Gates.header(gate, keyed(get("/a")), "X-RateLimit-Reset")).isEqualTo("60");

        var none = gate("limits: { headers: none }\n"
                + policy("public: true\nrate-limits: { m: { permits: 1, per: 1m, by: address } }"));
        assertThat(none.engine().evaluate(none.view(get("/a"))).headers()).isEmpty();
        assertThat(((Outcome.Stop) none.engine().evaluate(none.view(get("/a"))))
                        .reply()
                        .headers())
                .containsExactly(new Header("Retry-After", "60"));
    }

    private static Stream<String> names(List<Header> headers) {
        return headers.stream().map(Header::name);
    }

    @Test
    void asksToComeAgainALittleLaterAndNeverEarlier() {
        var gate = gate("limits: { retry-jitter: 10s }\n"
                + policy("public: true\nrate-limits: { m: { permits: 1, per: 1m, by: address } }"));
        passes(gate, get("/a"), 1);
        var seen = Stream.generate(() -> Gates.header(gate, get("/a"), "Retry-After"))
                .limit(200)
                .map(Integer::valueOf)
                .toList();

        assertThat(seen).allMatch(seconds -> seconds >= 60 && seconds <= 70);
        assertThat(seen.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void whoeverWaitsForAsLongAsHeIsToldPassesAllLimits() {
        var gate = gate(policy("public: true\nrate-limits:\n  a: { permits: 4, per: 10s, by: address }\n"
                + "  b: { permits: 2, per: 1m, by: address+header:x-job }\n"
                + "  c: { permits: 1, per: 1h, by: global, mode: observe }"));
        passes(gate, job("1"), 2);
        passes(gate, job("2"), 2);

        assertThat(Gates.header(gate, job("1"), "Retry-After")).isEqualTo("60");
        assertThat(Gates.header(gate, job("3"), "Retry-After")).isEqualTo("10");
        assertThat(Gates.header(gate, job("1"), "RateLimit")).isEqualTo("\"a\";r=0;t=10");
        counted.clock().advance(Duration.ofSeconds(10));
        assertThat(passes(gate, job("3"), 2)).isEqualTo(2);
        assertThat(Gates.header(gate, job("1"), "Retry-After")).isEqualTo("50");
        counted.clock().advance(Duration.ofSeconds(50));
        assertThat(passes(gate, job("1"), 3)).isEqualTo(2);
    }

    private static RecordedWire job(String name) {
        return get("/a").with("X-Job", name);
    }

    @Test
    void pagesOfOtherOriginsMayReadTheFields() {
        var gate = gate(policy("public: true\ncors: { origins: [https://app.example.com], expose: [X-Total] }\n"
                + "rate-limits: { m: { permits: 1, per: 1m, by: address } }"));

        assertThat(Gates.header(
                        gate, get("/a").with("Origin", "https://app.example.com"), "Access-Control-Expose-Headers"))
                .isEqualTo("ratelimit,ratelimit-policy,retry-after,x-total");
    }
}
