package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structured fields as RFC 9651 has them. */
class StructuredTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "00",
                "1.0",
                "-999999999999999",
                "123456789012.123",
                "\"a\\\"b\\\\\"",
                "\"\"",
                "*a/b:c",
                "a!#$%&'*+-.^_`|~:/",
                ":cHJldGVuZA==:",
                "::",
                "?1",
                "@0",
                "@-1659578233",
                "%\"caf%c3%a9\"",
                "a;b;c=1",
                "1;*a=?0;b_c=\"x\"",
                "  a  "
            })
    void readsItems(String text) {
        assertThat(Structured.item(List.of(text))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1000000000000000",
                "1.",
                "1.0000",
                ".1",
                "1234567890123.1",
                "--1",
                "- 1",
                "+1",
                "1e3",
                "'a'",
                "\"a",
                "\"a\\n\"",
                "\"\u00e9\"",
                "\"\u007f\"",
                "?2",
                "?",
                "?10",
                ":aGVsbG8=",
                ":a_b-:",
                "@1.0",
                "@\"1\"",
                "@",
                "%\"%C3%A9\"",
                "%\"%c3\"",
                "%\"\u00e9\"",
                "%a",
                "a b",
                "a;B",
                "a;=1",
                "a;",
                "a; b=",
                "\ta",
                "a\t",
                "()",
                "a,b",
                "{}"
            })
    void refusesWhatIsNoItem(String text) {
        assertThat(Structured.item(List.of(text))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a , b", "a,\tb", "(a b)", "( a  b )", "()", "(a);b", "(a;b c);d=1, e", "a,a"})
    void readsLists(String text) {
        assertThat(Structured.list(List.of(text))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", ",a", "a b", "a,,b", "(a,b)", "(a", "a)", "(a)b", "((a))", "(a\tb)", "a;b=(c)"})
    void refusesWhatIsNoList(String text) {
        assertThat(Structured.list(List.of(text))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1,b", "a=(1 2);c", "a=1,a=2", "*a=1", "a=1;b=2 , c", "a;b=1", "a_b-c.d*=?0"})
    void readsDictionaries(String text) {
        assertThat(Structured.dictionary(List.of(text))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1", "a =1", "a= 1", "a=", "a,", "1a=1", "a=1 b=2", "=1", "a=1;", "a==1", "a=1,\u00e9=1"})
    void refusesWhatIsNoDictionary(String text) {
        assertThat(Structured.dictionary(List.of(text))).isNull();
    }

    @Test
    void readsLinesAsOneList() {
        assertThat(Structured.list(List.of("a", "(b c)", "d"))).hasSize(3);
        assertThat(Structured.list(List.of("(a", "b)"))).isNull();
        assertThat(Structured.item(List.of("a", "b"))).isNull();
    }

    @Test
    void takesTheLastOfWhatIsThereTwice() {
        var twice = Structured.dictionary(List.of("a=1, b=2", "a=3;x=1;x=2"));

        assertThat(twice).isNotNull();
        assertThat(twice.repeats()).isTrue();
        assertThat(twice.members().keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(twice.members().get("a"))
                .isInstanceOfSatisfying(
                        Item.class,
                        item -> assertThat(item.parameters())
                                .hasSize(1)
                                .extractingByKey("x")
                                .hasToString("2"));
    }

    @Test
    void writesWhatItReads() {
        for (var text : List.of("a;b;c=1", "1.0", "\"a\\\"\"", ":AAE=:", "?0", "@-1", "%\"caf%c3%a9\"", "*a")) {
            var item = Structured.item(List.of(text));
            assertThat(item).isNotNull();
            assertThat(Structured.print(item)).isEqualTo(text);
        }
        var list = Structured.list(List.of("(a   b);c,d"));
        assertThat(list).isNotNull();
        assertThat(list.get(0)).isInstanceOf(Inner.class);
        assertThat(Structured.print(list)).isEqualTo("(a b);c, d");
    }
}
