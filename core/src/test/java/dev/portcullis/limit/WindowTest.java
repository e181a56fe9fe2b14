package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_001})
    void permitsHaveBounds(long permits) {
        assertThatThrownBy(() -> new Window("burst", permits, Duration.ofMinutes(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permits: " + permits + " (expected: 1 to 1000000000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "P367D"})
    void periodsAreWholeSecondsWithinBounds(Duration per) {
        assertThatThrownBy(() -> new Window("burst", 1, per, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("per: " + per + " (expected: whole seconds, 1s to 366d)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "caf\u00e9", "\u0000"})
    void namesCanBeWrittenInAHeader(String name) {
        assertThatThrownBy(() -> new Window(name, 1, Duration.ofMinutes(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("(expected: 1 to 64 printable ASCII characters)");
    }

    @Test
    void namesHaveABound() {
        assertThat(new Window("n".repeat(64), 1, Duration.ofMinutes(1), false).name())
                .hasSize(64);
        assertThatThrownBy(() -> new Window("n".repeat(65), 1, Duration.ofMinutes(1), false))
                .hasMessageStartingWith("name: `");
    }

    @Test
    void theExtremesCanBeCounted() {
        var fastest = new Window("fastest", Window.MAX_PERMITS, Duration.ofSeconds(1), true);
        var slowest = new Window("slowest", 1, Window.MAX_PER, true);
        var widest = new Window("widest", Window.MAX_PERMITS, Window.MAX_PER, true);
        var meter = new Meter(new Quota(List.of(fastest, slowest, widest)), new HandTime(), 0);

        assertThat(meter.take(new Quota(List.of(fastest, slowest, widest)), 1).passed())
                .isTrue();
        assertThat(meter.take(new Quota(List.of(fastest, slowest, widest)), 1).nanos())
                .isEqualTo(Window.MAX_PER.toNanos());
    }

    @Test
    void windowsOfOneLimitHaveDifferentNames() {
        var window = new Window("burst", 1, Duration.ofMinutes(1), false);

        assertThatThrownBy(() -> new Quota(List.of(window, window)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window: `burst` twice (expected: every name once)");
        assertThatThrownBy(() -> new Quota(List.of())).hasMessage("windows: none (expected: at least one)");
    }
}
