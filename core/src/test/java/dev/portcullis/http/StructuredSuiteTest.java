package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.Structured.Dictionary;
import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import dev.portcullis.http.Structured.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of the HTTP working group, read and written. */
@Tag("suite")
class StructuredSuiteTest {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Test
    void readsWhatTheWorkingGroupReads() {
        var cases = Suites.json("structured_fields.json").get("cases");
        assertThat(cases.size()).isGreaterThanOrEqualTo(900);
        var wrong = new ArrayList<String>();
        cases.forEach(row -> {
            var lines = new ArrayList<String>();
            row.get("raw").forEach(line -> lines.add(line.asText()));
            var printed = reprinted(row.get("header_type").asText(), lines);
            if (!agrees(row, lines, printed)) {
                wrong.add(row.get("name").asText() + " " + lines + " -> " + printed);
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean agrees(JsonNode row, List<String> lines, @Nullable String printed) {
        if (row.path("must_fail").asBoolean() || printed == null) {
            return printed == null
                    && (row.path("must_fail").asBoolean()
                            || row.path("can_fail").asBoolean());
        }
        return printed.equals(canonical(row, lines)) && printed.equals(print(row));
    }

    private static String canonical(JsonNode row, List<String> lines) {
        if (!row.has("canonical")) {
            return lines.get(0);
        }
        return row.get("canonical").isEmpty() ? "" : row.get("canonical").get(0).asText();
    }

    private static @Nullable String reprinted(String type, List<String> lines) {
        if (type.equals("item")) {
            var item = Structured.item(lines);
            return item == null ? null : Structured.print(item);
        }
        if (type.equals("list")) {
            var list = Structured.list(lines);
            return list == null ? null : Structured.print(list);
        }
        var dictionary = Structured.dictionary(lines);
        return dictionary == null ? null : Structured.print(dictionary);
    }

    @Test
    void writesWhatTheWorkingGroupWrites() {
        var cases = Suites.json("structured_fields_serialise.json").get("cases");
        assertThat(cases.size()).isGreaterThanOrEqualTo(330);
        var wrong = new ArrayList<String>();
        cases.forEach(row -> {
            var printed = printedOrNull(row);
            var expected = row.path("must_fail").asBoolean()
                    ? null
                    : row.path("canonical").path(0).asText("");
            if (printed == null ? expected != null : !printed.equals(expected)) {
                wrong.add(row.get("name").asText() + " -> " + printed);
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static @Nullable String printedOrNull(JsonNode row) {
        try {
            return print(row);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String print(JsonNode row) {
        var expected = row.get("expected");
        return switch (row.get("header_type").asText()) {
            case "item" -> Structured.print(member(expected));
            case "list" -> {
                var list = new ArrayList<Member>();
                expected.forEach(one -> list.add(member(one)));
                yield Structured.print(list);
            }
            default -> {
                var members = new LinkedHashMap<String, Member>();
                expected.forEach(pair -> members.put(pair.get(0).asText(), member(pair.get(1))));
                yield Structured.print(new Dictionary(members, false));
            }
        };
    }

    private static Member member(JsonNode node) {
        var parameters = parameters(node.get(1));
        if (!node.get(0).isArray()) {
            return new Item(bare(node.get(0)), parameters);
        }
        var items = new ArrayList<Item>();
        node.get(0).forEach(one -> items.add((Item) member(one)));
        return new Inner(items, parameters);
    }

    private static Map<String, Object> parameters(JsonNode node) {
        var parameters = new LinkedHashMap<String, Object>();
        node.forEach(pair -> parameters.put(pair.get(0).asText(), bare(pair.get(1))));
        return parameters;
    }

    private static Object bare(JsonNode node) {
        if (node.isObject()) {
            var value = node.get("value");
            return switch (node.get("__type").asText()) {
                case "token" -> new Structured.Token(value.asText());
                case "binary" -> new Structured.Bytes(base32(value.asText()));
                case "date" -> new Structured.Date(value.asLong());
                default -> new Structured.Display(value.asText());
            };
        }
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue().bitLength() > 62 ? Long.MAX_VALUE : (Object) node.longValue();
        }
        return node.isNumber() ? new BigDecimal(node.asText()) : node.isBoolean() ? node.booleanValue() : node.asText();
    }

    private static byte[] base32(String text) {
        var plain = text.replace("=", "");
        var bytes = new byte[plain.length() * 5 / 8];
        for (var i = 0; i < bytes.length * 8; i++) {
            var value = BASE32.indexOf(plain.charAt(i / 5));
            bytes[i / 8] |= (byte) ((value >> (4 - i % 5) & 1) << (7 - i % 8));
        }
        return bytes;
    }
}
