package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.WrittenHead;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A limit that follows the latency of a simulated handler. */
class AdaptiveLimitTest {

    private static final long MILLIS = 1000;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final AdaptiveLimit limit = new AdaptiveLimit(new Adaptation(5, 2, Duration.ofSeconds(1)), 100, clock);

    @Test
    void beginsAtTheFloorAndDoublesWhileNothingGetsSlower() {
        assertThat(limit.limit()).isEqualTo(5);
        busy(1, 10);
        assertThat(limit.limit()).isEqualTo(10);
        busy(10, 10);
        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void fallsToTheFloorWhenTheHandlerIsTenTimesSlowerAndComesBackWhenItIsNot() {
        busy(10, 10);
        busy(5, 100);
        assertThat(limit.limit()).isEqualTo(5);

        busy(30, 10);
        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void aLastingOverloadIsNeverTakenForNormal() {
        busy(10, 10);
        for (var i = 0; i < 300; i++) {
            // the more in flight, the slower: 10 at a time are no slower than one
            busy(1, Math.max(10, limit.limit()));
        }

        assertThat(limit.limit()).isBetween(15, 30);
        assertThat(limit.quietMicros()).isLessThan(12 * MILLIS);
    }

    @Test
    void whatHasBecomeSlowerForGoodIsNotHeldDownForEver() {
        busy(10, 10);
        busy(12, 100);
        assertThat(limit.limit()).isEqualTo(5);
        busy(30, 100);

        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void doesNotGrowWhereItIsNotMadeUseOf() {
        for (var window = 0; window < 10; window++) {
            window(20, 10 * MILLIS, 1, Ending.ANSWERED, 200);
        }

        assertThat(limit.limit()).isEqualTo(5);
    }

    @Test
    void failuresThatAreFastAndWhatClientsCutShortSayNothing() {
        busy(10, 10);
        for (var window = 0; window < 5; window++) {
            window(50, 1, 100, Ending.ANSWERED, 503);
            window(50, 1, 100, Ending.ANSWERED, 400);
            window(50, 1, 100, Ending.FAILED, 500);
            window(50, 900 * MILLIS, 100, Ending.ABORTED, 0);
            window(50, 900 * MILLIS, 100, Ending.DENIED_LATER, 403);
            window(50, 900 * MILLIS, 100, Ending.UPGRADED, 101);
        }

        assertThat(limit.limit()).isEqualTo(100);
        assertThat(limit.quietMicros()).isBetween(9.0 * MILLIS, 11.0 * MILLIS);
    }

    @Test
    void failuresThatAreSlowCount() {
        busy(10, 10);
        window(50, 900 * MILLIS, 100, Ending.ANSWERED, 504);

        assertThat(limit.limit()).isEqualTo(50);
    }

    @Test
    void aFewLatenciesJudgeNothing() {
        busy(10, 10);
        window(AdaptiveLimit.MIN_SAMPLES - 2, 900 * MILLIS, 100, Ending.ANSWERED, 200);
        assertThat(limit.limit()).isEqualTo(100);

        clock.advance(Duration.ofMinutes(1));
        window(AdaptiveLimit.MIN_SAMPLES - 2, 900 * MILLIS, 100, Ending.ANSWERED, 200);
        assertThat(limit.limit()).as("old ones are not judged with new ones").isEqualTo(100);
    }

    @Test
    void aClockThatLeapsBreaksNothing() {
        busy(10, 10);
        for (var leap : new int[] {-1000, 5000, -7, 9000}) {
            clock.advance(Duration.ofDays(leap));
            busy(20, 10);
            assertThat(limit.limit()).isEqualTo(100);
        }
    }

    /** Windows full of requests that take so long, with as many in flight as may be. */
    private void busy(int windows, long millis) {
        for (var window = 0; window < windows; window++) {
            window(50, millis * MILLIS, limit.limit(), Ending.ANSWERED, 200);
        }
    }

    private void window(int requests, long micros, int inFlight, Ending ending, int status) {
        for (var i = 0; i < requests; i++) {
            limit.heard(micros, inFlight, ending, status);
        }
        clock.advance(Duration.ofMillis(1001));
        limit.heard(micros, inFlight, ending, status);
    }

    @Test
    void aClientThatReadsItsResponseSlowlyDoesNotCount() {
        for (var i = 0; i < 40; i++) {
            var slot = new Slot(null, "");
            slot.take(10);
            var permit = new Permit(slot, null, limit);
            clock.advance(Duration.ofMillis(10));
            permit.sending(Requests.from("192.0.2.1"), WrittenHead.ofApplication(200, List.of()));
            clock.advance(Duration.ofMillis(i < 20 ? 0 : 500));
            permit.sending(Requests.from("192.0.2.1"), WrittenHead.ofApplication(200, List.of()));
            permit.ended(Requests.from("192.0.2.1"), Ending.ANSWERED, 200);
            clock.advance(Duration.ofMillis(90));
        }
        assertThat(limit.quietMicros()).isBetween(9.0 * MILLIS, 11.0 * MILLIS);
        assertThat(limit.limit()).isGreaterThanOrEqualTo(5);
        assertThat(new Permit(new Slot(null, ""), null, limit).asksHead()).isTrue();
        assertThat(new Permit(new Slot(null, ""), null, null).asksHead()).isFalse();
    }
}
