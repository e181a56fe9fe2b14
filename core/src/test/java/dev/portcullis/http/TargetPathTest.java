package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPathTest {

    private static final int FUZZED = 50_000;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "/, /",
        "'', /",
        "/orders/7, /orders/7",
        "/orders/, /orders/",
        "/a.b/.c/..d/...,  /a.b/.c/..d/...",
        "/~joe/a-b_c!$&'()*+:=@, /~joe/a-b_c!$&'()*+:=@",
        "'/a,b', '/a,b'",
        "/a%20b%2Bc, /a b+c",
        "/%61dm%69n, /admin",
        "/caf%C3%A9, /café",
        "/%F0%9F%8C%B2, /🌲",
        "/%E7%AC%AC%EF%BC%91%E5%9B%9E%EF%BC%9F, /第１回？",
        "/%D9%85%DB%8C%E2%80%8C%D8%AE, /می‌خ",
    })
    void readsAPlainPath(String sent, String decoded) {
        var path = TargetPath.of(sent, "");

        assertThat(path.ambiguity()).isNull();
        assertThat(path.decoded()).isEqualTo(decoded);
        assertThat(path.raw()).isEqualTo(sent.isEmpty() ? "/" : sent);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "admin, no slash at the beginning",
        "*, no slash at the beginning",
        "http://host/admin, no slash at the beginning",
        "//admin, an empty segment",
        "/a//, an empty segment",
        "/./admin, a dot segment",
        "/a/.., a dot segment",
        "/a/., a dot segment",
        "/a/../b, a dot segment",
        "'/a\\b', a backslash",
        "/admin;a=b, a path parameter",
        "/a/..;/b, a path parameter",
        "/a#b, a question mark or a hash",
        "/a?b, a question mark or a hash",
        "/caf\u00e9, a character outside of ASCII that is not encoded",
        "/a\u007fb, a control character",
        "/a%0d%0ab, a control character",
        "/a%00, a control character",
        "/a%7F, a control character",
        "/a%C2%85, a control character",
        "/a%E2%80%A8, a control character",
        "/a%E2%80%AE, a control character",
        "/a%EF%BB%BF, a control character",
        "/a%, broken percent-encoding",
        "/a%4, broken percent-encoding",
        "/a%g1, broken percent-encoding",
        "/a%1g, broken percent-encoding",
        "/a%u0061, broken percent-encoding",
        "/a%2fb, an encoded slash or backslash",
        "/a%5Cb, an encoded slash or backslash",
        "/a%2Eb, an encoded dot",
        "/%2e%2e/b, an encoded dot",
        "/a%3Bb, an encoded semicolon",
        "/a%2561, an encoded percent sign",
        "/100%25, an encoded percent sign",
        "/a%3fb, an encoded question mark or hash",
        "/a%23b, an encoded question mark or hash",
        "/a%c0%af, encoded bytes that are not UTF-8",
        "/a%C3, encoded bytes that are not UTF-8",
        "/a%C3/b, encoded bytes that are not UTF-8",
        "/a%C3%C3%A9, encoded bytes that are not UTF-8",
        "/a%ED%A0%80, encoded bytes that are not UTF-8",
        "/a%F4%90%80%80, encoded bytes that are not UTF-8",
        "/a%CC%8A, characters that are not in normal form",
        "/%EF%BC%8E%EF%BC%8E/b, a character that folds to one of ASCII",
        "/%E2%80%A6, a character that folds to one of ASCII",
        "/to%E2%84%AAen, a character that folds to one of ASCII",
        "/%C5%BFecret, a character that folds to one of ASCII",
        "/%C4%B0, a character that folds to one of ASCII",
        "/a%E2%81%84b, a character that folds to one of ASCII",
        "/a%E2%88%95b, a character that folds to one of ASCII",
        "/..%E2%88%96b, a character that folds to one of ASCII",
    })
    void saysWhyReadersMayDiffer(String sent, String ambiguity) {
        assertThat(TargetPath.of(sent, "").ambiguity()).isEqualTo(ambiguity);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 10, 13, 27, 31})
    void findsEveryControlCharacterRawAndEncoded(int c) {
        assertThat(TargetPath.of("/a" + (char) c, "").ambiguity()).isEqualTo("a control character");
        assertThat(TargetPath.of(String.format("/a%%%02x", c), "").ambiguity()).isEqualTo("a control character");
    }

    @ParameterizedTest(name = "{0} below {1} is {2}")
    @CsvSource({"/shop/a, /shop, /a", "/shop, /shop, /", "/shop/, /shop, /", "/my%20shop/a, /my%20shop, /a"})
    void leavesTheContextPathOut(String sent, String context, String raw) {
        var path = TargetPath.of(sent, context);

        assertThat(path.raw()).isEqualTo(raw);
        assertThat(path.ambiguity()).isNull();
    }

    @ParameterizedTest(name = "{0} below {1}")
    @CsvSource({"/sh%6fp/a, /shop", "/shopping, /shop", "/SHOP/a, /shop", "/a, /shop"})
    void isAmbiguousWhenTheContextPathIsNotWrittenAtTheBeginning(String sent, String context) {
        assertThat(TargetPath.of(sent, context).ambiguity())
                .isEqualTo("a context path that is not written as the path begins");
    }

    @ParameterizedTest(name = "{0} below {1}: {2}")
    @CsvSource({
        "/shop;v=1/a, /shop, a path parameter",
        "/shop;v=1/a, /shop;v=1, a path parameter",
        "//shop/a, //shop, an empty segment",
        "/x/../shop/a, /x/../shop, a dot segment"
    })
    void looksAtTheContextPathToo(String sent, String context, String ambiguity) {
        assertThat(TargetPath.of(sent, context).ambiguity()).isEqualTo(ambiguity);
    }

    @Test
    void isAmbiguousWhenItIsLongerThanItsBound() {
        assertThat(TargetPath.of("/" + "a".repeat(8191), "").ambiguity()).isNull();
        assertThat(TargetPath.of("/" + "a".repeat(8192), "").ambiguity()).isEqualTo("more than 8192 characters");
    }

    @Test
    void decodesAnAmbiguousPathAsWellAsItCan() {
        assertThat(TargetPath.of("/a%2fb%zz%c3%25", "").decoded()).isEqualTo("/a/b%zz\ufffd%");
    }

    @Test
    void handsAPlainPathThrough() {
        var sent = "/orders/7";

        assertThat(TargetPath.of(sent, "").raw()).isSameAs(sent);
        assertThat(TargetPath.of(sent, "").decoded()).isSameAs(sent);
    }

    @Test
    void hasAResultForWhateverIsSentAndOneReadingWhereItIsPlain() {
        isReadInOneWay(sent -> TargetPath.of(sent, ""));
    }

    @Test
    void aReaderThatFindsNothingAmbiguousIsFoundOut() {
        assertThatThrownBy(() -> isReadInOneWay(sent -> new TargetPath(sent, TargetPath.decode(sent), null)))
                .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
    }

    private static void isReadInOneWay(Function<String, TargetPath> reader) {
        var hostile = new Hostile(Seeds.random(TargetPathTest.class));
        for (var i = 0; i < FUZZED; i++) {
            var sent = i % 2 == 0 ? hostile.path(40) : hostile.text(40);
            var path = reader.apply(sent);
            if (path.ambiguity() == null) {
                assertThat(oneReading(path.raw())).as(sent).isEqualTo(path.decoded());
            }
        }
    }

    @Test
    void hasAResultForWhateverContextPathThereIs() {
        var hostile = new Hostile(Seeds.random("TargetPathTest.context"));
        for (var i = 0; i < FUZZED; i++) {
            var context = hostile.path(3);
            var sent = i % 2 == 0 ? context + hostile.path(10) : hostile.path(10);
            var path = TargetPath.of(sent, context);

            assertThat(path.ambiguity() == null ? context + path.raw() : sent).isIn(sent, sent + "/");
        }
    }

    /** The path decoded another way; it fails where one of the characters over which readers differ comes out. */
    private static String oneReading(String raw) {
        var decoded = java.net.URLDecoder.decode(raw.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(decoded).startsWith("/").doesNotContain("//", "\\", ";", "%", "?", "#", "\r", "\n", "\0", "\ufffd");
        assertThat(decoded + "/").doesNotContain("/./", "/../");
        return decoded;
    }

    @Test
    @Timeout(60)
    void takesTimeInProportionToItsLength() {
        for (var piece : new String[] {"/.", "/", ".", "%", "%2", "%C3%A9", "%EF%BC%8E", "%CC%8A", ";", "%25"}) {
            var pumped = "/a" + piece.repeat(TargetPath.MAX_LENGTH / piece.length());
            for (var i = 0; i < 100; i++) {
                assertThat(TargetPath.of(pumped, "").raw()).isNotEmpty();
            }
        }
    }
}
