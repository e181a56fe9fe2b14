package dev.portcullis.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LookupPaceTest {

    private final HandClock time = HandClock.at("2026-01-02T00:00:00Z");
    private final Delayed clock = new Delayed();
    private final LookupPace pace = new LookupPace(2, clock);

    /** Something may happen between the look at this clock and what comes of it. */
    private final class Delayed extends Clock {

        private Runnable meanwhile = () -> {};

        @Override
        public Instant instant() {
            var now = time.instant();
            var other = meanwhile;
            meanwhile = () -> {};
            other.run();
            return now;
        }

        @Override
        public ZoneId getZone() {
            return time.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private long begun() {
        return Stream.generate(pace::begins).limit(100).filter(begins -> begins).count();
    }

    @Test
    void letsSomeBeginAtOnceAndThenTwoASecond() {
        assertThat(begun()).isEqualTo(10);
        time.advance(Duration.ofSeconds(1));
        assertThat(begun()).isEqualTo(2);
    }

    @Test
    void beginsAnewWhenTheClockIsSetBackFar() {
        assertThat(begun()).isEqualTo(10);
        time.advance(Duration.ofDays(-1));
        assertThat(begun()).isEqualTo(10);
        assertThat(begun()).isZero();
    }

    @Test
    void aThreadThatStillKnowsTheTimeOfBeforeBeginsNothingAnew() {
        assertThat(begun()).isEqualTo(10);
        clock.meanwhile = () -> {
            time.advance(Duration.ofDays(-1));
            assertThat(pace.begins()).isTrue();
        };
        assertThat(begun()).isEqualTo(9);
        assertThat(begun()).isZero();
    }
}
