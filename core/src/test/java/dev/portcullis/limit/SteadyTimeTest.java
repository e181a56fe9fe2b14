package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

    private final HandClock clock = HandClock.at("2026-06-01T10:00:00Z");

    @Test
    void passesAsInTheProcessHoweverTheClockIsSet() {
        var nanos = new AtomicLong(-7);
        var time = new SteadyTime(clock, nanos::get);

        clock.advance(Duration.ofHours(-1));
        nanos.addAndGet(1_000_000);
        time.advance();
        clock.advance(Duration.ofHours(1));
        nanos.addAndGet(2_000_000);
        time.advance();

        assertThat(time.nanos()).isEqualTo(3_000_000);
        assertThat(time.millis()).isEqualTo(clock.millis());
    }

    @Test
    void standsStillBetweenTwoLooks() {
        var time = new SteadyTime(clock);
        time.advance();
        var millis = time.millis();

        clock.advance(Duration.ofSeconds(1));

        assertThat(time.nanos()).isZero();
        assertThat(time.millis()).isEqualTo(millis);
        time.advance();
        assertThat(time.nanos()).isEqualTo(1_000_000_000);
        assertThat(time.millis()).isEqualTo(millis + 1000);
    }

    @Test
    void losesNothingWhenAHandClockIsSetBack() {
        var time = new SteadyTime(clock);

        clock.advance(Duration.ofHours(-1));
        time.advance();
        assertThat(time.nanos()).isZero();
        clock.advance(Duration.ofSeconds(1));
        time.advance();
        assertThat(time.nanos()).isEqualTo(1_000_000_000);
    }
}
