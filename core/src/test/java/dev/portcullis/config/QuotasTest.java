package dev.portcullis.config;

import static dev.portcullis.config.CountedGate.TIERED;
import static dev.portcullis.config.CountedGate.client;
import static dev.portcullis.config.CountedGate.globex;
import static dev.portcullis.config.CountedGate.passes;
import static dev.portcullis.config.CountedGate.policy;
import static dev.portcullis.config.CountedGate.sent;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.limit.Usage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotas as a configuration says them, through the door of the gate. */
class QuotasTest {

    private final CountedGate counted = new CountedGate();

    private Gate gate(String yaml) {
        return counted.gate(yaml);
    }

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void aMonthEndsWhereTheClientIs() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n"
                        + "  monthly: { permits: 3, per: P1M, zone: Europe/Berlin, anchor: 31 }"));

        assertThat(passes(gate, keyed(get("/a")), 10)).isEqualTo(3);
        assertThat(Gates.outcome(gate, keyed(get("/a")))).isEqualTo("p.quota.monthly 429 quota-exceeded");
        assertThat(Gates.header(gate, keyed(get("/a")), "Retry-After")).isEqualTo("39600");
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit-Policy")).isEqualTo("\"monthly\";q=3");
        counted.clock().advance(Duration.ofSeconds(39_599));
        assertThat(passes(gate, keyed(get("/a")), 10)).isZero();
        counted.clock().advance(Duration.ofSeconds(1));
        assertThat(passes(gate, keyed(get("/a")), 10)).isEqualTo(3);
        assertThat(Gates.header(gate, keyed(get("/a")), "Retry-After"))
                .isEqualTo(String.valueOf(Duration.ofDays(28).toSeconds()));
    }

    @Test
    void tellsAnOperatorOfWhomHeNames() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n"
                        + "  daily: { permits: 100, per: P1D, tiers: { gold: { permits: 500 } } }\n"
                        + "  all: { permits: 900, per: P1D, by: global }\n"
                        + "  shared: { permits: 300, per: P1D, by: tenant }"));
        passes(gate, keyed(get("/a")), 3);

        assertThat(used(gate, "acme", null)).containsExactlyInAnyOrder("daily 3/500", "all 3/900", "shared 3/300");
        assertThat(used(gate, null, "t1")).containsExactlyInAnyOrder("all 3/900", "shared 3/300");
        assertThat(used(gate, null, null)).containsExactly("all 3/900");
        assertThat(used(gate, "acme", "t9")).contains("shared 0/300");
    }

    private static List<String> used(Gate gate, @Nullable String client, @Nullable String tenant) {
        return gate.management().usage(null, client, tenant, null).stream()
                .map(one -> one.window() + " " + one.used() + "/" + one.permits())
                .toList();
    }

    @Test
    void refusesAZoneForHours() {
        assertThatThrownBy(() -> gate(TIERED
                        + policy("public: true\nquotas:\n"
                                + "  hourly: { permits: 3, per: PT1H, zone: Asia/Kolkata, by: global }")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quotas.hourly.zone");
    }

    @Test
    void tellsWhoHasUsedMostOfAQuota() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 100, per: P1D }\n"
                        + "rate-limits:\n  burst: { permits: 100, per: 1h }"));
        passes(gate, keyed(get("/a")), 3);
        passes(gate, globex("/a"), 7);
        passes(gate, get("/a"), 9);
        assertThat(gate.topUsers(5))
                .extracting(share -> share.client() + " " + share.usage().window() + " "
                        + share.usage().used())
                .containsExactly("globex daily 7", "acme daily 3");
        assertThat(gate.topUsers(1)).hasSize(1);
        assertThat(gate.management().topUsers()).hasSize(2);
    }

    @Test
    void tellsOfEachMilestoneOnceInAPeriod() {
        var gate = gate(TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D }"));

        passes(gate, keyed(get("/a")), 1000);
        gate.reload(Gates.file("portcullis:\n"
                + (TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D }")).indent(2)));
        passes(gate, keyed(get("/a")), 10);

        assertThat(counted.notices())
                .containsExactly(
                        "p.quota.daily quota-80 client acme of tenant t1: 8 of 10 permits",
                        "p.quota.daily quota-100 client acme of tenant t1: 10 of 10 permits",
                        "p.quota.daily quota-overage client acme of tenant t1: 10 of 10 permits");
        counted.notices().clear();
        counted.clock().advance(Duration.ofDays(1));
        passes(gate, keyed(get("/a")), 9);
        assertThat(counted.notices())
                .containsExactly("p.quota.daily quota-80 client acme of tenant t1: 8 of 10 permits");
    }

    @Test
    void aSoftQuotaDeniesNothingAndCountsOn() {
        var gate = gate(
                TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D, soft: true }"));

        assertThat(passes(gate, keyed(get("/a")), 25)).isEqualTo(25);
        assertThat(counted.notices())
                .hasSize(3)
                .last()
                .isEqualTo("p.quota.daily quota-overage client acme of tenant t1: 11 of 10 permits");
        assertThat(gate.usage(client("acme")))
                .containsExactly(new Usage(
                        "p.quota.daily", "daily", 10, 25, Duration.ofHours(12).toNanos()));
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit")).isEqualTo("\"daily\";r=0;t=43200");
    }

    @Test
    void aQuotaOfBytesIsChargedWithWhatWasSent() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n  volume: { permits: 100MB, per: P1D, unit: bytes }"));

        assertThat(passes(gate, keyed(get("/a")), 1, sent("", "", 100L << 20))).isEqualTo(1);
        assertThat(counted.notices()).hasSize(2);
        assertThat(Gates.outcome(gate, keyed(get("/a")))).isEqualTo("p.quota.volume 429 quota-exceeded");
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit-Policy"))
                .isEqualTo("\"volume\";q=104857600;w=86400;qu=\"content-bytes\"");
        assertThat(passes(gate, globex("/a"), 3, sent("", "", 1000))).isEqualTo(3);
        assertThat(gate.usage(client("globex")).get(0).used()).isEqualTo(3000);
    }
}
