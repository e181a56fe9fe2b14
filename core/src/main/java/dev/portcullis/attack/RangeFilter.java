package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Comparisons by which a client asks for a part of what there is: for less or more than an amount or a day, or for one of several values. */
final class RangeFilter {

    private static final Set<String> RANGES = Set.of("$gt", "$gte", "$lt", "$lte");
    private static final String AMONG = "$in";
    /** More than any amount that is told apart from others. */
    private static final double MOST = 1e8;

    private static final Pattern DATE = Pattern.compile("(19|20)\\d\\d-[01]\\d(-[0-3]\\d.*)?");

    /** Members that prove who somebody is, or name him. */
    private static final Set<String> PROOFS = Set.of(
            "user", "username", "login", "email", "pin", "otp", "code", "token", "hash", "secret", "key", "password");

    private RangeFilter() {}

    /** Tells whether an operator with this value is one; whatever is more or less than nothing or one is everything. */
    static boolean is(String member, String name, JsonNode value) {
        if (PROOFS.contains(member.toLowerCase(Locale.ROOT))) {
            return false;
        }
        return RANGES.contains(name) ? isAmount(value) || isDate(value) : name.equals(AMONG) && isList(value);
    }

    private static boolean isAmount(JsonNode value) {
        return value.isNumber() && value.doubleValue() > 1 && value.doubleValue() < MOST;
    }

    private static boolean isDate(JsonNode value) {
        return value.isTextual() && DATE.matcher(value.textValue()).matches();
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
