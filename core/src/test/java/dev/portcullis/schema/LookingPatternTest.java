package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that look around, beside an engine that tries one way after another. */
class LookingPatternTest {

    private static boolean finds(String pattern, String text) {
        return LinearPattern.compile(pattern).matches(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a(?=b); xab",
                "(?!a)b; ab",
                "(?<=a)b; ab",
                "(?<!a)b; cb",
                "^a(?!b); ac",
                "^(?!(?=a)b)c; c",
                "(?<!a)$b|c; c",
                "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$; a-b-c",
                "^(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$; www.example.com",
                "^(-?)P(?=\\d|T\\d)(?:(\\d+)D)?(?:T(?:(\\d+)H)?)?$; P1DT2H",
                "(?=^.{8,64}$)((?=.*\\d)(?=.*[A-Z])|(?=.*[^A-Za-z0-9])(?=.*[a-z])); Passw0rd",
                "^.*(?=.{8,})(?=.*[a-z])(?=.*\\d).*$; passw0rd",
                "^(?:(?!--).)*$; a-b",
                "(?<=^a.*)z$; abbz",
                "(?<=\\bcat\\b.*)dog; a cat and a dog",
                "^a(?!b{3,}).; abb",
                "^\\u00e4(?=\\u00f6)[\\u00e4\\u00f6]+$; \u00e4\u00f6",
                "^(?:(?!\uD83D\uDE00).)+(?=x).$; \uD83D\uDE01x"
            })
    void findsWhatItSays(String pattern, String text) {
        assertThat(finds(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a(?=b); ac",
                "(?<=a)b; cb",
                "(?<!a)b; ab",
                "^a(?!b); ab",
                "^(?!(?=a).b)a; ab",
                "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$; a--c",
                "^(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$; www.-example.com",
                "^(-?)P(?=\\d|T\\d)(?:(\\d+)D)?(?:T(?:(\\d+)H)?)?$; P",
                "(?=^.{8,64}$)((?=.*\\d)(?=.*[A-Z])|(?=.*[^A-Za-z0-9])(?=.*[a-z])); password",
                "^.*(?=.{8,})(?=.*[a-z])(?=.*\\d).*$; passw0r",
                "^(?:(?!--).)*$; a--b",
                "(?<=^a.*)z$; babz",
                "(?<=\\bcat\\b.*)dog; a concat and a dog",
                "^a(?!b{3,}).; abbb",
                "^(?:(?!\uD83D\uDE00).)+(?=x).$; \uD83D\uDE00x"
            })
    void doesNotFindWhatItDoesNotSay(String pattern, String text) {
        assertThat(finds(pattern, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(?:a(?=a|$))*b$",
                "(?=(a+)+b)(a|a)*(?<=c)",
                "(?<=(a|aa)+)b(?!a)",
                "^(?=((a*)*)*$)(?:(?!x)a)*y",
                "((a?){10}(?!b)){20}b"
            })
    void takesLinearTimeForAPumpedText(String pattern) {
        assertThat(finds(pattern, "a".repeat(5_000))).isFalse();
    }

    @Test
    void doesNotSearchWhatWouldTakeTooLong() {
        var pattern = LinearPattern.compile("^(?:a(?!b)){0,500}(?<=a)x");
        assertThatThrownBy(() -> pattern.matches("a".repeat(50_000))).isInstanceOf(TooCostly.class);
    }

    @Test
    void asksNoMoreThanItMayOfCharactersOutsideOfAscii() {
        var pattern = LinearPattern.compile("x(?=a)" + "[a-c\u00e4]|[b-d\u00e4]|[e-g\u00e4]|[f-h\u00e4]".repeat(4));
        var text = new StringBuilder();
        for (var c = 0x4e00; c < 0x4e00 + 40_000; c++) {
            text.appendCodePoint(c);
        }
        assertThatThrownBy(() -> pattern.matches(text.toString())).isInstanceOf(TooCostly.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(?=b)((a{1000}){1000}){2}", "(?:(?=a)b){0,20000}c", "x(?=(?:a{0,200}){0,200})"})
    void refusesToBuildWhatIsTooLargeOnceItIsWrittenOut(String pattern) {
        assertThatThrownBy(() -> LinearPattern.compile(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: at most 20000 ");
    }

    @Test
    void repeatsNothingAsOftenAsItSays() {
        assertThat(finds("a(?=b)(?:){99999}(?:(?:)*)*b", "ab")).isTrue();
    }

    @Test
    void findsWhatAnotherEngineFinds() {
        assertThat(disagreement(LookingPatternTest::finds)).isEmpty();
    }

    @Test
    void anEngineThatLooksNowhereIsFoundOut() {
        assertThat(disagreement((pattern, text) -> finds(pattern.replaceAll("\\(\\?<?[=!]", "(?:"), text)))
                .isNotEmpty();
    }

    /** What the generator writes for lookbehind, whose own sign has a bracket. */
    private static final String BEHIND = "(=";

    private static final String NOT_BEHIND = "(!";

    private static String disagreement(BiPredicate<String, String> finder) {
        var random = Seeds.random(LookingPatternTest.class);
        for (var i = 0; i < 6_000; i++) {
            var pattern = pattern(random, 4);
            var own = pattern.replace('<', '(')
                    .replace('>', ')')
                    .replace(BEHIND, "(?<=")
                    .replace(NOT_BEHIND, "(?<!");
            var text = text(random);
            if (finder.test(own, text)
                    != Pattern.compile(writtenOut(pattern)).matcher(text).find()) {
                return own + " in " + text;
            }
        }
        return "";
    }

    /** Of what is repeated twice and found empty the first time, the other engine asks no second time: so it is written out there. */
    private static String writtenOut(String pattern) {
        var written = pattern;
        while (written.indexOf('<') >= 0) {
            written = written.replaceAll("<([^<>]*)>\\{2}", "(?:(?:$1)(?:$1))")
                    .replaceAll("<([^<>]*)>\\{1,2}", "(?:(?:$1)(?:$1)?)");
        }
        return written.replace(BEHIND, "(?<=").replace(NOT_BEHIND, "(?<!");
    }

    /** A pattern of what the two engines write alike, but that {@code <a>{2}} is {@code (a){2}}; the other one looks behind for nothing without an end. */
    private static String pattern(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 10)) {
            case 0 -> String.valueOf((char) ('a' + random.nextInt(3)));
            case 1 -> List.of("[ab]", "[^a]", "\\d", "\\w", ".", "\\b", "\\B").get(random.nextInt(7));
            case 2 -> List.of("-", "1", "").get(random.nextInt(3));
            case 3 ->
                random.nextInt(7) < 2
                        ? "<" + pattern(random, depth - 1) + ">" + (random.nextBoolean() ? "{2}" : "{1,2}")
                        : "(" + pattern(random, depth - 1) + ")"
                                + List.of("*", "+", "?", "*?", "").get(random.nextInt(5));
            case 4 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            case 5 -> "^" + pattern(random, depth - 1);
            case 6 -> pattern(random, depth - 1) + "$";
            case 7 -> (random.nextBoolean() ? "(?=" : "(?!") + pattern(random, depth - 1) + ")";
            case 8 -> {
                var behind = pattern(random, depth - 1);
                yield behind.matches("[^*+{?]*") ? (random.nextBoolean() ? BEHIND : NOT_BEHIND) + behind + ")" : behind;
            }
            default -> pattern(random, depth - 1) + pattern(random, depth - 1);
        };
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (var left = random.nextInt(8); left > 0; left--) {
            text.append("abc1-ab".charAt(random.nextInt(7)));
        }
        return text.toString();
    }
}
