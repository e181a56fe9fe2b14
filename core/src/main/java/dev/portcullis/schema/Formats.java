package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The formats that schemas may name: those of JSON Schema, and those that OpenAPI adds. All are asserted. */
final class Formats {

    private static final Map<String, Predicate<String>> TEXTS = new TreeMap<>(Map.ofEntries(
            Map.entry("date", DateTimes::isDate),
            Map.entry("date-time", DateTimes::isDateTime),
            Map.entry("time", DateTimes::isTime),
            Map.entry("duration", DateTimes::isDuration),
            Map.entry("email", Hosts::isEmail),
            Map.entry("idn-email", Hosts::isIdnEmail),
            Map.entry("hostname", Hosts::isHostname),
            Map.entry("idn-hostname", Hosts::isIdnHostname),
            Map.entry("ipv4", Hosts::isIpv4),
            Map.entry("ipv6", Hosts::isIpv6),
            Map.entry("uri", Uris::isUri),
            Map.entry("uri-reference", Uris::isUriReference),
            Map.entry("iri", Uris::isIri),
            Map.entry("iri-reference", Uris::isIriReference),
            Map.entry("uri-template", Uris::isTemplate),
            Map.entry("uuid", Formats::isUuid),
            Map.entry("json-pointer", Formats::isPointer),
            Map.entry("relative-json-pointer", Formats::isRelativePointer),
            Map.entry("regex", Formats::isRegex),
            Map.entry("byte", Formats::isBase64)));

    private static final Map<String, Predicate<JsonNode>> NUMBERS = Map.of(
            "int32", number -> isWithin(number, Integer.MIN_VALUE, Integer.MAX_VALUE),
            "int64", number -> isWithin(number, Long.MIN_VALUE, Long.MAX_VALUE));

    /** The formats that say how a value is shown or sent, and nothing that could be checked. */
    private static final Set<String> HINTS = Set.of("binary", "double", "float", "password");

    private Formats() {}

    /** The names of all formats, in order. */
    static Set<String> names() {
        var names = new TreeSet<>(TEXTS.keySet());
        names.addAll(NUMBERS.keySet());
        names.addAll(HINTS);
        return names;
    }

    /** What a format asserts of values; null when there is no such format. */
    static @Nullable Predicate<JsonNode> test(String name) {
        var text = TEXTS.get(name);
        if (text != null) {
            return value -> !value.isTextual() || text.test(value.textValue());
        }
        var number = NUMBERS.get(name);
        if (number != null) {
            return value -> !value.isNumber() || number.test(value);
        }
        return HINTS.contains(name) ? value -> true : null;
    }

    /** The formats that have something to assert. */
    static List<Format> all() {
        var all = new ArrayList<Format>();
        TEXTS.forEach((name, test) -> all.add(new Text(name, test)));
        NUMBERS.forEach((name, test) -> all.add(new Numeric(name, test)));
        return all;
    }

    private record Text(String name, Predicate<String> test) implements Format {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return test.test(value);
        }
    }

    private record Numeric(String name, Predicate<JsonNode> test) implements Format {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, SchemaContext schema, JsonNode value) {
            return !value.isNumber() || test.test(value);
        }
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (var i = 0; i < 36; i++) {
            var dash = i == 8 || i == 13 || i == 18 || i == 23;
            var c = text.charAt(i);
            if (dash ? c != '-' : c >= 128 || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPointer(String text) {
        for (var i = 0; i < text.length(); i++) {
            var next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (text.charAt(i) == '~' && next != '0' && next != '1') {
                return false;
            }
        }
        return text.isEmpty() || text.charAt(0) == '/';
    }

    private static boolean isRelativePointer(String text) {
        var end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        var number = end > 0 && (end == 1 || text.charAt(0) != '0');
        var rest = text.substring(end);
        return number && (rest.equals("#") || isPointer(rest));
    }

    private static boolean isRegex(String text) {
        try {
            EcmaPattern.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        if (text.length() % 4 != 0) {
            return false;
        }
        try {
            var unused = Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWithin(JsonNode number, long least, long most) {
        var value = number.decimalValue();
        return value.compareTo(BigDecimal.valueOf(least)) >= 0
                && value.compareTo(BigDecimal.valueOf(most)) <= 0
                && value.stripTrailingZeros().scale() <= 0;
    }
}
