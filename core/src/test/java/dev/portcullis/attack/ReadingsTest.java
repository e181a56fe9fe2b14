package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {

    private static List<String> of(String value) {
        return Readings.of(value, Traits.of(value));
    }

    @Test
    void aPlainValueHasOneReading() {
        assertThat(of("blue shoes")).containsExactly("blue shoes");
        assertThat(of("a & b")).containsExactly("a & b");
    }

    @Test
    void thePlusSignOfASchemeMeansNoBlank() {
        assertThat(of("git+https://example.org/a.git")).containsExactly("git+https://example.org/a.git");
        assertThat(of("git+https://example.org/a+b")).last().isEqualTo("git https://example.org/a b");
        assertThat(of("cat+/etc/passwd+http://x")).last().isEqualTo("cat /etc/passwd http://x");
    }

    @Test
    void readsEightDigitsAsOneCharacter() {
        assertThat(of("\\U0000003cb>")).last().isEqualTo("<b>");
        assertThat(of("[^\\U0010FFFF]")).last().isEqualTo("[^\ufffd]");
        assertThat(of("\\U003cb>")).last().isEqualTo("<b>");
    }

    @Test
    void takesPercentEncodingOffLayerByLayer() {
        assertThat(of("%252e%252e")).containsExactly("%252e%252e", "%2e%2e", "..");
    }

    @Test
    void stopsAfterSomeLayers() {
        assertThat(of("%2525252525252e")).hasSize(4).last().isEqualTo("%2525252e");
    }

    @Test
    void readsWideAndOverlongForms() {
        assertThat(of("%u002e%u2215")).last().isEqualTo("./");
        assertThat(of("%c0%ae%e0%80%af")).last().isEqualTo("./");
        assertThat(of("\uff1cb\uff1e")).last().isEqualTo("<b>");
    }

    @Test
    void readsWhatIsNoUtf8AsLatin() {
        assertThat(of("caf%e9")).last().isEqualTo("caf\u00e9");
        assertThat(of("caf%c3%a9")).last().isEqualTo("caf\u00e9");
    }

    @Test
    void leavesBrokenEncodingAlone() {
        assertThat(of("100%")).containsExactly("100%");
        assertThat(of("%zz%4")).containsExactly("%zz%4");
        assertThat(of("&bogus; &#; \\u12")).containsExactly("&bogus; &#; \\u12");
    }

    @Test
    void readsReferencesOfMarkup() {
        assertThat(of("&lt;b&gt; &#60;&#x3C;&#0000060")).last().isEqualTo("<b> <<<");
    }

    @Test
    void readsEscapesOfScripts() {
        assertThat(of("\\u003cb\\x3e")).last().isEqualTo("<b>");
    }

    @Test
    void readsPlusSignsAsBlanksWhereThereAreNone() {
        assertThat(of("1'+or+'1")).containsExactly("1'+or+'1", "1' or '1");
        assertThat(of("1 + 1")).containsExactly("1 + 1");
    }

    @Test
    void readsTextInBaseSixtyFour() {
        assertThat(of("Li4vLi4vZXRjL3Bhc3N3ZA==")).containsExactly("Li4vLi4vZXRjL3Bhc3N3ZA==", "../../etc/passwd");
        assertThat(of("Li4vLi4vZXRjL3Bhc3N3ZA")).last().isEqualTo("../../etc/passwd");
    }

    @Test
    void doesNotTakeOtherTokensForBaseSixtyFour() {
        assertThat(of("AbCdEfGhIjKlMnOpQrStUv12")).hasSize(1);
        assertThat(of("HelloWorldHello1")).hasSize(1);
    }
}
