package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a schema says in words: the names of properties, its draft, and words that cannot be held against a body. */
final class SchemaWords {

    private static final Set<String> DRAFT_7 =
            Set.of("http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema");
    private static final String DRAFT_2020 = "https://json-schema.org/draft/2020-12/";
    private static final int MAX_DEPTH = 200;

    private static final Set<String> ONE = Set.of(
            "additionalItems",
            "additionalProperties",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "items", "oneOf", "prefixItems");
    private static final Set<String> MAPS =
            Set.of("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties");
    private static final Set<String> NAMING =
            Set.of("dependencies", "dependentRequired", "dependentSchemas", "properties");
    private static final Set<String> OTHERS = Set.of(
            "$anchor",
            "$comment",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$ref",
            "$schema",
            "const",
            "contentEncoding",
            "contentMediaType",
            "default",
            "dependentRequired",
            "deprecated",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "pattern",
            "readOnly",
            "required",
            "title",
            "type",
            "uniqueItems",
            "writeOnly");
    private static final Set<String> LATER = Set.of(
            "dependentRequired",
            "dependentSchemas",
            "maxContains",
            "minContains",
            "prefixItems",
            "unevaluatedItems",
            "unevaluatedProperties");
    private static final Map<String, String> SPELLING = spelling();

    /** Words that say something to people only, or to other programs. */
    private static final Set<String> REMARKS = Set.of("$vocabulary", "example", "externalDocs", "xml");

    private final Set<String> names = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();
    private final References references;
    private final boolean draft7;

    private SchemaWords(JsonNode document) {
        this.draft7 = DRAFT_7.contains(document.path("$schema").asText());
        this.references = new References(document);
    }

    static SchemaWords of(JsonNode document) {
        var words = new SchemaWords(document);
        words.schema(document, "", 0);
        words.problems.addAll(words.references.problems());
        return words;
    }

    private static Map<String, String> spelling() {
        var spelling = new HashMap<String, String>();
        List.of(ONE, LISTS, MAPS, OTHERS).forEach(words -> words.forEach(word -> spelling.put(lower(word), word)));
        return Map.copyOf(spelling);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Tells whether this names a document of the drafts themselves, which are at hand. */
    static boolean isMetaSchema(String iri) {
        return DRAFT_7.contains(iri) || iri.startsWith(DRAFT_2020);
    }

    /** The names that the schema gives to properties; all other names in a body are the client's. */
    Set<String> names() {
        return names;
    }

    boolean draft7() {
        return draft7;
    }

    /** What cannot be held against a body, one line each. */
    List<String> problems() {
        return problems;
    }

    /** Where words stand that are none of JSON Schema, and do nothing. */
    Set<String> unknown() {
        return unknown;
    }

    /** All words that do something. */
    static Collection<String> known() {
        return SPELLING.values();
    }

    private void schema(JsonNode schema, String place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("schema: nested deeper than " + MAX_DEPTH);
        }
        if (!schema.isObject() && !schema.isBoolean()) {
            problems.add("schema: `" + place + "` (expected: an object or a boolean)");
        }
        for (var entry : schema.properties()) {
            references.note(entry.getKey(), schema, place);
            word(entry.getKey(), entry.getValue(), place, depth);
        }
    }

    private void word(String word, JsonNode value, String place, int depth) {
        var here = place + "/" + word;
        check(word, value, here);
        name(word, value);
        if (ONE.contains(word) && !value.isArray()) {
            schema(value, here, depth + 1);
        } else if (LISTS.contains(word) && value.isArray()) {
            for (var i = 0; i < value.size(); i++) {
                schema(value.get(i), here + "/" + i, depth + 1);
            }
        } else if (MAPS.contains(word)) {
            value.properties().forEach(entry -> member(entry, here, depth));
        }
    }

    private void member(Map.Entry<String, JsonNode> entry, String place, int depth) {
        if (place.endsWith("/patternProperties") && entry.getValue().has("$id")) {
            problems.add("schema: `" + place + "/" + entry.getKey()
                    + "/$id` (expected: the schema in `$defs`, and a `$ref` here)");
        }
        if (!entry.getValue().isArray()) {
            schema(entry.getValue(), place + "/" + entry.getKey(), depth + 1);
        }
    }

    private void name(String word, JsonNode value) {
        if (word.equals("required")) {
            value.forEach(name -> names.add(name.asText()));
        }
        if (NAMING.contains(word)) {
            value.properties().forEach(entry -> {
                names.add(entry.getKey());
                if (entry.getValue().isArray()) {
                    entry.getValue().forEach(name -> names.add(name.asText()));
                }
            });
        }
    }

    private void check(String word, JsonNode value, String place) {
        var meant = SPELLING.get(lower(word));
        if (meant != null && !meant.equals(word)) {
            problems.add("schema: `" + place + "` (expected: `" + meant + "`)");
        }
        if (meant == null && !word.startsWith("x-") && !REMARKS.contains(word)) {
            unknown.add(place);
        }
        if (word.equals("format") && value.isTextual() && !Formats.names().contains(value.textValue())) {
            problems.add("format: `" + value.textValue() + "` at `" + place + "` (expected: one of " + Formats.names()
                    + ")");
        }
        if (word.equals("pattern") && value.isTextual()) {
            pattern(value.textValue(), place);
        }
        if (word.equals("patternProperties")) {
            value.fieldNames().forEachRemaining(pattern -> pattern(pattern, place));
        }
        if (draft7 && LATER.contains(word)) {
            problems.add("schema: `" + place + "` (expected: a word of draft 7, which ignores this one)");
        }
        if (word.equals("$schema") && !isMetaSchema(value.asText())) {
            problems.add("$schema: `" + value.asText() + "` (expected: draft 2020-12 or draft 7)");
        }
    }

    private void pattern(String pattern, String place) {
        try {
            var unused = EcmaPattern.parse(pattern).branches();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage() + " at `" + place + "`");
        }
    }
}
