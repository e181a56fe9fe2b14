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

    @Test
    void readsBaseSixtyFourInTheAlphabetOfAddresses() {
        assertThat(of("PHNjcmlwdD7Dvz8_Pz48L3NjcmlwdD4")).last().isEqualTo("<script>\u00ff???></script>");
        assertThat(of("Pj4-Pj8_P2V0Yy9wYXNzd2Q")).last().isEqualTo(">>>>???etc/passwd");
    }

    @Test
    void readsBaseSixtyFourInLines() {
        assertThat(of("Li4vLi4v\r\nZXRjL3Bh\r\nc3N3ZA==\r\n")).last().isEqualTo("../../etc/passwd");
        assertThat(of("\nLi4vLi4vZXRjL3Bhc3N3ZA")).last().isEqualTo("../../etc/passwd");
        assertThat(of("Blue\nShoes\nAnd\nHats\n")).hasSize(1);
    }

    @Test
    void readsNoBrokenUtf8InBaseSixtyFour() {
        assertThat(of("w6HDqcOtw7PDusOh")).last().isEqualTo("\u00e1\u00e9\u00ed\u00f3\u00fa\u00e1");
        assertThat(of("YWJjZGVmZ2hpw")).hasSize(1);
        assertThat(of("wyBhYmNkZWZnaGlq")).hasSize(1);
        assertThat(of("gIBhYmNkZWZnaGlq")).hasSize(1);
    }

    @Test
    void readsPlusSignsBetweenWordsThatAreNoBaseSixtyFour() {
        assertThat(of("Select+Name+From+Users")).last().isEqualTo("Select Name From Users");
    }

    @Test
    void readsMoreNamesOfMarkup() {
        assertThat(of("&lsqb;&ast;&rsqb;&verbar;&lowbar;&commat;&quest;"))
                .last()
                .isEqualTo("[*]|_@?");
        assertThat(of("&lsqb &astronaut;")).hasSize(1);
    }

    @Test
    void leavesOutWhatNobodySees() {
        assertThat(of("\ufeff<scr\u200bipt\u00ad>")).last().isEqualTo("<script>");
        assertThat(of("a\u2003or\u202fb\u2024c\u037e\u207d\u207e")).last().isEqualTo("a or b.c;()");
    }

    @Test
    void readsCallsWithoutTheCommentsInThem() {
        assertThat(of("sleep/**/(5)")).containsExactly("sleep/**/(5)", "sleep(5)");
        assertThat(of("a/* b */(c/*d*/(1))")).last().isEqualTo("a(c(1))");
        assertThat(of("sleep%2f**%2f(5)")).last().isEqualTo("sleep(5)");
        assertThat(of("src/**/*.java (x)")).hasSize(1);
        assertThat(of("f/*(")).hasSize(1);
        assertThat(of("f /*x*/ (1)")).hasSize(1);
    }

    @Test
    void shortensLongBlanks() {
        var blanks = " ".repeat(5_000);

        assertThat(of(blanks + "a" + blanks + "b"))
                .singleElement()
                .satisfies(text -> assertThat(text).matches(" {1,127}a {1,127}b"));
        assertThat(of("a" + " ".repeat(100) + "b")).containsExactly("a" + " ".repeat(100) + "b");
    }
}
