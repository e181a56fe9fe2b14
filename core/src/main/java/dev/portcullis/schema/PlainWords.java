package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.portcullis.TrustedBase;
import dev.portcullis.schema.PlainSchema.Items;
import dev.portcullis.schema.PlainSchema.Members;
import dev.portcullis.schema.PlainSchema.Reference;
import dev.portcullis.schema.PlainSchema.Required;
import dev.portcullis.schema.PlainSchema.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document of plain words. For one document.
 *
 * <p>A word that is not known here makes the document none of plain words: alternatives, negations, what depends on what was said
 * elsewhere. A schema that refers to another one says nothing else.
 */
@TrustedBase
final class PlainWords {

    private static final int MAX_SCHEMAS = 10_000;

    /** Words that ask nothing. */
    private static final Set<String> SILENT = Set.of(
            "$comment",
            "$defs",
            "$schema",
            "default",
            "definitions",
            "deprecated",
            "description",
            "example",
            "examples",
            "externalDocs",
            "title",
            "xml");

    private final JsonNode document;
    private final Map<String, PlainSchema> referred = new HashMap<>();
    private int schemas;
    private boolean plain = true;

    PlainWords(JsonNode document) {
        this.document = document;
    }

    /** The document; null when it has other words. */
    @Nullable
    PlainSchema schema() {
        // What has a name of its own is where references begin anew.
        plain = document.findValue("$id") == null;
        var schema = schema(document);
        return plain ? schema : null;
    }

    private PlainSchema schema(JsonNode node) {
        var schema = new PlainSchema();
        fill(schema, node);
        return schema;
    }

    private void fill(PlainSchema schema, JsonNode node) {
        plain &= ++schemas <= MAX_SCHEMAS && (node.isObject() || node.isBoolean());
        var words = new ArrayList<Word>();
        if (node.isBoolean() && !node.booleanValue()) {
            words.add((value, depth) -> false);
        }
        var refers = node.has("$ref");
        for (var entry : node.properties()) {
            if (!plain) {
                return;
            }
            var word = entry.getKey();
            if (!SILENT.contains(word) && !word.startsWith("x-")) {
                plain &= !refers || word.equals("$ref");
                add(words, word, node);
            }
        }
        schema.ask(words);
    }

    private void add(List<Word> words, String word, JsonNode schema) {
        var said = schema.path(word);
        if (word.equals("additionalProperties") && schema.has("properties")) {
            return;
        }
        var asked = switch (word) {
            case "$ref" -> reference(said);
            case "type" -> type(said);
            case "enum", "const" -> texts(word.equals("const") ? List.of(said) : said);
            case "properties", "additionalProperties" -> members(schema);
            case "required" -> required(said);
            case "items" -> new Items(schema(said));
            case "uniqueItems" -> of(value -> !value.isArray() || value.size() < 2);
            default -> word.equals("format") || word.equals("pattern") ? text(word, said) : range(word, said);
        };
        plain &= asked != null;
        if (asked != null) {
            words.add(asked);
        }
    }

    private static Word of(Predicate<JsonNode> test) {
        return (value, depth) -> test.test(value);
    }

    private @Nullable Word reference(JsonNode said) {
        var pointer = said.asText();
        if (!said.isTextual() || !pointer.equals("#") && !pointer.startsWith("#/") || pointer.indexOf('%') >= 0) {
            return null;
        }
        var known = referred.get(pointer);
        if (known != null) {
            return new Reference(known);
        }
        var other = new PlainSchema();
        referred.put(pointer, other);
        fill(other, document.at(pointer.substring(1)));
        return new Reference(other);
    }

    private @Nullable Word type(JsonNode said) {
        var tests = new ArrayList<Predicate<JsonNode>>();
        for (var name : said.isTextual() ? List.of(said) : said) {
            var test = type(name.asText());
            if (test == null) {
                return null;
            }
            tests.add(test);
        }
        return tests.isEmpty()
                ? null
                : tests.size() == 1
                        ? of(tests.get(0))
                        : of(tests.stream().reduce(Predicate::or).orElseThrow());
    }

    private static @Nullable Predicate<JsonNode> type(String name) {
        return switch (name) {
            case "array" -> JsonNode::isArray;
            case "boolean" -> JsonNode::isBoolean;
            case "integer" -> JsonNode::isIntegralNumber;
            case "null" -> JsonNode::isNull;
            case "number" -> JsonNode::isNumber;
            case "object" -> JsonNode::isObject;
            case "string" -> JsonNode::isTextual;
            default -> null;
        };
    }

    /** Texts that are allowed; of other values nothing is told. */
    private static Word texts(Iterable<JsonNode> said) {
        var allowed = new HashSet<String>();
        for (var value : said) {
            if (value.isTextual()) {
                allowed.add(value.textValue());
            }
        }
        return of(value -> value.isTextual() && allowed.contains(value.textValue()));
    }

    private Word members(JsonNode schema) {
        var named = new HashMap<String, PlainSchema>();
        for (var entry : schema.path("properties").properties()) {
            named.put(entry.getKey(), schema(entry.getValue()));
        }
        var others = schema.has("additionalProperties") ? schema.path("additionalProperties") : BooleanNode.TRUE;
        return new Members(Map.copyOf(named), others.equals(BooleanNode.FALSE) ? null : schema(others));
    }

    private static @Nullable Word required(JsonNode said) {
        var names = new ArrayList<String>();
        for (var name : said) {
            names.add(name.asText());
        }
        return said.isArray() ? new Required(List.copyOf(names)) : null;
    }

    private static @Nullable Word text(String word, JsonNode said) {
        if (!said.isTextual()) {
            return null;
        }
        if (word.equals("format")) {
            var test = Formats.test(said.textValue());
            return test == null ? null : of(test);
        }
        var pattern = LinearPattern.compile(said.textValue());
        return of(value -> !value.isTextual() || pattern.matches(value.textValue()));
    }

    private static @Nullable Word range(String word, JsonNode said) {
        return switch (word) {
            case "minimum" -> number(said, order -> order >= 0);
            case "maximum" -> number(said, order -> order <= 0);
            case "exclusiveMinimum" -> number(said, order -> order > 0);
            case "exclusiveMaximum" -> number(said, order -> order < 0);
            case "minLength", "maxLength" -> count(word, said, JsonNode::isTextual, PlainWords::length);
            case "minItems", "maxItems" -> count(word, said, JsonNode::isArray, JsonNode::size);
            case "minProperties", "maxProperties" -> count(word, said, JsonNode::isObject, JsonNode::size);
            default -> null;
        };
    }

    private static int length(JsonNode value) {
        var text = value.textValue();
        return text.codePointCount(0, text.length());
    }

    private static @Nullable Word number(JsonNode said, IntPredicate order) {
        if (!said.isNumber()) {
            return null;
        }
        var bound = said.decimalValue();
        var whole = said.isIntegralNumber() && said.canConvertToLong();
        return of(value -> !value.isNumber() || isFinite(value) && order.test(compare(value, bound, whole)));
    }

    /** Conversions of the application's own may make numbers that are none. */
    private static boolean isFinite(JsonNode value) {
        return !value.isFloatingPointNumber() || value.isBigDecimal() || Double.isFinite(value.doubleValue());
    }

    private static int compare(JsonNode value, BigDecimal bound, boolean whole) {
        var small = whole && (value.isInt() || value.isLong());
        return small
                ? Long.compare(value.longValue(), bound.longValue())
                : value.decimalValue().compareTo(bound);
    }

    private static @Nullable Word count(
            String word, JsonNode said, Predicate<JsonNode> kind, ToIntFunction<JsonNode> count) {
        if (!said.isIntegralNumber() || !said.canConvertToInt()) {
            return null;
        }
        var bound = said.intValue();
        var least = word.startsWith("min");
        return of(value ->
                !kind.test(value) || (least ? count.applyAsInt(value) >= bound : count.applyAsInt(value) <= bound));
    }
}
