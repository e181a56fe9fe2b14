package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.limit.Stores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change of windows, plans and periods leaves in a real Redis or a real PostgreSQL. */
class SharedWindowsTest extends StoreStage {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void windowsAreOneBucketInOneTrip(Kind kind) {
        try (var one = node(kind);
                var other = node(kind)) {
            var windows = new Window[] {
                new Window("minute", 3, Duration.ofMinutes(1), false), new Window("hour", 5, HOUR, false)
            };
            var here = one.limit(name, Spread.exact(), windows);
            assertThat(StoreNode.passed(here, 4)).isEqualTo(3);
            assertThat(one.trips()).isEqualTo(4);
            clock.advance(Duration.ofMinutes(1));
            assertThat(StoreNode.passed(other.limit(name, Spread.exact(), windows), 4))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesWhatWasGivenBackInItsPeriodOnly(Kind kind) {
        var quota = new Quota(
                List.of(new Window("minute", 2, Duration.ofMinutes(1), false), new Window("hour", 3, HOUR, false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            var first = counts.take(key, quota, 2);
            counts.giveBack(key, quota, 2, first.at());
            StoreNode.until(() -> counts.look(key, quota).left() == 2);
            var second = counts.take(key, quota, 2);
            assertThat(second.passed()).isTrue();

            clock.advance(Duration.ofMinutes(1));
            counts.giveBack(key, quota, 2, second.at());
            assertThat(counts.take(key, quota, 1).passed()).isTrue();
            assertThat(counts.take(key, quota, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theCalendarHasItsPeriodsInTheStoreToo(Kind kind) {
        var month = Calendar.of("P1M", ZoneOffset.UTC, "");
        var quota = new Quota(List.of(Window.of("month", 3, month)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind);
                var other = node(kind)) {
            var here = counts(one, Spread.exact());
            assertThat(here.charge(key, quota, 5).left()).isEqualTo(-2);
            clock.set(Instant.parse("2026-06-30T23:59:59Z"));
            var there = counts(other, Spread.exact());
            var denied = there.take(key, quota, 1);
            assertThat(denied.passed()).isFalse();
            assertThat(denied.nanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
            clock.advance(Duration.ofSeconds(1));
            assertThat(there.take(key, quota, 3).passed()).isTrue();
            assertThat(here.take(key, quota, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLimitThatChangesKeepsTheShareThatWasLeft(Kind kind) {
        try (var one = node(kind);
                var other = node(kind)) {
            assertThat(StoreNode.passed(one.limit(name, Spread.exact(), new Window("w", 10, HOUR, false)), 5))
                    .isEqualTo(5);
            var raised = other.limit(name, Spread.exact(), new Window("w", 100, HOUR, false));
            assertThat(StoreNode.passed(raised, 100)).isEqualTo(50);
            assertThat(StoreNode.passed(one.limit(name, Spread.exact(), new Window("w", 1000, HOUR, false)), 1))
                    .isZero();
            clock.advance(HOUR);
            assertThat(StoreNode.passed(raised, 101)).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aClientOfTwoPlansGetsOneAndNotTheSum(Kind kind) {
        var gold = new Quota(List.of(new Window("w", 100, HOUR, false)));
        var free = new Quota(List.of(new Window("w", 10, HOUR, false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind);
                var other = node(kind)) {
            var here = counts(one, Spread.exact());
            var there = counts(other, Spread.exact());
            var used = IntStream.range(0, 400)
                    .filter(i -> i % 2 == 0
                            ? here.take(key, gold, 1).passed()
                            : there.take(key, free, 1).passed())
                    .toArray();
            assertThat(IntStream.of(used).mapToLong(i -> i % 2 == 0 ? 1 : 10).sum())
                    .as("of a hundredth and a tenth of what there is")
                    .isBetween(90L, 100L);
            assertThat(here.take(key, gold, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatWasUsedOfAQuotaStaysUsedWhateverThePlan(Kind kind) {
        var month = Calendar.of("P1M", ZoneOffset.UTC, "");
        var gold = new Quota(List.of(Window.of("month", 100, month)));
        var free = new Quota(List.of(Window.of("month", 10, month)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            assertThat(counts.take(key, gold, 40).passed()).isTrue();
            assertThat(counts.take(key, free, 1).passed()).isFalse();
            assertThat(counts.look(key, gold).left()).isEqualTo(60);
            assertThat(counts.take(key, gold, 60).passed()).isTrue();
            assertThat(counts.take(key, gold, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nodesOfTwoConfigurationsTakeNothingFromEachOtherByTakingTurns(Kind kind) {
        var before = new Quota(List.of(new Window("w", 100, HOUR, false)));
        var after = new Quota(
                List.of(new Window("w", 120, HOUR, false), new Window("day", 1000, Duration.ofHours(24), false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            assertThat(counts.take(key, before, 43).passed()).isTrue();
            for (var i = 0; i < 50; i++) {
                assertThat(counts.look(key, after).left()).isEqualTo(68);
                assertThat(counts.look(key, before).left()).isBetween(56L, 57L);
                clock.advance(Duration.ofSeconds(1));
            }
            clock.advance(HOUR.minusSeconds(50));
            assertThat(counts.look(key, before).left()).as("a period ends").isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWindowOfAnotherNameKeepsItsPeriod(Kind kind) {
        try (var one = node(kind)) {
            var minute = new Window("minute", 5, Duration.ofMinutes(1), false);
            var known = one.limit(name, Spread.exact(), minute, new Window("hour", 50, HOUR, false));
            assertThat(StoreNode.passed(known, 9)).isEqualTo(5);
            clock.advance(Duration.ofSeconds(30));
            var renamed = one.limit(name, Spread.exact(), minute, new Window("hourly", 50, HOUR, false));
            assertThat(StoreNode.passed(renamed, 9)).isZero();
            clock.advance(Duration.ofSeconds(30));
            assertThat(StoreNode.passed(renamed, 9)).isEqualTo(5);
            clock.advance(Duration.ofMinutes(59));
            assertThat(StoreNode.passed(renamed, 9)).isEqualTo(5);
            assertThat(StoreNode.passed(
                            one.limit(name, Spread.exact(), new Window("anew", 5, Duration.ofSeconds(2), false)), 9))
                    .isZero();
        }
    }

    /** Nobody knows which of them is which: the sum of what is left must not be more than it was. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void windowsThatAreRenamedTogetherGetTheSmallestShareOfThem(Kind kind) {
        try (var one = node(kind)) {
            var wide = new Window("a", 100, HOUR, false);
            var narrow = new Window("b", 10, HOUR, false);
            assertThat(StoreNode.passed(one.limit(name, Spread.exact(), wide, narrow), 20))
                    .isEqualTo(10);
            var renamed = one.limit(
                    name, Spread.exact(), new Window("c", 100, HOUR, false), new Window("d", 10, HOUR, false));
            assertThat(StoreNode.passed(renamed, 20)).isZero();
            clock.advance(HOUR);
            assertThat(StoreNode.passed(renamed, 20)).isEqualTo(10);
        }
    }
}
