package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IpRulesTest {

    @Test
    void allowsWhomItListsAndNobodyElse() {
        var rules = IpRules.of(ranges("203.0.113.0/24", "2001:db8::/32"), IpRanges.none());

        assertThat(from(rules, "203.0.113.9")).isEqualTo(Verdict.pass());
        assertThat(from(rules, "::ffff:203.0.113.9")).isEqualTo(Verdict.pass());
        assertThat(from(rules, "2001:db8::1")).isEqualTo(Verdict.pass());
        assertDenied(from(rules, "198.51.100.1"), "in no allowed range");
        assertDenied(from(rules, "2001:db9::1"), "in no allowed range");
    }

    @Test
    void denyWins() {
        var rules = IpRules.of(ranges("203.0.113.0/24"), ranges("203.0.113.9"));

        assertThat(from(rules, "203.0.113.8")).isEqualTo(Verdict.pass());
        assertDenied(from(rules, "203.0.113.9"), "in a denied range");
    }

    @Test
    void anEmptyAllowListAllowsWhoeverIsNotDenied() {
        var rules = IpRules.of(IpRanges.none(), ranges("10.0.0.0/8"));

        assertThat(from(rules, "192.0.2.1")).isEqualTo(Verdict.pass());
        assertThat(from(rules, "2001:db8::1")).isEqualTo(Verdict.pass());
        assertDenied(from(rules, "::ffff:10.0.0.1"), "in a denied range");
    }

    @Test
    void denyingCostsNothingNew() {
        var rules = IpRules.of(IpRanges.none(), ranges("10.0.0.0/8"));

        assertThat(from(rules, "10.0.0.1")).isSameAs(from(rules, "10.0.0.2"));
    }

    private static Verdict from(IpRules rules, String address) {
        return rules.check(RecordedWire.of("GET", "/").from(address).view());
    }

    private static void assertDenied(Verdict verdict, String why) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.reply().status()).isEqualTo(403);
            assertThat(deny.reply().code()).isEqualTo("address-denied");
            assertThat(deny.evidence().detail()).isEqualTo(why);
        });
    }

    private static IpRanges ranges(String... texts) {
        return IpRanges.of(Stream.of(texts).map(IpRange::parse).toList());
    }
}
