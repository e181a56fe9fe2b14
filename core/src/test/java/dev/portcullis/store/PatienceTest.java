package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration USUAL = Duration.ofMillis(250);

    private final HandClock clock = HandClock.at("2026-06-01T10:00:00Z");
    private final Patience patience = new Patience("redis", USUAL, clock);

    private void answers(int times) {
        for (var i = 0; i < times; i++) {
            assertThat(patience.ask(() -> CompletableFuture.completedFuture(true)))
                    .isCompleted();
        }
    }

    private void fails(int times) {
        for (var i = 0; i < times; i++) {
            assertThat(patience.ask(() -> CompletableFuture.failedFuture(new IllegalStateException("away"))))
                    .isCompletedExceptionally();
        }
    }

    @Test
    void waitsLongerForTheFirstAnswersAlone() {
        assertThat(patience.timeout()).isEqualTo(Patience.FIRST);
        answers(Patience.FIRST_ANSWERS - 1);
        assertThat(patience.timeout()).isEqualTo(Patience.FIRST);
        answers(1);
        assertThat(patience.timeout()).isEqualTo(USUAL);
        answers(1);
        assertThat(patience.timeout()).isEqualTo(USUAL);
    }

    @Test
    void waitsNoLongerThanUsualAfterAnOutage() {
        fails(Breaker.FAILURES - 1);
        assertThat(patience.timeout()).isEqualTo(Patience.FIRST);
        fails(1);
        assertThat(patience.timeout()).isEqualTo(USUAL);
        clock.advance(Breaker.PAUSE);
        answers(1);
        assertThat(patience.timeout()).isEqualTo(USUAL);
    }

    @Test
    void waitsNeverShorterThanItIsTold() {
        var told = Duration.ofSeconds(5);

        assertThat(new Patience("redis", told, clock).timeout()).isEqualTo(told);
    }
}
