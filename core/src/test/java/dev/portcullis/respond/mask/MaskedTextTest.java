package dev.portcullis.respond.mask;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/ssn | {\"ssn\":\"1\",\"a\":\"2\"} | {\"ssn\":\"****\",\"a\":\"2\"}",
                "/ssn | { \"ssn\" : \"a\\\"}\" , \"x\":1.0 } | { \"ssn\" : \"****\" , \"x\":1.0 }",
                "/ssn | {\"s\\u0073n\":\"1\"} | {\"s\\u0073n\":\"****\"}",
                "/ssn | {\"ssn\":1,\"ssn\":\"2\"} | {\"ssn\":null,\"ssn\":\"****\"}",
                "/ssn | {\"ssn\":12.5e3} | {\"ssn\":null}",
                "/ssn | {\"ssn\":true , \"a\":1} | {\"ssn\":null , \"a\":1}",
                "/ssn | {\"ssn\":null} | {\"ssn\":null}",
                "/ssn | {\"ssn\":{\"a\":[1,\"}\"]},\"b\":2} | {\"ssn\":null,\"b\":2}",
                "/ssn | {\"ssn\":[{\"a\":1},[]]} | {\"ssn\":null}",
                "/ssn | {\"a\":{\"ssn\":\"1\"}} | {\"a\":{\"ssn\":\"1\"}}",
                "/ssn | [{\"ssn\":\"1\"}] | [{\"ssn\":\"1\"}]",
                "/*/ssn | [{\"ssn\":\"1\"},{\"ssn\":\"2\"}] | [{\"ssn\":\"****\"},{\"ssn\":\"****\"}]",
                "/*/ssn | {\"x\":{\"ssn\":\"1\"}} | {\"x\":{\"ssn\":\"****\"}}",
                "/a/1 | {\"a\":[\"1\",\"2\",\"3\"]} | {\"a\":[\"1\",\"****\",\"3\"]}",
                "/a/1 | {\"a\":{\"1\":\"2\"}} | {\"a\":{\"1\":\"****\"}}",
                "/a/*/b/*/c | {\"a\":[{\"b\":{\"x\":{\"c\":\"1\"}}}]} | {\"a\":[{\"b\":{\"x\":{\"c\":\"****\"}}}]}",
                "/a~1b | {\"a/b\":\"1\"} | {\"a/b\":\"****\"}",
                "/a~0b | {\"a~b\":\"1\"} | {\"a~b\":\"****\"}",
                "/ | {\"\":\"1\",\"a\":\"2\"} | {\"\":\"****\",\"a\":\"2\"}",
                "/ssn | {\"\u00e4\u20ac\ud83d\ude00\":\"\u00e4\",\"ssn\":\"\u20ac\"} | {\"\u00e4\u20ac\ud83d\ude00\":\"\u00e4\",\"ssn\":\"****\"}",
                "/ssn | \"text\" | \"text\"",
                "/ssn |  7  |  7 ",
            })
    void masksNothingElse(String pointer, String before, String after) throws IOException {
        assertThat(masked(before, Show.NOTHING, pointer)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, ****1111",
        "DE89370400440532013000, ****3000",
        "12345678901, ****",
        "123456789-01, ****",
        "'12345678 90\"1', ****",
        "'', ****",
    })
    void showsTheLastFour(String before, String after) throws IOException {
        assertThat(masked(JSON.writeValueAsString(List.of(before, 5)), Show.LAST_FOUR, "/*"))
                .isEqualTo("[\"" + after + "\",null]");
    }

    @Test
    void showsTheLeastThatAnyPlaceSays() throws IOException {
        var places = new Pointers();
        places.add("/a", 0);
        places.add("/*", 1);
        var text = "{\"a\":\"4111111111111111\",\"b\":\"4111111111111111\"}".getBytes(UTF_8);
        var shows = List.of(Show.NULL, Show.LAST_FOUR);

        assertThat(new String(MaskedText.of(text, places, shows::get), UTF_8))
                .isEqualTo("{\"a\":null,\"b\":\"****1111\"}");
        assertThat(new String(MaskedText.of(text, places, field -> field == 0 ? null : Show.LAST_FOUR), UTF_8))
                .isEqualTo("{\"a\":\"****1111\",\"b\":\"****1111\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "{\"a\":1}x",
                "{} {}",
                "{'a':1}",
                "{\"a\":01}",
                "\ufeff{}",
                "{\"ssn\":\"1}",
                "{\"a\":NaN}",
                "<a/>",
                "{\"a\":\"\u0001\"}",
                "nul",
                "[1,]"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> masked(text, Show.NOTHING, "/ssn")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatOthersMayReadDifferently() {
        var places = new Pointers();
        places.add("/ssn", 0);
        var deep = "[".repeat(300) + "]".repeat(300);

        assertThatThrownBy(() -> MaskedText.of("{}".getBytes(UTF_16), places, field -> Show.NULL))
                .hasMessage("not plain UTF-8");
        assertThatThrownBy(() -> MaskedText.of(new byte[] {'"', (byte) 0xc3, '"'}, places, field -> Show.NULL))
                .hasMessage("not plain UTF-8");
        assertThatThrownBy(() -> masked(deep, Show.NULL, "/*/*")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "/a~", "/a~2"})
    void refusesWhatIsNoPointer(String pointer) {
        assertThatThrownBy(() -> new Pointers().add(pointer, 0))
                .hasMessageContaining("(expected: a JSON Pointer such as `/items/*/card`)");
    }

    /** Whatever is masked byte by byte is what is masked in the tree. */
    @Test
    void masksWhatTheTreeHasThere() throws IOException {
        var random = new Random(7);
        var pointers = List.of("/a", "/b/*", "/*/c", "/*/*/a", "/b/1/c");
        var masked = 0;
        for (var i = 0; i < 3_000; i++) {
            var tree = value(random, 0);
            var places = new Pointers();
            var pointer = pointers.get(i % pointers.size());
            places.add(pointer, 0);
            var text = i % 2 == 0 ? tree.toString() : tree.toPrettyString();
            var found = MaskedText.of(text.getBytes(UTF_8), places, field -> Show.NOTHING);
            var expected = mask(tree.deepCopy(), pointer.substring(1).split("/"), 0);
            assertThat(JSON.readTree(found)).as(pointer + " in " + text).isEqualTo(expected);
            masked += expected.equals(tree) ? 0 : 1;
        }
        assertThat(masked).isGreaterThan(150);
    }

    private static JsonNode value(Random random, int depth) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> nodes.textNode("t\"\\\u00e4" + random.nextInt());
            case 1 -> nodes.numberNode(random.nextInt(2_000) - 1_000);
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var name : List.of("a", "b", "c", "1")) {
            if (random.nextBoolean()) {
                object.set(name, value(random, depth + 1));
            }
        }
        return object;
    }

    /** The slow way. */
    private static JsonNode mask(JsonNode node, String[] segments, int at) {
        var nodes = JsonNodeFactory.instance;
        if (at == segments.length) {
            return node.isTextual() ? nodes.textNode("****") : nodes.nullNode();
        }
        if (node instanceof ObjectNode object) {
            for (var entry : object.properties()) {
                if (segments[at].equals("*") || segments[at].equals(entry.getKey())) {
                    entry.setValue(mask(entry.getValue(), segments, at + 1));
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                if (segments[at].equals("*") || segments[at].equals(String.valueOf(i))) {
                    array.set(i, mask(array.get(i), segments, at + 1));
                }
            }
        }
        return node;
    }

    private static String masked(String text, Show show, String pointer) throws IOException {
        var places = new Pointers();
        places.add(pointer, 0);
        return new String(MaskedText.of(text.getBytes(UTF_8), places, field -> show), UTF_8);
    }
}
