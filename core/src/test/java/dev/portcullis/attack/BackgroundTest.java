package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Background.Fate;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Until;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Detectors that look at some requests, and that no request waits for. */
class BackgroundTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final ConcurrentLinkedQueue<Opinion> opinions = new ConcurrentLinkedQueue<>();

    /** A detector that does this. */
    private record Doing(String id, Look look) implements BackgroundDetector {

        @Override
        public int look(Sighting sighting) throws Exception {
            return look.at(sighting);
        }
    }

    private interface Look {

        int at(Sighting sighting) throws Exception;
    }

    private Background background(Look... looks) {
        var detectors = java.util.stream.IntStream.range(0, looks.length)
                .<BackgroundDetector>mapToObj(i -> new Doing("d" + i, looks[i]))
                .toList();
        return Background.of(detectors, clock, opinions::add);
    }

    private static Request request() {
        var body = "{\"password\": \"sesame\"}";
        return RecordedWire.of("POST", "/orders?q=1")
                .with("Authorization", "Bearer secret")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body)
                .view();
    }

    private static BackgroundTerms terms(double rate, int perSecond, Duration timeOut) {
        return new BackgroundTerms(rate, perSecond, timeOut, true);
    }

    private static void await(Background background, Fate fate, long count) {
        Until.holds(() -> assertThat(background.counted(fate)).isGreaterThanOrEqualTo(count));
    }

    @Test
    void looksAtATenthOfTenThousand() {
        try (var background = background(seen -> 0)) {
            var check = background.sampling(terms(0.1, 1_000_000, LONG), 1000);
            for (var i = 0; i < 10_000; i++) {
                assertThat(check.check(request())).isSameAs(Verdict.pass());
            }

            var taken = background.counted(Fate.INSPECTED) + background.counted(Fate.DROPPED);
            assertThat(taken / 100.0).isCloseTo(10, within(2.0));
            assertThat(background.counted(Fate.UNSAMPLED)).isEqualTo(10_000 - taken);
            assertThat(background.percentInspected()).isPositive().isLessThanOrEqualTo(12);
        }
    }

    @Test
    void noRequestWaitsForADetector() {
        var release = new CountDownLatch(1);
        try (var background = background(seen -> {
            release.await();
            return 0;
        })) {
            var check = background.sampling(terms(1, 1_000_000, LONG), 1000);
            var all = Background.THREADS + Background.MAX_WAITING + 10;
            for (var i = 0; i < all; i++) {
                check.check(request());
            }

            assertThat(release.getCount()).as("nobody has come back yet").isEqualTo(1);
            assertThat(background.counted(Fate.INSPECTED)).isEqualTo(all - 10);
            assertThat(background.counted(Fate.DROPPED)).isEqualTo(10);
            release.countDown();
        }
    }

    @Test
    void keepsToItsBudgetOfASecond() {
        try (var background = background(seen -> 0)) {
            var check = background.sampling(terms(1, 3, LONG), 1000);
            for (var i = 0; i < 5; i++) {
                check.check(request());
            }
            assertThat(background.counted(Fate.INSPECTED)).isEqualTo(3);
            assertThat(background.counted(Fate.OVER_BUDGET)).isEqualTo(2);

            clock.set(clock.instant().plusSeconds(1));
            check.check(request());
            assertThat(background.counted(Fate.INSPECTED)).isEqualTo(4);
        }
    }

    @Test
    void interruptsADetectorWhoseTimeIsUpAndAsksTheNextOne() {
        var never = new Semaphore(0);
        try (var background = background(
                seen -> {
                    never.acquire();
                    return 100;
                },
                seen -> 70)) {
            var check = background.sampling(terms(1, 10_000, Duration.ofMillis(5)), 1000);
            Until.holds(() -> {
                check.check(request()); // the next one has as little time, and may be late too
                assertThat(opinions).isNotEmpty();
            });
            await(background, Fate.TIMED_OUT, 1);

            assertThat(opinions).extracting(Opinion::detector).containsOnly("d1");
        }
    }

    @Test
    void aDetectorThatKeepsTheInterruptionToItselfHoldsNoThread() {
        var never = new Semaphore(0);
        try (var background = background(seen -> {
            try {
                never.acquire();
            } catch (InterruptedException e) {
                return 0;
            }
            return 0;
        })) {
            var check = background.sampling(terms(1, 100, Duration.ofMillis(1)), 1000);
            for (var i = 0; i < 2 * Background.THREADS; i++) {
                check.check(request());
            }
            await(background, Fate.TIMED_OUT, 2 * Background.THREADS);
            assertThat(background.counted(Fate.TIMED_OUT)).isEqualTo(2 * Background.THREADS);
        }
    }

    @Test
    void aDetectorThatBreaksIsCountedAndHarmsNobody() {
        try (var background = background(
                seen -> {
                    throw new IllegalStateException("broken");
                },
                seen -> 500)) {
            background.sampling(terms(1, 10, LONG), 1000).check(request());
            await(background, Fate.FAILED, 1);
            Until.holds(() -> assertThat(opinions).isNotEmpty());

            assertThat(opinions).extracting(Opinion::score).containsExactly(BackgroundDetector.MOST);
        }
    }

    @Test
    void detectorsSeeTheRequestAsItWasSent() throws InterruptedException {
        var seen = new ConcurrentLinkedQueue<Sighting>();
        var looked = new CountDownLatch(1);
        try (var background = background(sighting -> {
            seen.add(sighting);
            looked.countDown();
            return 0;
        })) {
            background.sampling(terms(1, 10, LONG), 1000).check(request());
            assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(seen).singleElement().satisfies(one -> {
            assertThat(new String(one.body(), StandardCharsets.UTF_8)).contains("sesame");
            assertThat(one.header("authorization")).isEqualTo("Bearer secret");
            assertThat(one.query()).isEqualTo("q=1");
        });
        assertThat(opinions).isEmpty();
    }

    @Test
    void aLongerBodyIsLeftOut() throws InterruptedException {
        var length = new ConcurrentLinkedQueue<Integer>();
        var looked = new CountDownLatch(1);
        try (var background = background(sighting -> {
            length.add(sighting.body().length);
            looked.countDown();
            return 0;
        })) {
            background.sampling(terms(1, 10, LONG), 5).check(request());
            assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(length).containsExactly(0);
    }

    @Test
    void refusesTermsThatAreNone() {
        assertThatThrownBy(() -> terms(0, 1, LONG)).hasMessage("rate: 0.0 (expected: above 0, at most 1)");
        assertThatThrownBy(() -> terms(Double.NaN, 1, LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> terms(1, 0, LONG)).hasMessage("per-second: 0 (expected: >= 1)");
        assertThatThrownBy(() -> terms(1, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        var twice = List.<BackgroundDetector>of(new Doing("a", seen -> 0), new Doing("a", seen -> 0));
        assertThatThrownBy(() -> Background.of(twice, clock, opinions::add)).hasMessageContaining("the same id");
    }
}
