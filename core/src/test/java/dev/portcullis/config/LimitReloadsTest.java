package dev.portcullis.config;

import static dev.portcullis.config.CountedGate.passes;
import static dev.portcullis.config.CountedGate.policy;
import static dev.portcullis.config.CountedGate.sent;
import static dev.portcullis.config.Gates.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reload leaves of the counts of limits, through the door of the gate. */
class LimitReloadsTest {

    private final CountedGate counted = new CountedGate();

    private Gate gate(String yaml) {
        return counted.gate(yaml);
    }

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void aReloadThatAddsRenamesOrRemovesALimitGivesNobodyANewCountOfTheOthers() {
        var burst = "  burst: { permits: 5, per: 1m, by: address }\n";
        var gate = gate(policy("public: true\nrate-limits:\n" + burst));
        assertThat(passes(gate, get("/a"), 4)).isEqualTo(4);

        gate.reload(Gates.file(
                policy("public: true\nrate-limits:\n" + burst + "  all: { permits: 100, per: 1h, by: address }")));
        assertThat(passes(gate, get("/a"), 9)).as("one is added").isEqualTo(1);
        counted.clock().advance(Duration.ofMinutes(1));
        assertThat(passes(gate, get("/a"), 3)).isEqualTo(3);

        gate.reload(Gates.file(policy("public: true\nrate-limits:\n  b: { permits: 5, per: 1m, by: address }\n"
                + "  all: { permits: 100, per: 1h, by: address }")));
        assertThat(passes(gate, get("/a"), 9)).as("one is renamed").isLessThanOrEqualTo(2);

        gate.reload(Gates.file(policy("public: true\nrate-limits:\n  b: { permits: 5, per: 1m, by: address }\n")));
        assertThat(passes(gate, get("/a"), 9)).as("one is removed").isZero();
    }

    @Test
    void aReloadThatChangesTheCostOfOneLimitGivesNobodyANewCountOfTheOthers() {
        var burst = "  burst: { permits: 5, per: 1m, by: address }\n";
        var gate =
                gate(policy("public: true\nrate-limits:\n" + burst + "  all: { permits: 100, per: 1h, by: address }"));
        assertThat(passes(gate, get("/a"), 4)).isEqualTo(4);
        gate.reload(Gates.file(policy("public: true\nrate-limits:\n" + burst
                + "  all: { permits: 100, per: 1h, by: address, cost: { permits: 2 } }")));
        assertThat(passes(gate, get("/a"), 9)).isEqualTo(1);
    }

    @Test
    void aReloadThatChangesWhatIsWrittenOfALimitLeavesItsCount() {
        var limit = "  l: { permits: 5, per: 1m, by: address, exempt: { addresses: [%s] }, cost: { permits: %d } }\n";
        var other = "  k: { permits: 9, per: 1m, by: address }\n";
        var gate = gate(policy("public: true\nrate-limits:\n" + limit.formatted("10.0.0.0/8", 1) + other));
        assertThat(passes(gate, get("/a"), 3)).isEqualTo(3);

        gate.reload(Gates.file(
                policy("public: true\nrate-limits:\n" + limit.formatted("10.0.0.0/8, 172.16.0.0/12", 2) + other)));
        assertThat(passes(gate, get("/a"), 9))
                .as("two are left, which is one of two")
                .isEqualTo(1);
        gate.reload(Gates.file(policy("public: true\nrate-limits:\n" + other)));
        assertThat(passes(gate, get("/a"), 9))
                .as("the other one has 4 of 9 used")
                .isEqualTo(5);
    }

    @Test
    void aQuotaOfAnotherUnitBeginsAnew() {
        var quota = "public: true\nquotas:\n  q: { permits: %s, per: P1D, by: address, unit: %s }";
        var gate = gate(policy(quota.formatted("10MB", "bytes")));
        assertThat(passes(gate, get("/a"), 9, sent("", "", 11L << 20))).isEqualTo(1);

        gate.reload(Gates.file(policy(quota.formatted("10", "requests"))));
        assertThat(passes(gate, get("/a"), 19)).isEqualTo(10);
    }
}
