package dev.portcullis.authz;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What conditions compute with: texts, numbers, {@code true} and {@code false}, null, and what only the request can tell.
 *
 * <p>A whole number that fits is a {@link Long}, any other number a {@link BigDecimal}: numbers are exact, and {@code 1} is {@code
 * 1.0}.
 */
final class Values {

    /** The value {@code null}, which is there; what is absent is a Java null. */
    static final Object NOTHING = new Object();

    private Values() {}

    /** The value that a claim or a part of a body stands for; what has parts stays as it is. */
    static Object of(Object found) {
        if (found instanceof JsonNode node) {
            return of(node);
        }
        if (found instanceof Integer || found instanceof Short || found instanceof Byte) {
            return ((Number) found).longValue();
        }
        if (found instanceof BigInteger whole) {
            return number(whole);
        }
        if (found instanceof Double || found instanceof Float) {
            var value = ((Number) found).doubleValue();
            return Double.isFinite(value) ? BigDecimal.valueOf(value) : found;
        }
        return found;
    }

    private static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NULL -> NOTHING;
            case NUMBER -> node.isIntegralNumber() ? number(node.bigIntegerValue()) : node.decimalValue();
            default -> node;
        };
    }

    /** The number, in the one form that it has. */
    static Object number(BigInteger whole) {
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : new BigDecimal(whole);
    }

    /** What has the name in an object; null when that is no object, or has no such member. */
    static @Nullable Object member(Object target, String name) {
        if (target instanceof JsonNode node) {
            var member = node.get(name);
            return member == null ? null : of(member);
        }
        var member = target instanceof Map<?, ?> map ? map.get(name) : null;
        return member == null ? null : of(member);
    }

    /** What has the index in a list; null when that is no list, or shorter. */
    static @Nullable Object item(Object target, long index) {
        if (target instanceof JsonNode node) {
            var item = index < node.size() && node.isArray() ? node.get((int) index) : null;
            return item == null ? null : of(item);
        }
        if (target instanceof List<?> list && index < list.size()) {
            var item = list.get((int) index);
            return item == null ? NOTHING : of(item);
        }
        return null;
    }

    /** What can be looked through, item by item; null when it is no list. */
    static @Nullable Iterable<?> items(Object list) {
        if (list instanceof JsonNode node) {
            return node.isArray() ? node : null;
        }
        return list instanceof Collection<?> collection ? collection : null;
    }

    /** The type of a value; {@link Type#ANY} for what has parts. */
    static Type typeOf(Object value) {
        if (value instanceof String) {
            return Type.TEXT;
        }
        if (value instanceof Long || value instanceof BigDecimal) {
            return Type.NUMBER;
        }
        if (value instanceof Boolean) {
            return Type.SWITCH;
        }
        return value == NOTHING ? Type.NOTHING : Type.ANY;
    }

    /** Compares two numbers by their exact values. */
    static int compare(Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return Long.compare(one, other);
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    /** Tells whether two values of one type are the same. */
    static boolean same(Object left, Object right) {
        if (left instanceof Boolean || left instanceof String || left == NOTHING) {
            return left.equals(right);
        }
        return compare(left, right) == 0;
    }
}
