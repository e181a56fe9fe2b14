package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.TreeSet;

/**
 * Writes JSON values so that equal ones become equal texts: members sorted, numbers by their value.
 *
 * <p>Sets of texts stay fast whatever their hashes are, which sets of values do not.
 */
final class CanonicalText {

    private CanonicalText() {}

    static String of(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            writeObject(value, text);
        } else if (value.isArray()) {
            text.append('[');
            for (var item : value) {
                write(item, text);
                text.append(',');
            }
            text.append(']');
        } else if (value.isTextual()) {
            writeString(value.textValue(), text);
        } else if (value.isNumber()) {
            text.append(canonical(value.decimalValue()));
        } else {
            text.append(value.asText());
        }
    }

    private static void writeObject(JsonNode value, StringBuilder text) {
        var names = new TreeSet<String>();
        value.fieldNames().forEachRemaining(names::add);
        text.append('{');
        for (var name : names) {
            writeString(name, text);
            write(value.path(name), text);
            text.append(',');
        }
        text.append('}');
    }

    /** Writes a string behind its length, so that none can look like something else. */
    private static void writeString(String string, StringBuilder text) {
        text.append('"').append(string.length()).append(':').append(string);
    }

    private static BigDecimal canonical(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
