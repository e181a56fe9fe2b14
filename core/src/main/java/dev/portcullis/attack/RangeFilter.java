package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Comparisons by which a client asks for a part of what there is: for less or more than an amount or a day, or for one of several values. */
final class RangeFilter {

    private static final Set<String> RANGES = Set.of("$gt", "$gte", "$lt", "$lte");
    private static final String AMONG = "$in";
    /** How many digits a date begins with. */
    private static final int YEAR = 4;

    private RangeFilter() {}

    /** Tells whether an operator with this value is one; whatever is more or less than nothing or one is everything. */
    static boolean is(String name, JsonNode value) {
        return RANGES.contains(name) ? isAmount(value) || isDate(value) : name.equals(AMONG) && isList(value);
    }

    private static boolean isAmount(JsonNode value) {
        return value.isNumber() && Math.abs(value.doubleValue()) > 1;
    }

    private static boolean isDate(JsonNode value) {
        var text = value.isTextual() ? value.textValue() : "";
        var i = 0;
        while (i < text.length() && Text.isDigit(text.charAt(i))) {
            i++;
        }
        return i == YEAR && text.startsWith("-", i);
    }

    private static boolean isList(JsonNode value) {
        for (var element : value) {
            if (!element.isNumber()
                    && !(element.isTextual() && !element.textValue().isEmpty())) {
                return false;
            }
        }
        return value.isArray() && !value.isEmpty();
    }
}
