package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Buckets.Bucket;
import dev.portcullis.store.StoreUnavailable;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shared counts when the store, or the clock, does what it should not. */
class StoreFaultTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final MeterKey KEY = new MeterKey(1, 2, 3);

    private final HandClock clock = HandClock.at("2026-06-01T10:00:00Z");
    private final FaultyBuckets buckets = new FaultyBuckets(clock);
    private final LateCharges late = new LateCharges(clock);
    private final Quota ten = new Quota(List.of(new Window("w", 10, HOUR, false)));

    private SharedCounts counts(Spread spread) {
        var ground = new SharedCounts.Ground(clock, Salt.random(), 1, new LongAdder(), late);
        return new SharedCounts("rule", new Purses(buckets, spread, clock), new MeterTable(clock, 100), ground);
    }

    @Test
    void anErrorKeepsNobodyWaitingForATripThatNeverBegan() {
        var counts = counts(Spread.exact().orNobody());
        assertThat(counts.take(KEY, ten, 1).passed()).isTrue();
        buckets.broken(true);
        assertThatThrownBy(() -> counts.take(KEY, ten, 1)).isInstanceOf(StoreUnavailable.class);
        buckets.broken(false);
        assertThat(counts.take(KEY, ten, 9).passed()).isTrue();
        assertThat(counts.take(KEY, ten, 1).passed()).isFalse();
    }

    @Test
    void nothingStaysOfKeysForWhichNoQuestionCouldBeAsked() {
        var purses = new Purses(buckets, Spread.exact().orNobody(), clock);
        var layout = new BucketLayout("rule", ten);
        for (var i = 0; i < 100; i++) {
            buckets.broken(i % 2 == 0);
            var bucket = layout.bucket(new MeterKey(1, 2, i), clock.millis());
            assertThat(purses.take(layout, bucket, 1).isCompletedExceptionally())
                    .isEqualTo(i % 2 == 0);
        }
        assertThat(purses.size()).isZero();
    }

    @Test
    void whoComesDuringATripIsServedByWhatItBringsAhead() {
        var purses = new Purses(buckets, new Spread(20, true), clock);
        var layout = new BucketLayout("rule", new Quota(List.of(new Window("w", 1_000, HOUR, false))));
        var bucket = layout.bucket(KEY, clock.millis());
        while (buckets.asked() < 5) {
            purses.take(layout, bucket, 1);
        }
        var answer = new CompletableFuture<Void>();
        buckets.heldUntil(answer);
        var waiting = Stream.generate(() -> purses.take(layout, bucket, 1))
                .filter(reading -> !reading.isDone())
                .limit(15)
                .toList();
        assertThat(buckets.asked()).isEqualTo(6);
        answer.complete(null);
        assertThat(waiting)
                .allSatisfy(reading -> assertThat(reading.join().passed()).isTrue());
        assertThat(buckets.asked()).as("no trip brings what is here already").isEqualTo(6);
    }

    @Test
    void anEmptyPurseIsNotBelievedForHoursWhenTheClockStepsBack() {
        var counts = counts(new Spread(5, true));
        IntStream.range(0, 20).forEach(i -> counts.take(KEY, ten, 1));
        assertThat(counts.take(KEY, ten, 1).passed()).isFalse();
        var asked = buckets.asked();
        assertThat(counts.take(KEY, ten, 1).passed()).isFalse();
        assertThat(buckets.asked()).as("it is known for a moment").isEqualTo(asked);
        clock.advance(HOUR.negated());
        assertThat(counts.take(KEY, ten, 1).passed()).isFalse();
        assertThat(buckets.asked()).as("it is asked again").isGreaterThan(asked);
    }

    @Test
    void nothingIsGivenBackToALaterPeriodWhenTheClockStepsBack() {
        var counts = counts(Spread.exact());
        var taken = counts.take(KEY, ten, 10);
        clock.advance(HOUR.plusSeconds(1));
        var later = counts.take(KEY, ten, 10);
        assertThat(later.passed()).isTrue();
        counts.giveBack(KEY, ten, 1, taken.at());
        clock.advance(Duration.ofMinutes(-5));
        counts.giveBack(KEY, ten, 10, taken.at());
        assertThat(counts.take(KEY, ten, 1).passed()).isFalse();
    }

    @Test
    void whatARequestCostInTheEndIsChargedWhenTheStoreIsBack() {
        var counts = counts(Spread.exact().orNobody());
        var at = counts.take(KEY, ten, 1).at();
        buckets.away(true);
        assertThat(counts.settle(KEY, ten, 6, at)).isNull();
        assertThat(counts.settle(KEY, ten, 1, at)).isNull();
        assertThat(late.size()).isOne();
        buckets.away(false);
        clock.advance(Duration.ofSeconds(2));
        counts.take(KEY, ten, 1);
        StoreNode.until(() -> counts.look(KEY, ten).left() == 1);
        assertThat(late.size()).isZero();
        assertThat(late.lost()).isZero();
    }

    @Test
    void aChargeThatMayHaveBeenMadeIsNotMadeAgain() {
        var counts = counts(Spread.exact().orNobody());
        var at = counts.take(KEY, ten, 1).at();
        buckets.silent(true);
        assertThat(counts.settle(KEY, ten, 3, at)).isNull();
        assertThat(late.size()).isZero();
        assertThat(late.lost()).isEqualTo(3);
        buckets.away(true);
        assertThat(counts.settle(KEY, ten, 2, at)).isNull();
        buckets.away(false);
        late.settle(buckets);
        StoreNode.until(() -> late.lost() == 5);
        buckets.silent(false);
        clock.advance(Duration.ofSeconds(2));
        late.settle(buckets);
        assertThat(counts.look(KEY, ten).left()).as("10 - 1 - 3 - 2").isEqualTo(4);
    }

    @Test
    void aChargeThatComesAfterItsPeriodIsLostAndCounted() {
        var counts = counts(Spread.exact().orNobody());
        var at = counts.take(KEY, ten, 1).at();
        buckets.away(true);
        assertThat(counts.settle(KEY, ten, 4, at)).isNull();
        buckets.away(false);
        clock.advance(HOUR.plusSeconds(1));
        late.settle(buckets);
        assertThat(late.size()).isZero();
        assertThat(late.lost()).isEqualTo(4);
        assertThat(counts.look(KEY, ten).left()).isEqualTo(10);
    }

    @Test
    void whatPassedHereIsChargedHere() {
        var counts = counts(Spread.exact());
        buckets.away(true);
        var at = counts.take(KEY, ten, 1).at();
        assertThat(counts.settle(KEY, ten, 6, at)).isNotNull();
        assertThat(late.size()).isZero();
        assertThat(counts.look(KEY, ten).left()).isEqualTo(3);
    }

    @Test
    void aChargeThatFindsNoRoomOrComesAfterItsQuotaIsLostAndCounted() {
        var month = Calendar.of("P1M", ZoneOffset.UTC, "");
        var quota = new BucketLayout("rule", new Quota(List.of(Window.of("month", 100, month))));
        for (var i = 0; i < LateCharges.MAX_WAITING + 2; i++) {
            var bucket = quota.bucket(new MeterKey(1, 2, i), clock.millis());
            late.add(new LateCharges.Late(bucket, 3, true, quota.end(clock.millis())));
        }
        assertThat(late.size()).isEqualTo(LateCharges.MAX_WAITING);
        assertThat(late.lost()).isEqualTo(6);
        clock.advance(Duration.ofDays(31));
        late.settle(buckets);
        assertThat(late.size()).isZero();
        assertThat(late.lost()).isEqualTo(3L * (LateCharges.MAX_WAITING + 2));
        assertThat(buckets.asked()).isZero();
    }

    @Test
    void aChargeThatFailsLetsOthersGoBeforeIt() {
        var layout = new BucketLayout("rule", ten);
        var there = new ArrayList<Bucket>();
        for (var i = 0; i < 8; i++) {
            var bucket = layout.bucket(new MeterKey(1, 2, i), clock.millis());
            late.add(new LateCharges.Late(bucket, 1, true, layout.end(clock.millis())));
            if (i % 2 == 0) {
                buckets.gone(bucket.name());
            } else {
                there.add(bucket);
            }
        }
        StoreNode.until(() -> {
            late.settle(buckets);
            clock.advance(Duration.ofSeconds(1));
            return there.stream().allMatch(bucket -> left(bucket) == 9);
        });
        StoreNode.until(() -> late.size() == 4);
        assertThat(late.lost())
                .as("those of the part that is away go on waiting")
                .isZero();
    }

    private long left(Bucket bucket) {
        return buckets.look(bucket).join().getValue();
    }
}
