package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 9, 15, 16, 100, 1_000, 123_456, 10_000_000, 3_600_000_000L})
    void knowsAMedianWithinASixteenth(long micros) {
        latencies.add(micros);

        assertThat(latencies.takeMedian()).isCloseTo(micros, within(micros / 16.0 + 0.5));
        assertThat(latencies.count()).isZero();
    }

    @Test
    void theMedianIsInTheMiddle() {
        for (var i = 0; i < 60; i++) {
            latencies.add(1_000);
        }
        for (var i = 0; i < 40; i++) {
            latencies.add(1_000_000);
        }

        assertThat(latencies.takeMedian()).isCloseTo(1_000, within(70.0));
    }

    @Test
    void takesWhateverAClockSays() {
        latencies.add(Long.MAX_VALUE);
        latencies.add(Long.MIN_VALUE);

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.takeMedian()).isPositive();
    }
}
