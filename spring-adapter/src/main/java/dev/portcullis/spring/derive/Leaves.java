package dev.portcullis.spring.derive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The schemas of scalars: what they are, and all that the mapper reads as such, found out by asking it. Immutable. */
final class Leaves {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NONSENSE = "\"portcullis!? \\u4e00\"";
    private static final String BLANKS = "[\\x00-\\x20]*";
    private static final String NUMBER_TEXT = "^" + BLANKS + "[-+.\\p{Nd}A-Za-z]*" + BLANKS + "$";
    private static final String WHOLE_TEXT = "^" + BLANKS + "[-+.\\p{Nd}eE]*" + BLANKS + "$";
    private static final String WORD_TEXT = "^" + BLANKS + "[A-Za-z]*" + BLANKS + "$";
    private static final String ID_TEXT = "^" + BLANKS + "[-0-9A-Za-z+/=_]*" + BLANKS + "$";
    private static final String DATE_TEXT = "^" + BLANKS + "[-+0-9A-Za-z:.,/_\\[\\] ]*" + BLANKS + "$";

    /** What each type of JSON may look like; whichever can be read says that the type is. */
    private static final Map<String, List<String>> SAMPLES = Map.of(
            "string",
            List.of("\"\"", "\" \"", "\"1\"", "\"true\"", "\"a\"", NONSENSE),
            "integer",
            List.of("0", "1", "20000", "1700000000000"),
            "number",
            List.of("1.5"),
            "boolean",
            List.of("true", "false"),
            "array",
            List.of(
                    "[]",
                    "[1]",
                    "[\"a\"]",
                    "[2026,1,2]",
                    "[2026,1,2,3,4]",
                    "[1,2]",
                    "[3,4,\"+01:00\"]",
                    "[3,4,5,\"+01:00\"]"),
            "object",
            List.of("{}"));

    private static final Map<Class<?>, long[]> WHOLE = Map.of(
            Byte.class, new long[] {-128, 255},
            Short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            Integer.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            Long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
    private static final Set<Class<?>> REAL = Set.of(Float.class, Double.class, BigDecimal.class, Number.class);
    private static final Map<Class<?>, String> FORMATS = Map.of(
            UUID.class, "uuid",
            LocalDate.class, "date",
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            ZonedDateTime.class, "date-time");
    private static final Map<String, String> FORMAT_SAMPLES = Map.of(
            "uuid", "\"0191b0a0-7c00-7000-8000-000000000000\"",
            "date", "\"2026-01-02\"",
            "date-time", "\"2026-01-02T03:04:05Z\"");
    /** Types of which no sample is read, since reading may ask the network or the file system. */
    private static final Set<String> UNTRIED = Set.of("java.net.InetAddress", "java.net.InetSocketAddress");

    private static final Set<Class<?>> TRIED = Set.of(
            Date.class,
            Calendar.class,
            Currency.class,
            Locale.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            URI.class,
            byte[].class);

    private final Mapping mapping;

    Leaves(Mapping mapping) {
        this.mapping = mapping;
    }

    /** What the type is, as far as JSON has types; nothing is converted. */
    static ObjectNode plain(Class<?> written) {
        var type = ClassUtils.resolvePrimitiveIfNecessary(written);
        var schema = JsonNodeFactory.instance.objectNode();
        var range = WHOLE.get(type);
        if (range != null) {
            return schema.put("type", "integer").put("minimum", range[0]).put("maximum", range[1]);
        }
        if (type == BigInteger.class) {
            return schema.put("type", "integer");
        }
        if (REAL.contains(type)) {
            return schema.put("type", "number");
        }
        if (type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        var format = FORMATS.get(type);
        return format == null
                ? schema.put("type", "string")
                : schema.put("type", "string").put("format", format);
    }

    /** The schema of values in which nothing is converted. */
    ObjectNode exact(Class<?> written) {
        var schema = plain(written);
        var format = schema.path("format").asText();
        var sample = FORMAT_SAMPLES.get(format);
        if (sample != null && !mapping.tried(written, sample).read()) {
            schema.remove("format");
        }
        if (isKnown(written)) {
            return orNull(schema, written);
        }
        return isTried(written) ? tried(written) : JsonNodeFactory.instance.objectNode();
    }

    /** Types of the platform's that are written as text, numbers or lists of them, and read without asking anybody. */
    private static boolean isTried(Class<?> written) {
        return written.getPackageName().equals("java.time")
                || written.getPackageName().equals("java.util.concurrent.atomic")
                        && !written.getName().contains("Reference")
                || TRIED.contains(written);
    }

    /** The types of JSON that are read, nothing when not even null is; that text is among them is taken for granted. */
    ObjectNode tried(Class<?> written) {
        var types = types(written, "string");
        if (types.size() == 1
                && SAMPLES.getOrDefault("string", List.of()).stream()
                        .noneMatch(json -> mapping.tried(written, json).read())) {
            return JsonNodeFactory.instance.objectNode();
        }
        return types.contains("object")
                ? JsonNodeFactory.instance.objectNode()
                : withTypes(JsonNodeFactory.instance.objectNode(), types);
    }

    /** Types that are written as text or a number by everybody; others are left open. */
    private static boolean isKnown(Class<?> written) {
        var type = ClassUtils.resolvePrimitiveIfNecessary(written);
        return WHOLE.containsKey(type)
                || REAL.contains(type)
                || FORMATS.containsKey(type)
                || Set.of(Boolean.class, String.class, BigInteger.class, Character.class)
                        .contains(type);
    }

    /** The schema of all that the mapper reads as this type. */
    ObjectNode read(Class<?> written) {
        if (UNTRIED.contains(written.getName())) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!isKnown(written)) {
            return exact(written);
        }
        var schema = exact(written);
        var exactType = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        var types = types(written, exactType);
        if (types.contains("array") || types.contains("object") || written == String.class && types.size() > 2) {
            return withTypes(JsonNodeFactory.instance.objectNode(), types);
        }
        var text = textOf(written, schema.path("format").asText());
        if (exactType.equals("string")) {
            schema.remove("format");
        }
        if (types.contains("string")
                && text != null
                && !mapping.tried(written, NONSENSE).read()) {
            schema.put("pattern", text);
        }
        return withTypes(schema, types);
    }

    private static @Nullable String textOf(Class<?> written, String format) {
        var type = ClassUtils.resolvePrimitiveIfNecessary(written);
        if (WHOLE.containsKey(type) || type == BigInteger.class) {
            return WHOLE_TEXT;
        }
        if (REAL.contains(type)) {
            return NUMBER_TEXT;
        }
        if (type == Boolean.class) {
            return WORD_TEXT;
        }
        return format.equals("uuid") ? ID_TEXT : format.isEmpty() ? null : DATE_TEXT;
    }

    private Set<String> types(Class<?> written, String exact) {
        var types = new LinkedHashSet<String>();
        types.add(exact);
        SAMPLES.forEach((type, samples) -> {
            if (samples.stream().anyMatch(json -> mapping.tried(written, json).read())) {
                types.add(type);
            }
        });
        if (mapping.tried(written, "null").read()) {
            types.add("null");
        }
        if (types.contains("number")) {
            types.remove("integer");
        }
        return types;
    }

    private static ObjectNode withTypes(ObjectNode schema, Set<String> types) {
        var list = schema.putArray("type");
        types.forEach(list::add);
        return schema;
    }

    /** Lets null be where the mapper reads it. */
    ObjectNode orNull(ObjectNode schema, Type written) {
        if (schema.path("type").isTextual() && mapping.tried(written, "null").read()) {
            var type = schema.path("type").textValue();
            schema.putArray("type").add(type).add("null");
        }
        return schema;
    }

    /** The words of a list as the mapper reads them; open when it reads others too. */
    ObjectNode words(Mapping.Kind.Words kind, boolean exact) {
        var schema = JsonNodeFactory.instance.objectNode();
        var words = new LinkedHashSet<JsonNode>();
        for (var constant : kind.type().getEnumConstants()) {
            candidates((Enum<?>) constant).stream()
                    .filter(json -> mapping.tried(kind.type(), json).read())
                    .forEach(json -> words.add(node(json)));
        }
        if (words.isEmpty() || !exact && !kind.listed() || words.stream().anyMatch(word -> !word.isTextual())) {
            return schema;
        }
        if (exact) {
            var list = schema.putArray("enum");
            words.forEach(list::add);
            if (mapping.tried(kind.type(), "null").read()) {
                list.addNull();
            }
            return schema;
        }
        return readAs(kind, words, schema);
    }

    private ObjectNode readAs(Mapping.Kind.Words kind, Set<JsonNode> words, ObjectNode schema) {
        var types = types(kind.type(), "string");
        var texts = words.stream().map(JsonNode::textValue).toList();
        var open = mapping.tried(kind.type(), NONSENSE).read()
                || texts.stream().anyMatch(text -> isOtherCaseRead(kind.type(), text))
                || types.contains("array")
                || types.contains("object");
        if (!open) {
            var either = texts.stream().map(Leaves::quoted).collect(Collectors.joining("|"));
            schema.put("pattern", "^" + BLANKS + "(?:" + either + "|[0-9]*)" + BLANKS + "$");
        }
        return withTypes(schema, types);
    }

    private boolean isOtherCaseRead(Class<?> type, String text) {
        var other = text.equals(text.toUpperCase(Locale.ROOT))
                ? text.toLowerCase(Locale.ROOT)
                : text.toUpperCase(Locale.ROOT);
        return !other.equals(text) && mapping.tried(type, quotedJson(other)).read();
    }

    private static String quoted(String text) {
        return Pattern.compile("[^A-Za-z0-9_]").matcher(text).replaceAll(found -> {
            var c = found.group().charAt(0);
            return String.format(Locale.ROOT, "\\\\u%04x", (int) c);
        });
    }

    private List<String> candidates(Enum<?> constant) {
        var candidates = new ArrayList<String>();
        var written = mapping.written(constant);
        if (written != null) {
            candidates.add(written);
        }
        candidates.add(quotedJson(constant.name()));
        candidates.add(quotedJson(constant.toString()));
        return candidates;
    }

    private static String quotedJson(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static JsonNode node(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read is JSON", e);
        }
    }
}
