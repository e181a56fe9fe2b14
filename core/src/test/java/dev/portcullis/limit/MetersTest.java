package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.client;
import static dev.portcullis.limit.Requests.from;
import static dev.portcullis.limit.Requests.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Meters meters = Meters.of(clock, 1000);

    @Test
    void deniesTheFourthOfThree() {
        var check = limit("burst", 3, "address");

        assertThat(passes(check, from("192.0.2.1"), 3)).isEqualTo(3);
        assertThat(check.check(from("192.0.2.1"))).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.reply().status()).isEqualTo(429);
            assertThat(deny.reply().code()).isEqualTo("rate-limited");
            assertThat(deny.evidence().matched()).containsExactly("burst");
        });
        assertThat(passes(check, from("192.0.2.2"), 10)).isEqualTo(3);
    }

    @Test
    void fiftyPassAtOnceAndThenOneEvery40Milliseconds() {
        var check =
                meters.limit("steady", List.of(new Window("steady", 50, Duration.ofSeconds(2), true)), key("address"));

        assertThat(passes(check, from("192.0.2.1"), 51)).isEqualTo(50);
        clock.advance(Duration.ofMillis(40));
        assertThat(passes(check, from("192.0.2.1"), 10)).isEqualTo(1);
    }

    @Test
    void aPassTellsWhatIsLeft() {
        var check = meters.limit(
                "partners",
                List.of(new Window("burst", 100, MINUTE, false), new Window("hourly", 1000, Duration.ofHours(1), true)),
                key("address"));

        assertThat(((Verdict.Pass) check.check(from("192.0.2.1"))).headers())
                .containsExactly(
                        new Header("RateLimit-Policy", "\"burst\";q=100;w=60, \"hourly\";q=1000;w=3600"),
                        new Header("RateLimit", "\"burst\";r=99;t=60"));
    }

    @Test
    void aDenialTellsWhenToComeAgain() {
        var check = limit("burst", 1, "address");
        check.check(from("192.0.2.1"));
        clock.advance(Duration.ofMillis(12_345));

        var deny = (Verdict.Deny) check.check(from("192.0.2.1"));

        assertThat(deny.reply().headers())
                .containsExactly(
                        new Header("Retry-After", "48"),
                        new Header("RateLimit-Policy", "\"burst\";q=1;w=60"),
                        new Header("RateLimit", "\"burst\";r=0;t=48"));
    }

    @Test
    void neverAsksToComeAgainAtOnce() {
        var check =
                meters.limit("fast", List.of(new Window("fast", 1000, Duration.ofSeconds(1), true)), key("address"));
        assertThat(passes(check, from("192.0.2.1"), 1000)).isEqualTo(1000);

        var deny = (Verdict.Deny) check.check(from("192.0.2.1"));

        assertThat(deny.reply().headers()).contains(new Header("Retry-After", "1"));
    }

    @Test
    void whoComesAgainWhenToldToPasses() {
        var check = meters.limit(
                "uneven",
                List.of(new Window("a", 7, Duration.ofSeconds(9), true), new Window("b", 20, MINUTE, false)),
                key("address"));
        var denials = 0;
        for (var i = 0; i < 500; i++) {
            if (check.check(from("192.0.2.1")) instanceof Verdict.Deny deny) {
                denials++;
                clock.advance(Duration.ofSeconds(
                        Long.parseLong(deny.reply().headers().get(0).value())));
                assertThat(check.check(from("192.0.2.1"))).isInstanceOf(Verdict.Pass.class);
            }
        }

        assertThat(denials).isPositive();
    }

    @Test
    void denyingAgainCostsNothingNew() {
        var check = limit("burst", 1, "address");
        check.check(from("192.0.2.1"));
        check.check(from("192.0.2.2"));

        assertThat(check.check(from("192.0.2.1"))).isSameAs(check.check(from("192.0.2.2")));
    }

    @Test
    void rotatingAForgedHeaderGetsNobodyAFreshCount() {
        var check = limit("burst", 3, "client");
        var passes = 0;
        for (var i = 0; i < 50; i++) {
            passes += passes(check, Requests.with("X-Forwarded-For", "203.0.113." + i), 1);
        }

        assertThat(passes).isEqualTo(3);
    }

    @Test
    void anUnidentifiedCallerDoesNotUseUpWhatAClientMay() {
        var check = limit("burst", 3, "client");
        var acme = of(client("main", "acme", null), from("192.0.2.1"));
        passes(check, from("192.0.2.1"), 10);

        assertThat(passes(check, acme, 10)).isEqualTo(3);
    }

    @Test
    void aClockThatStepsBackRefillsNothingAndStopsForNoLonger() {
        var check = limit("burst", 3, "address");
        clock.advance(Duration.ofSeconds(30));
        assertThat(passes(check, from("192.0.2.1"), 10)).isEqualTo(3);

        clock.advance(Duration.ofDays(-365));
        assertThat(passes(check, from("192.0.2.1"), 10)).isZero();
        clock.advance(MINUTE.minusMillis(1));
        assertThat(passes(check, from("192.0.2.1"), 10)).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(passes(check, from("192.0.2.1"), 10)).isEqualTo(3);
    }

    @Test
    void aClockThatWasYearsAheadKeepsNoQuotaFromItsNextMonth() {
        var month = Window.of("month", 3, Calendar.of("P1M", ZoneOffset.UTC, ""));
        var check = meters.limit("monthly", List.of(month), key("address"));
        clock.set(Instant.parse("2031-07-15T00:00:00Z"));
        assertThat(passes(check, from("192.0.2.1"), 2)).isEqualTo(2);

        clock.set(Instant.parse("2026-01-15T00:00:00Z"));
        assertThat(passes(check, from("192.0.2.1"), 9))
                .as("what was used stays used")
                .isEqualTo(1);
        clock.set(Instant.parse("2026-01-31T23:59:59.999Z"));
        assertThat(passes(check, from("192.0.2.1"), 9)).isZero();
        clock.set(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(passes(check, from("192.0.2.1"), 9)).isEqualTo(3);
        clock.set(Instant.parse("2026-01-31T23:59:59Z"));
        assertThat(passes(check, from("192.0.2.1"), 9))
                .as("a small step back begins nothing")
                .isZero();
        clock.set(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(passes(check, from("192.0.2.1"), 9)).isZero();
    }

    @Test
    void aClockThatLeapsBreaksNothing() {
        var check = limit("burst", 3, "address");
        passes(check, from("192.0.2.1"), 10);

        for (var leap : List.of(Duration.ofDays(365 * 200), Duration.ofDays(-365 * 100), Duration.ofDays(365 * 300))) {
            clock.advance(leap);
            assertThat(passes(check, from("192.0.2.1"), 10)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void limitsOfDifferentNamesCountApart() {
        var enforced = limit("burst", 3, "address");
        var observed = limit("burst (observed)", 3, "address");

        assertThat(passes(observed, from("192.0.2.1"), 10)).isEqualTo(3);
        assertThat(passes(enforced, from("192.0.2.1"), 10)).isEqualTo(3);
    }

    @Test
    void aLimitByAnotherKeyStartsAnew() {
        passes(limit("burst", 3, "address"), from("192.0.2.1"), 10);

        assertThat(passes(limit("burst", 3, "global"), from("192.0.2.1"), 10)).isEqualTo(3);
        assertThat(passes(limit("burst", 3, "address"), from("192.0.2.1"), 10)).isZero();
    }

    @Test
    void aReloadThatLeavesALimitAsItIsRefillsNothing() {
        try (var engine = Engine.of(set(3), Listener.NONE)) {
            assertThat(proceeds(engine, 2)).isEqualTo(2);
            engine.reload(set(3));
            assertThat(proceeds(engine, 10)).isEqualTo(1);
        }
    }

    @Test
    void aReloadThatRaisesALimitGivesNothingToWhomItIsUsedUp() {
        try (var engine = Engine.of(set(3), Listener.NONE)) {
            proceeds(engine, 10);
            engine.reload(set(1000));
            assertThat(proceeds(engine, 10)).isZero();
            clock.advance(MINUTE);
            assertThat(proceeds(engine, 2000)).isEqualTo(1000);
        }
    }

    private PolicySet set(long permits) {
        return PolicySet.builder()
                .first(Rule.enforce("burst", limit("burst", permits, "address")))
                .otherwiseProceed();
    }

    private static int proceeds(Engine engine, int requests) {
        var proceeds = 0;
        for (var i = 0; i < requests; i++) {
            proceeds += engine.evaluate(from("192.0.2.1")) instanceof Outcome.Proceed ? 1 : 0;
        }
        return proceeds;
    }

    @Test
    void reloadsLeaveNothingBehindThatNoPolicyNames() {
        var numbers = new RuleNumbers(3);
        var first = new RuleNumbers.Name("first", key("address"));
        var number = numbers.of(first);
        for (var i = 0; i < 100; i++) {
            numbers.of(new RuleNumbers.Name("r" + i, key("address")));
            assertThat(numbers.of(first)).as("who is named stays").isEqualTo(number);
        }
        assertThat(numbers.of(new RuleNumbers.Name("r0", key("address"))))
                .as("and others come anew")
                .isGreaterThan(100);

        var kept = new Kept();
        for (var i = 0; i < 100; i++) {
            kept.keep("r" + i, Levels.class, Levels::new);
        }
        StoreNode.until(() -> {
            System.gc();
            return kept.size() == 0;
        });
    }

    @Test
    void aTableHoldsAtLeastOneKey() {
        assertThatThrownBy(() -> Meters.of(clock, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxKeys: 0 (expected: >= 1)");
        assertThat(passes(
                        Meters.of(clock, 1)
                                .limit("burst", List.of(new Window("burst", 3, MINUTE, false)), key("address")),
                        from("192.0.2.1"),
                        10))
                .isEqualTo(3);
    }

    private Check limit(String name, long permits, String by) {
        return meters.limit(name, List.of(new Window(name, permits, MINUTE, false)), key(by));
    }

    static int passes(Check check, Request request, int requests) {
        var passes = 0;
        for (var i = 0; i < requests; i++) {
            passes += check.check(request) instanceof Verdict.Pass ? 1 : 0;
        }
        return passes;
    }
}
