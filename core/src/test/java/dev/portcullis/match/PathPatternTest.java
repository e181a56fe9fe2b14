package dev.portcullis.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest(name = "{0} covers {1}")
    @CsvSource({
        "/, /",
        "/orders, /orders",
        "/orders/, /orders/",
        "/orders/{id}, /orders/7",
        "/orders/*, /orders/7",
        "/orders/{id}/items/*, /orders/7/items/8",
        "/orders/**, /orders",
        "/orders/**, /orders/",
        "/orders/**, /orders/7/items/",
        "/**, /",
        "/**, /anything/at/all",
        "/{any}/**, /a/b",
        "/café, /café",
    })
    void covers(String pattern, String path) {
        assertThat(PathPattern.parse(pattern).matches(path)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not cover {1}")
    @CsvSource({
        "/, ''",
        "/, /a",
        "/orders, /orders/",
        "/orders/, /orders",
        "/orders, /Orders",
        "/orders, /orders/7",
        "/orders, /order",
        "/order, /orders",
        "/orders/{id}, /orders/",
        "/orders/*, /orders/7/",
        "/orders/*, /orders/7/8",
        "/orders/**, /ordersandmore",
        "/{any}/**, /",
        "/**, ''",
        "/**, *",
        "/a/*/c, /a//c",
    })
    void doesNotCover(String pattern, String path) {
        assertThat(PathPattern.parse(pattern).matches(path)).isFalse();
    }

    @Test
    void tellsTheValuesOfItsVariables() {
        var pattern = PathPattern.parse("/shops/{shop}/orders/{id}/**");

        assertThat(pattern.variables("/shops/a b/orders/7/items")).isEqualTo(Map.of("shop", "a b", "id", "7"));
        assertThat(pattern.variables("/shops/a/baskets/7")).isEmpty();
        assertThat(PathPattern.parse("/orders/*").variables("/orders/7")).isEmpty();
    }

    @Test
    void comesInOrderOfSpecificity() {
        var ordered = Stream.of("/a", "/a/b", "/a/{id}", "/a/**", "/{any}/b", "/{any}/**", "/**")
                .map(PathPattern::parse)
                .toList();

        assertThat(Stream.of("/**", "/{any}/b", "/a/**", "/a/{id}", "/{any}/**", "/a/b", "/a")
                        .map(PathPattern::parse)
                        .sorted())
                .isEqualTo(ordered);
    }

    @Test
    void isEqualToThePatternWithItsText() {
        assertThat(PathPattern.parse("/a/{b}"))
                .isEqualTo(PathPattern.parse("/a/{b}"))
                .hasSameHashCodeAs(PathPattern.parse("/a/{b}"))
                .hasToString("/a/{b}")
                .isNotEqualTo(PathPattern.parse("/a/{c}"))
                .isEqualByComparingTo(PathPattern.parse("/a/{c}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "//",
                "/a//b",
                "/**/a",
                "/a/***",
                "/a*",
                "/a/b*c",
                "/{}",
                "/{a",
                "/a}",
                "/{a}{b}",
                "/{a}/{a}",
                "/{*rest}",
                "/{id:[0-9]+}",
                "/{é}",
                "/a/.",
                "/a/../b",
                "/a;b",
                "/a%20b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/a\nb"
            })
    void isNotReadFromATextThatNoPathCouldMatchOrThatMeansSomethingElsewhere(String text) {
        assertThatThrownBy(() -> PathPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)pattern: `.*` \\(expected: .+\\)");
    }

    @Test
    void isNotReadFromATextLongerThanItsBound() {
        assertThatThrownBy(() -> PathPattern.parse("/" + "a".repeat(1024)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pattern: 1025 characters (expected: <= 1024)");
    }

    @Test
    void saysWhatItExpects() {
        assertThat(List.of("a", "/a/**/b", "/a//b", "/*.html"))
                .extracting(PathPatternTest::complaint)
                .containsExactly(
                        "pattern: `a` (expected: a path that begins with a slash)",
                        "pattern: `/a/**/b` (expected: `**` as the last segment)",
                        "pattern: `/a//b` (expected: no empty segment)",
                        "pattern: `/*.html` (expected: `*`, `**` and `{name}` only as whole segments)");
    }

    private static String complaint(String text) {
        try {
            return PathPattern.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
