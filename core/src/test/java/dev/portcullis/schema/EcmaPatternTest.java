package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

    private static boolean finds(String pattern, String text) {
        return LinearPattern.compile(pattern).matches(text);
    }

    @ParameterizedTest
    @CsvSource({
        "^a.c$, abc",
        "b, abc",
        "'^a{2,3}$', aaa",
        "'^a{2,}?$', aaaa",
        "^[^a-c]$, d",
        "^\\d+-\\w+$, 12-ab_3",
        "^(?<year>\\d{4})$, 2026",
        "^(?:a|b)+$, abba",
        "^\\u0041$, A",
        "^\\x41$, A",
        "^\\u{1F600}$, \uD83D\uDE00",
        "^\\uD83D\\uDE00$, \uD83D\uDE00",
        "^.$, \uD83D\uDE00",
        "^[\uD83D\uDE00]$, \uD83D\uDE00",
        "^\\p{Lu}$, \u00c4",
        "^\\p{Uppercase_Letter}$, \u00c4",
        "^\\p{Script=Greek}$, \u03b1",
        "^\\P{ASCII}$, \u00e9",
        "^[\\P{ASCII}]$, \u00e9",
        "^[[:alpha:]]$, a]",
        "^[]$|x, x",
        "^[^]$, a",
        "^a-b\\-c\\/d$, a-b-c/d",
        "^[\\w-]+$, a-b",
        "^{a}$, {a}",
        "^]$, ]",
        "\\bcat\\b, the cat sat",
        "^a\\_b\\ c$, a_b c",
        "^[\\w-.]+$, a-b.c",
        "^[+-\\d]+$, 1-2+3",
        "^(?!aws:)[a-z:]+$, a:aws:",
        "^(?=.*[a-z])(?=.*\\d)[a-z\\d]{3}$, ab1",
        "(?!-)^[a-z-]+(?<!-)$, a-b",
        "^x$|^(?!a)[a-c]$, b",
        "'^a(?<=[ab])$', a"
    })
    void findsWhatItSays(String pattern, String text) {
        assertThat(finds(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "^abc$, 'abc\n'",
        "^.$, '\n'",
        "^.$, '\u2028'",
        "^\\S$, '\u00a0'",
        "^[\\S]$, \ufeff",
        "^\\w$, \u00e9",
        "^\\d$, \u0663",
        "^[[:alpha:]]$, b",
        "[], a",
        "^A$, a",
        "^[\\w-.]+$, a/b",
        "^(?!aws:)[a-z:]+$, aws:a",
        "^(?!aws:)[a-z:]+$, 'A'",
        "^(?=.*[a-z])(?=.*\\d)[a-z\\d]{3}$, abc",
        "(?!-)^[a-z-]+(?<!-)$, ab-",
        "(?!-)^[a-z-]+(?<!-)$, -ab",
        "^x$|^(?!a)[a-c]$, a",
        "'^a(?<=b)$', a"
    })
    void doesNotFindWhatItDoesNotSay(String pattern, String text) {
        assertThat(finds(pattern, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "(a",
                "a)",
                "[a",
                "*",
                "a**",
                "a++",
                "a|*",
                "(?i)a",
                "(?P<n>a)",
                "(?#c)",
                "(?",
                "\\",
                "\\a",
                "\\Z",
                "\\A",
                "\\Qa\\E",
                "\\pL",
                "\\p{}",
                "\\u12",
                "\\u{110000}",
                "\\uD800",
                "\\x1",
                "\\c1",
                "\\01",
                "[z-a]",
                "a{3,2}",
                "^*",
                "(?<1a>b)",
                "(?<a",
                "(?=a)*",
                "(?=a",
                "[\\B]"
            })
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> EcmaPattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pattern: `" + pattern + "` (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "(a)\\1, backreferences",
        "(?<n>a)\\k<n>, backreferences",
        "a(?=b)(c)\\1, backreferences",
        "(?=\\p{Emoji})a(?=b), general categories",
        "\\p{Emoji}, general categories"
    })
    void refusesToBuildWhatCannotBeMatchedInLinearTime(String pattern, String reason) {
        assertThat(EcmaPattern.parse(pattern)).isNotNull();
        assertThatThrownBy(() -> LinearPattern.compile(pattern)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'^a{1001}$', 1001, 1001",
        "'^[a-z]{0,8192}$', 0, 8192",
        "'^.{2,262144}$', 2, 262144",
        "'^a[a-z]{3}a{5,2000}$', 9, 2004",
        "'^(a{1,1024}|b)$', 1, 1024",
        "'^(?:a){3,1100}$', 3, 1100",
        "'^a{3,1020}?a+a{0,1100}$', 4, 2100",
        "'^((a{1,40}){1,40})$', 1, 1600",
        "'^(?!ab)a{1,1024}$', 1, 1024",
        "'^a{1500,}$', 1500, 2100",
        "'^b?a{2,1500}$', 2, 1500"
    })
    void repeatsAsOftenAsItSays(String pattern, int least, int most) {
        for (var length : List.of(0, least - 1, least, least + 1, most - 1, most, most + 1)) {
            if (length >= 0) {
                var expected = length >= least && (length <= most || most == 2_100);
                assertThat(finds(pattern, "a".repeat(length)))
                        .as("%s characters", length)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.{1,2097152}", "^b.{1,2000}", ".{0,30000}b", "a|.{0,1500}ba", "(?:a{1,1500}|b)a"})
    void countsNothingWhereTheRestOfTheTextIsFree(String pattern) {
        assertThat(finds(pattern, "ba")).isTrue();
        assertThat(finds(pattern, "c")).isFalse();
    }

    @Test
    void countsCharactersAndNotHalvesOfThem() {
        assertThat(finds("^.{0,1500}$", "\uD83D\uDE00".repeat(1500))).isTrue();
        assertThat(finds("^[a\\$]{0,1500}\\$", "$".repeat(1600) + "x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(ab){1,20000}c$", "^((a{1000}){1000}){2}$", "^b?a{0,262144}$"})
    void refusesToBuildWhatIsTooLargeOnceItIsWrittenOut(String pattern) {
        assertThatThrownBy(() -> LinearPattern.compile(pattern)).hasMessageContaining("(expected: at most 20000 ");
    }

    @Test
    void boundsTheGroupsInEachOther() {
        assertThatThrownBy(() -> EcmaPattern.parse("(".repeat(101) + ")".repeat(101)))
                .hasMessageContaining("at most 100 groups");
    }

    @Test
    void takesLinearTimeForAPumpedText() {
        assertThat(finds("^(a|a)*b$", "a".repeat(100_000))).isFalse();
        assertThat(finds("^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(20_000))).isFalse();
    }

    @Test
    void findsWhatAnotherEngineFinds() {
        assertThat(disagreement(EcmaPatternTest::finds)).isEmpty();
    }

    @Test
    void anEngineThatAnchorsEverythingIsFoundOut() {
        assertThat(disagreement((pattern, text) -> com.google.re2j.Pattern.compile(EcmaPattern.parse(pattern)
                                .branches()
                                .get(0)
                                .conditions()
                                .get(0)
                                .re2())
                        .matches(text)))
                .isNotEmpty();
    }

    private static String disagreement(BiPredicate<String, String> finder) {
        var random = Seeds.random(EcmaPatternTest.class);
        for (var i = 0; i < 3_000; i++) {
            var pattern = edged(random, pattern(random, 3));
            var text = text(random);
            if (finder.test(pattern, text)
                    != Pattern.compile(pattern).matcher(text).find()) {
                return pattern + " in " + text;
            }
        }
        return "";
    }

    /** A pattern that may look ahead where it begins, and behind where it ends. */
    private static String edged(SplittableRandom random, String pattern) {
        var edged = new StringBuilder(pattern);
        for (var left = Math.max(0, random.nextInt(6) - 3); left > 0; left--) {
            var look = random.nextInt(4);
            var body = pattern(random, 1) + ")";
            if (look < 2 && pattern.indexOf('^', 1) < 0) {
                edged.insert(0, "(?" + (look == 0 ? "=" : "!") + body).insert(0, '^');
            } else if (look >= 2 && pattern.indexOf('$') < 0 && body.matches("[^*+{?]*") && edged.indexOf("$") < 0) {
                edged.append("(?<").append(look == 2 ? "=" : "!").append(body).append('$');
            }
        }
        return edged.toString();
    }

    /** A pattern of what the two engines write alike. */
    private static String pattern(SplittableRandom random, int depth) {
        var choice = random.nextInt(depth == 0 ? 3 : 8);
        return switch (choice) {
            case 0 -> String.valueOf((char) ('a' + random.nextInt(3)));
            case 1 -> List.of("[ab]", "[^a]", "\\d", "\\w", "[a-c1]").get(random.nextInt(5));
            case 2 -> List.of("\\.", "-", "\\x61", "\\u0062", "1").get(random.nextInt(5));
            case 3 ->
                "(" + pattern(random, depth - 1) + ")"
                        + List.of("*", "+", "?", "{2}", "{1,2}", "*?", "").get(random.nextInt(7));
            case 4 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            case 5 -> "^" + pattern(random, depth - 1);
            case 6 -> pattern(random, depth - 1) + "$";
            default -> pattern(random, depth - 1) + pattern(random, depth - 1);
        };
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (var left = random.nextInt(8); left > 0; left--) {
            text.append("abc1.-d".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    @Test
    void readsOrRefusesWhateverIsWritten() {
        var random = Seeds.random("EcmaPatternTest.hostile");
        var hostile = new Hostile(random);
        for (var i = 0; i < 20_000; i++) {
            var text = hostile.text(12);
            try {
                EcmaPattern.parse(text);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("pattern: `");
            }
        }
    }
}
