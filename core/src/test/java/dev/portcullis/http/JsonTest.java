package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final int FUZZED = 30_000;
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static JsonNode node(String text) {
        return ((Json.Read) Json.read(text.getBytes(UTF_8))).node();
    }

    private static String reason(String text) {
        return reason(text.getBytes(UTF_8));
    }

    private static String reason(byte[] bytes) {
        return Json.read(bytes) instanceof Json.Malformed malformed ? malformed.reason() : "none";
    }

    @Test
    void readsADocument() {
        assertThat(node(" {\"a\":[1,-2.50,true,false,null,\"x\\u00e9é\\n\"],\"\":{}}\r\n\t")
                        .toString())
                .isEqualTo("{\"a\":[1,-2.50,true,false,null,\"xéé\\n\"],\"\":{}}");
    }

    @Test
    void keepsNumbersExactly() {
        assertThat(node("1.000000000000000005").decimalValue()).isEqualTo(new BigDecimal("1.000000000000000005"));
        assertThat(node("-9223372036854775809").bigIntegerValue()).isEqualTo(new BigInteger("-9223372036854775809"));
        assertThat(node("9223372036854775807").isLong()).isTrue();
        assertThat(node("7").isInt()).isTrue();
        assertThat(node("1.0").isIntegralNumber()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0e999999999999999999999", "-0.00E-99999", "0.0", "-0e0"})
    void readsAZeroWithoutItsExponent(String zero) {
        assertThat(node(zero).decimalValue()).isEqualTo(new BigDecimal("0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1e999999999999", "1e-400", "-0.1e-99999999999", "123123e100000"})
    void deniesNumbersOutsideOfTheRangeOfADouble(String number) {
        assertThat(reason("[" + number + "]")).isEqualTo("a number outside of the range of a double");
    }

    @Test
    void boundsTheLengthOfNumbers() {
        assertThat(node("1".repeat(64)).isBigInteger()).isTrue();
        assertThat(reason("1".repeat(65))).isNotEqualTo("none");
        assertThat(node("0." + "1".repeat(62)).isBigDecimal()).isTrue();
        assertThat(reason("0." + "1".repeat(63))).isNotEqualTo("none");
        assertThat(reason("-" + "1".repeat(1_000_000))).isNotEqualTo("none");
    }

    @Test
    void boundsTheDepth() {
        assertThat(node("[".repeat(64) + "]".repeat(64)).size()).isOne();
        assertThat(reason("[".repeat(65) + "]".repeat(65)))
                .isEqualTo("nested too deep, or a string or number too long");
        assertThat(reason("{\"a\":".repeat(65) + "1" + "}".repeat(65))).isNotEqualTo("none");
    }

    @Test
    void boundsTheLengthOfStringsAndNames() {
        var longest = "a".repeat(Json.MAX_STRING);

        assertThat(node('"' + longest + '"').textValue()).hasSize(Json.MAX_STRING);
        assertThat(reason('"' + longest + "a\"")).isNotEqualTo("none");
        assertThat(reason("\"" + "\\u0061".repeat(Json.MAX_STRING) + "b\"")).isNotEqualTo("none");
        assertThat(node("{\"" + longest + "\":1}").size()).isOne();
        assertThat(reason("{\"" + longest + "a\":1}")).isNotEqualTo("none");
    }

    @Test
    void boundsTheMembersOfAnObject() {
        assertThat(node(object(1_000, "")).size()).isEqualTo(1_000);
        assertThat(reason(object(1_001, ""))).isEqualTo("too many members");
    }

    @Test
    void boundsTheMembersOfADocument() {
        Function<Integer, String> objects = count ->
                IntStream.range(0, count).mapToObj(i -> object(500, "")).collect(Collectors.joining(",", "[", "]"));

        assertThat(node(objects.apply(20)).size()).isEqualTo(20);
        assertThat(reason(objects.apply(21))).isEqualTo("too many members");
    }

    private static String object(int members, String prefix) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"" + prefix + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void boundsTheValues() {
        assertThat(node("[0" + ",0".repeat(99_998) + "]").size()).isEqualTo(99_999);
        assertThat(reason("[0" + ",0".repeat(99_999) + "]")).isEqualTo("too many values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":{\"\":0,\"b\":1,\"\":0}}]"})
    void deniesAMemberNamedTwice(String text) {
        assertThat(reason(text)).isEqualTo("a member named twice");
    }

    @Test
    void readsTheSameNameInDifferentObjects() {
        assertThat(node("{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}").at("/a/a/1/a").intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\"", "\"\\udc00\\ud800\"", "\"a\\ud800b\"", "\"\\ud800\\ud800\""})
    void deniesUnpairedSurrogates(String text) {
        assertThat(reason(text)).isEqualTo("an unpaired surrogate");
        assertThat(reason("{" + text + ":1}")).isNotEqualTo("none");
    }

    @Test
    void readsPairedSurrogates() {
        assertThat(node("\"\\ud83c\\udf32\"")).isEqualTo(node("\"🌲\""));
        assertThat(node("{\"\\ud83c\\udf32\":1}")).isEqualTo(node("{\"🌲\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 2",
                "[] []",
                "{}x",
                "[1]]",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "'a'",
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                ".5",
                "5.",
                "01",
                "0x1",
                "1e",
                "// c\n1",
                "/* c */1",
                "#c\n1",
                "[1;2]",
                "tru",
                "True",
                "nul",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u00g0\"",
                "[\u00a01]",
                "\u000b1",
                "[",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\" 1}",
                "\u0000",
                "1\u0000",
                "[\u0000]",
                "@",
                "[undefined]"
            })
    void deniesWhatIsNoJson(String text) {
        assertThat(reason(text)).isNotEqualTo("none").doesNotContain(text.isBlank() ? "\n" : text);
    }

    @Test
    void saysWhereItStopsBeingJson() {
        assertThat(reason("[1,2,x]")).matches("not JSON at byte [5-7]");
        assertThat(reason("")).isEqualTo("no content");
    }

    @Test
    void readsNoOtherEncodingThanUtf8() {
        var text = "[\"é\"]";
        for (Charset charset :
                java.util.List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"))) {
            assertThat(reason(text.getBytes(charset))).as(charset.name()).isNotEqualTo("none");
            assertThat(reason("[1]".getBytes(charset))).as(charset.name()).isNotEqualTo("none");
            assertThat(reason(("\ufeff" + text).getBytes(charset)))
                    .as(charset.name())
                    .isNotEqualTo("none");
        }
        assertThat(reason(text.getBytes(ISO_8859_1))).isEqualTo("not UTF-8");
        assertThat(reason("\ufeff" + text)).isEqualTo("a byte order mark, or a zero byte");
    }

    @ParameterizedTest
    @CsvSource({"'[{\"\":'", "[", "'{\"a\":'", "'[[],'", "'\"\\\\'"})
    @Timeout(60)
    void standsWhateverIsRepeated(String piece) {
        assertThat(reason(piece.repeat(200_000))).isNotEqualTo("none");
    }

    @Test
    void readsWhatJacksonReadsAndNothingElse() {
        readAlike(Json::read);
    }

    @Test
    void aReaderThatLosesDigitsIsFoundOut() {
        assertThatThrownBy(() -> readAlike(bytes -> {
                    var read = Json.read(bytes);
                    return read instanceof Json.Read document && document.node().isBigInteger()
                            ? new Json.Read(JACKSON.getNodeFactory()
                                    .numberNode(document.node().longValue()))
                            : read;
                }))
                .isInstanceOf(AssertionError.class);
    }

    private static void readAlike(Function<byte[], Json.Result> reader) {
        var hostile = new Hostile(Seeds.random(JsonTest.class));
        var read = 0;
        for (var i = 0; i < FUZZED; i++) {
            var bytes = hostile.json(5).toString().getBytes(UTF_8);
            if (reader.apply(bytes) instanceof Json.Read document) {
                read++;
                assertThat(document.node().equals(JsonTest::compare, jackson(bytes)))
                        .as("%s", document.node())
                        .isTrue();
            }
        }
        assertThat(read).isGreaterThan(FUZZED / 4);
    }

    /** Numbers that are the same double are the same to Jackson as it comes. */
    private static int compare(JsonNode ours, JsonNode theirs) {
        if (ours.isBigDecimal() || theirs.isDouble()) {
            return Double.compare(ours.doubleValue() + 0.0, theirs.doubleValue() + 0.0);
        }
        return ours.equals(theirs) ? 0 : 1;
    }

    private static JsonNode jackson(byte[] bytes) {
        try {
            return JACKSON.readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError("we read what Jackson does not: " + new String(bytes, UTF_8), e);
        }
    }

    @Test
    void hasAResultForWhateverIsSent() {
        var random = Seeds.random("JsonTest.mutated");
        var hostile = new Hostile(random.split());
        for (var i = 0; i < FUZZED; i++) {
            var bytes = hostile.json(4).toString().getBytes(UTF_8);
            for (var changes = random.nextInt(1, 4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (Json.read(bytes) instanceof Json.Read document) {
                assertThat(document.node().equals(JsonTest::compare, jackson(bytes)))
                        .isTrue();
            }
        }
    }
}
