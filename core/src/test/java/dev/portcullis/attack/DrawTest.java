package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Verdict;
import dev.portcullis.attack.Background.Fate;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests detectors of an observed rule look at. */
class DrawTest {

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    private static long count(Draw draw, Fate fate) {
        return draw.counted().get(fate).sum();
    }

    private Draw draw(double rate, int perSecond) {
        return new Draw(rate, perSecond, clock, new Random(1)::nextDouble);
    }

    @Test
    void drawsATenthOfTenThousand() {
        var draw = draw(0.1, Draw.MOST_PER_SECOND);
        for (var i = 0; i < 10_000; i++) {
            draw.takes();
        }
        assertThat(draw.percentInspected()).isCloseTo(10, within(2.0));
        assertThat(count(draw, Fate.INSPECTED) + count(draw, Fate.UNSAMPLED)).isEqualTo(10_000);
    }

    @Test
    void drawsNoMoreInASecondThanItMay() {
        var draw = draw(1, 3);
        for (var i = 0; i < 10; i++) {
            assertThat(draw.takes()).isEqualTo(i < 3);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(draw.takes()).isTrue();
        assertThat(count(draw, Fate.OVER_BUDGET)).isEqualTo(7);
        assertThat(draw.percentInspected()).isCloseTo(36.4, within(0.1));
    }

    @Test
    void drawsNoMoreInASecondForManyAtOnce() throws Exception {
        var budget = new PerSecond(clock, 100);
        var taken = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(8);
        var together = new CountDownLatch(8);
        for (var i = 0; i < 8; i++) {
            threads.execute(() -> {
                together.countDown();
                for (var j = 0; j < 10_000; j++) {
                    taken.addAndGet(budget.take() ? 1 : 0);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasValue(100);
    }

    @Test
    void whatIsNotDrawnIsNotLookedAt() {
        var attack =
                RecordedWire.of("GET", "/?q=%3Cscript%3Ealert(1)%3C/script%3E").view();
        var all = Attacks.builder().build();
        assertThat(all.check(attack)).isInstanceOf(Verdict.Deny.class);
        var some = Attacks.builder().only(new Draw(0.5, 1, clock, () -> 0.5)).build();
        assertThat(some.check(attack)).isSameAs(Verdict.pass());
        assertThat(some.hits(attack)).as("who asks for all hits gets them").isNotEmpty();
        assertThat(some.share()).isEqualTo("50%, at most 1 per second");
    }

    @Test
    void aRehearsalDrawsEverything() {
        var rehearsed = draw(0.001, 1).rehearsed();
        for (var i = 0; i < 100; i++) {
            assertThat(rehearsed.takes()).isTrue();
        }
        assertThat(rehearsed.shown()).isEqualTo("0.1%, at most 1 per second");
    }

    @Test
    void goesOnCountingWithOtherTerms() {
        var before = draw(1, Draw.MOST_PER_SECOND);
        before.takes();
        var after = draw(1, 7).after(before);
        after.takes();
        assertThat(count(before, Fate.INSPECTED)).isEqualTo(2);
        assertThat(after.isLike(before)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void refusesSharesThatAreNone(double rate) {
        assertThatThrownBy(() -> Draw.of(rate, 1, clock)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Draw.MOST_PER_SECOND + 1})
    void refusesBudgetsThatAreNone(int perSecond) {
        assertThatThrownBy(() -> Draw.of(1, perSecond, clock)).isInstanceOf(IllegalArgumentException.class);
    }
}
