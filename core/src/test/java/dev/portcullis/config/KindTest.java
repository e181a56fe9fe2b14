package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    private final Problems problems = new Problems(Places.UNKNOWN);
    private final At at = new At(problems, "key");

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "64B,64",
        "64KB,65536",
        "64 kb,65536",
        "1MB,1048576",
        "2GB,2147483648",
        "1TB,1099511627776",
    })
    void readsSizes(String text, long bytes) {
        assertThat(at.read(text, Kind.SIZE)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1.5MB",
                "64KiB",
                "2TB",
                "99999999999999999999",
                "9999999999GB",
                "0100",
                "010KB",
                "KB",
                "1 K B",
                "１"
            })
    void findsNoSizeIn(String text) {
        assertThat(at.read(text, Kind.SIZE)).isNull();
        assertThat(problems.found()).hasSize(1);
    }

    /** Older YAML reads it so, and Spring hands that on. */
    @Test
    void takesFalseForOffWhereThatIsAWord() {
        var some = Kind.choice("demand", Map.of("off", 0, "required", 1));

        assertThat(at.read("false", some)).isZero();
        assertThat(at.read("off", some)).isZero();
        assertThat(at.read("false", Kind.SWITCH)).isFalse();
        assertThat(problems.found()).isEmpty();
        assertThat(at.read("false", Kind.MODE)).isNull();
        assertThat(at.read("true", some)).isNull();
        assertThat(problems.found()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "1m,PT1M", "1h,PT1H", "1d,PT24H", "PT1M,PT1M", "P1D,PT24H", "0s,PT0S"})
    void readsDurations(String text, Duration duration) {
        assertThat(at.read(text, Kind.DURATION)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "60", "1M", "1 minute", "-1s", "PT-1S", "1.5h", "367d", "999999999999999d", "P", "PT", "1w"})
    void findsNoDurationIn(String text) {
        assertThat(at.read(text, Kind.DURATION)).isNull();
        assertThat(problems.found()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "+", "1e3", "0x10", "0100", "1_000", "1000000001", "99999999999999999999"})
    void findsNoCountIn(String text) {
        assertThat(at.read(text, Kind.COUNT)).isNull();
        assertThat(problems.found()).hasSize(1);
    }

    @Test
    void findsTheWordThatWasMeant() {
        var known = List.of("rate-limits", "paths", "mode", "methods");
        assertThat(Nearest.to("rate-limit", known)).hasValue("rate-limits");
        assertThat(Nearest.to("ratelimits", known)).hasValue("rate-limits");
        assertThat(Nearest.to("moed", known)).hasValue("mode");
        assertThat(Nearest.to("method", known)).hasValue("methods");
        assertThat(Nearest.to("colour", known)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), known)).isEmpty();
    }

    @Test
    void showsWhatWasWrittenShortAndOnOneLine() {
        at.read("a\nb\u001b[31m" + "c".repeat(500), Kind.COUNT);
        var message = problems.found().get(0).message();
        assertThat(message).doesNotContain("\n", "\u001b").hasSizeLessThan(200);
    }
}
