package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.schema.PlainPattern.Told;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that are matched without an engine, beside the engine. */
class PlainPatternTest {

    private static Told told(String pattern, String text) {
        var plain = EcmaPattern.parse(pattern).plain();
        return plain == null ? Told.NOTHING : plain.match(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^[A-Z]{3}$; EUR; MATCHES",
                "^[A-Z]{3}$; EURO; DIFFERS",
                "^[A-Z]{3}$; EU; DIFFERS",
                "^\\+?[0-9 ()-]{5,25}$; +49 89 123456; MATCHES",
                "^[A-Z]{3}-\\d{4,8}$; ABC-123456789; DIFFERS",
                "^v\\d+\\.\\d+$; v1.12; MATCHES",
                "^v\\d+\\.\\d+$; v1.; DIFFERS",
                "^a*b?c+?$; aaacc; MATCHES",
                "^ab; abc; MATCHES",
                "^ab; ac; DIFFERS",
                "^$; ''; MATCHES",
                "^$; a; DIFFERS",
                "^[a-z]+$; ''; DIFFERS",
                "^.{2}$; 'a\n'; DIFFERS",
                "^[a-z]+$; \u00e4; NOTHING",
                "^[a-z]+$; a\u00e4; NOTHING",
                "^[a-z]{1}$; a\u00e4; NOTHING",
                "^[a-z]+$; a\uD83D\uDE00; NOTHING"
            })
    void tellsWhatTheEngineTells(String pattern, String text, String expected) {
        assertThat(told(pattern, text)).isEqualTo(Told.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a$",
                "[a-z]+",
                "^a|b$",
                "^(ab)$",
                "^(?:a)$",
                "^a*ab$",
                "^a?b?a$",
                "^[a-z]+[a-f]$",
                "^a\\b$",
                "^a$b",
                "^a$$",
                "^^a",
                "a^b$",
                "^\\w+\\d$"
            })
    void leavesWhatMayBeReadInSeveralWaysToTheEngine(String pattern) {
        assertThat(EcmaPattern.parse(pattern).plain()).isNull();
    }

    @Test
    void neverTellsAnythingElseThanTheEngine() {
        assertThat(disagreement(PlainPatternTest::told)).isEmpty();
    }

    @Test
    void aReaderThatForgetsTheEndIsFoundOut() {
        assertThat(disagreement((pattern, text) -> told(pattern.replaceAll("\\$$", ""), text)))
                .isNotEmpty();
    }

    private static String disagreement(BiFunction<String, String, Told> reader) {
        var random = Seeds.random(PlainPatternTest.class);
        var told = 0;
        for (var i = 0; i < 20_000; i++) {
            var pattern = pattern(random);
            var text = text(random);
            var answer = reader.apply(pattern, text);
            told += answer == Told.NOTHING ? 0 : 1;
            var found = Pattern.compile(EcmaPattern.parse(pattern)
                            .branches()
                            .get(0)
                            .conditions()
                            .get(0)
                            .re2())
                    .matcher(text)
                    .find();
            if (answer != Told.NOTHING && found != (answer == Told.MATCHES)) {
                return pattern + " in " + text;
            }
        }
        assertThat(told).isGreaterThan(2_000);
        return "";
    }

    private static String pattern(SplittableRandom random) {
        var pattern = new StringBuilder("^");
        for (var left = 1 + random.nextInt(4); left > 0; left--) {
            pattern.append(List.of("a", "[ab]", "[^a]", "\\d", "\\w", "[a-c1]", "-", ".", "\\s", "\\.", "c")
                            .get(random.nextInt(11)))
                    .append(List.of("", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "{0,1}")
                            .get(random.nextInt(10)));
        }
        return pattern.append(random.nextInt(4) == 0 ? "" : "$").toString();
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (var left = random.nextInt(7); left > 0; left--) {
            text.append("aabc11.- \u00e9".charAt(random.nextInt(10)));
        }
        return text.toString();
    }
}
