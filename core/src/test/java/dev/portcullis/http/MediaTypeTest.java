package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    private static final int FUZZED = 50_000;

    @Test
    void isReadInLowerCase() {
        assertThat(MediaType.parse("Application/JSON; Charset=UTF-8 ;v=\"a;\\\"b\""))
                .isEqualTo(new MediaType("application", "json", Map.of("charset", "UTF-8", "v", "a;\"b")));
        assertThat(MediaType.parse("text/plain").essence()).isEqualTo("text/plain");
    }

    @Test
    void tellsItsCharsetInLowerCase() {
        assertThat(MediaType.parse("text/plain;charset=\"UTF-8\"").charset()).isEqualTo("utf-8");
        assertThat(MediaType.parse("text/plain").charset()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "APPLICATION/JSON;charset=utf-8", "application/problem+json", "text/x+json"})
    void isJson(String text) {
        assertThat(MediaType.parse(text).isJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/json", "application/jsonp", "application/json+xml", "text/plain", "application/x-json"})
    void isNotJson(String text) {
        assertThat(MediaType.parse(text).isJson()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain;", "text/plain; ;charset=utf-8", "text/plain;;", "multipart/form-data; boundary=a'b"
            })
    void isReadWithEmptyParameters(String text) {
        assertThat(MediaType.parseOrNull(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "text",
                "text/",
                "/plain",
                "text/plain/x",
                " text/plain",
                "text /plain",
                "text/plain,text/html",
                "text/plain; charset",
                "text/plain; charset=",
                "text/plain; =utf-8",
                "text/plain charset=utf-8",
                "text/plain; charset=utf-8; charset=utf-7",
                "text/plain; charset=utf-8; CHARSET=utf-8",
                "text/plain; a=\"b",
                "text/plain; a=\"b\\",
                "text/plain; a=\"b\"c",
                "text/plain; a = b",
                "text/plain; a=\"\u0000\"",
                "text/plain\u0000",
                "text/pläin",
                "a/b;1=1;2=2;3=3;4=4;5=5;6=6;7=7;8=8;9=9"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThat(MediaType.parseOrNull(text)).isNull();
        assertThatThrownBy(() -> MediaType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("media type: `" + text + "` (expected: type/subtype; name=value)");
    }

    @Test
    void isNotReadFromATextLongerThanItsBound() {
        assertThat(MediaType.parseOrNull("a/" + "b".repeat(254))).isNotNull();
        assertThat(MediaType.parseOrNull("a/" + "b".repeat(255))).isNull();
    }

    @Test
    void hasAResultForWhateverIsSent() {
        var hostile = new Hostile(Seeds.random(MediaTypeTest.class));
        for (var i = 0; i < FUZZED; i++) {
            var read =
                    MediaType.parseOrNull(hostile.oneOf(java.util.List.of("", "a/b;", "a/b;c=\"")) + hostile.text(20));
            if (read != null) {
                assertThat(read.parameters()).hasSizeLessThanOrEqualTo(8);
                assertThat(MediaType.parseOrNull(read.essence())).isNotNull();
            }
        }
    }
}
