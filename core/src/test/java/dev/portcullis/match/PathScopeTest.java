package dev.portcullis.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathScopeTest {

    private final PathScope reading = scope(Set.of("GET"), "/orders/**", "/items");

    private static PathScope scope(Set<String> methods, String... patterns) {
        return PathScope.of(Stream.of(patterns).map(PathPattern::parse).toList(), methods);
    }

    private static boolean covers(PathScope scope, String method, String target) {
        return scope.covers(RecordedWire.of(method, target).view());
    }

    @Test
    void coversWhatOneOfItsPatternsCovers() {
        assertThat(covers(reading, "GET", "/orders/7?page=2")).isTrue();
        assertThat(covers(reading, "GET", "/items")).isTrue();
        assertThat(covers(reading, "GET", "/baskets")).isFalse();
    }

    @Test
    void looksAtTheDecodedPath() {
        assertThat(covers(reading, "GET", "/%6frders/7")).isTrue();
    }

    @Test
    void coversOnlyItsMethods() {
        assertThat(covers(reading, "POST", "/items")).isFalse();
        assertThat(covers(reading, "get", "/items")).isFalse();
    }

    @Test
    void coversEveryMethodWhenItNamesNone() {
        assertThat(covers(scope(Set.of(), "/items"), "BREW", "/items")).isTrue();
    }

    @Test
    void countsHeadAsGet() {
        assertThat(covers(reading, "HEAD", "/items")).isTrue();
        assertThat(covers(scope(Set.of("POST"), "/items"), "HEAD", "/items")).isFalse();
    }

    @Test
    void countsAPreflightAsTheMethodThatItAsksFor() {
        assertThat(reading.covers(preflight("GET"))).isTrue();
        assertThat(reading.covers(preflight("HEAD"))).isTrue();
        assertThat(reading.covers(preflight("DELETE"))).isFalse();
        assertThat(scope(Set.of("OPTIONS"), "/items").covers(preflight("GET"))).isFalse();
    }

    @Test
    void takesNoPreflightThatAsksForTwoMethods() {
        var request = RecordedWire.of("OPTIONS", "/items")
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "GET")
                .with("Access-Control-Request-Method", "DELETE")
                .view();

        assertThat(reading.covers(request)).isFalse();
        assertThat(scope(Set.of("DELETE"), "/items").covers(request)).isFalse();
    }

    private static dev.portcullis.Request preflight(String method) {
        return RecordedWire.of("OPTIONS", "/items")
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", method)
                .view();
    }

    @Test
    void countsOtherOptionsAsThemselves() {
        var withoutOrigin = RecordedWire.of("OPTIONS", "/items").with("Access-Control-Request-Method", "GET");

        assertThat(reading.covers(withoutOrigin.view())).isFalse();
        assertThat(scope(Set.of("OPTIONS"), "/items").covers(withoutOrigin.view()))
                .isTrue();
        assertThat(covers(reading, "OPTIONS", "/items")).isFalse();
    }

    @Test
    void isEqualWhateverTheOrder() {
        assertThat(scope(Set.of("GET", "HEAD", "POST"), "/b", "/a", "/{x}/**", "/a"))
                .isEqualTo(scope(Set.of("POST", "GET"), "/{x}/**", "/a", "/b"))
                .isNotEqualTo(scope(Set.of("POST", "GET"), "/{x}/**", "/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET POST", "*", "GÉT"})
    void isNotBuiltWithAMethodThatNoRequestHas(String method) {
        assertThatThrownBy(() -> scope(Set.of(method), "/items"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method: `" + method + "` (expected: upper-case letters)");
    }

    @Test
    void isNotBuiltWithHeadAlone() {
        assertThatThrownBy(() -> scope(Set.of("HEAD"), "/items"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method: `HEAD` (expected: `GET`, as which it counts)");
    }

    @Test
    void isNotBuiltWithoutAPattern() {
        assertThatThrownBy(() -> PathScope.of(List.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patterns: none (expected: at least one)");
    }
}
