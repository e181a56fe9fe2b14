package dev.portcullis.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request;
import dev.portcullis.authz.Syntax.Items;
import dev.portcullis.authz.Syntax.Literal;
import dev.portcullis.authz.Syntax.Pair;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/** Compares values: only those of one type, and exactly. */
final class Comparisons {

    private Comparisons() {}

    /** What a comparison says of two things that are on its sides. */
    static Term of(Pair pair, Expression left, Expression right) {
        return switch (pair.sign()) {
            case "==" -> equal(pair, left, right);
            case "!=" -> {
                var equal = equal(pair, left, right);
                yield (request, body) -> equal.find(request, body) == Boolean.FALSE;
            }
            case "in" -> in(pair, left, right);
            case "<" -> ordered(pair, left, right, order -> order < 0);
            case "<=" -> ordered(pair, left, right, order -> order <= 0);
            case ">" -> ordered(pair, left, right, order -> order > 0);
            default -> ordered(pair, left, right, order -> order >= 0);
        };
    }

    private static Mistake mistake(Pair pair, Expression left, Expression right, String expected) {
        return Mistake.at(
                pair.start(),
                "`" + left.source() + "` is " + left.type().phrase() + " and `" + right.source() + "` is "
                        + right.type().phrase() + " (expected: " + expected + ")");
    }

    private static Term equal(Pair pair, Expression left, Expression right) {
        for (var side : List.of(left, right)) {
            if (side.type() == Type.ADDRESS) {
                throw mistake(pair, left, right, "`request.address.inRange('203.0.113.0/24')`");
            }
            if (side.type().isList()) {
                throw mistake(pair, left, right, "`in`");
            }
        }
        var ofNothing = left.type() == Type.NOTHING || right.type() == Type.NOTHING;
        if (ofNothing && left.type() != Type.ANY && right.type() != Type.ANY) {
            throw mistake(pair, left, right, "`!has(...)` for what may be absent");
        }
        if (!left.type().meets(right.type())) {
            throw mistake(pair, left, right, "two of one type");
        }
        demandKnown(left, pair.right());
        demandKnown(right, pair.left());
        return (request, body) -> equal(left, right, request, body);
    }

    private static boolean equal(Expression left, Expression right, Request request, JsonNode body) {
        return same(left.value(request, body), right.value(request, body), right.source());
    }

    /** Tells whether two values are the same; those of different types leave it open, but for null. */
    private static boolean same(Object one, Object other, String source) {
        var type = Values.typeOf(one);
        var otherType = Values.typeOf(other);
        if (type == Type.ANY || otherType == Type.ANY) {
            throw new Undecided(source, "is compared with a list or an object");
        }
        if (type != otherType) {
            if (type == Type.NOTHING || otherType == Type.NOTHING) {
                return false;
            }
            throw new Undecided(source, "is compared with " + type.phrase() + ", and is " + otherType.phrase());
        }
        return Values.same(one, other);
    }

    /** Finds it a mistake to compare an attribute with a value that it can never have. */
    private static void demandKnown(Expression attribute, Syntax other) {
        if (attribute.oneOf().isEmpty()) {
            return;
        }
        if (other instanceof Items items) {
            items.items().forEach(item -> demandKnown(attribute, item));
        }
        if (other instanceof Literal literal
                && literal.value() instanceof String text
                && !attribute.oneOf().contains(text)) {
            throw Mistake.unknown(
                    other.start(),
                    "`" + text + "`, which `" + attribute.source() + "` never is (expected: `"
                            + String.join("`, `", attribute.oneOf()) + "`)",
                    text,
                    attribute.oneOf());
        }
    }

    private static Term ordered(Pair pair, Expression left, Expression right, IntPredicate wanted) {
        if (!left.type().meets(Type.NUMBER) || !right.type().meets(Type.NUMBER)) {
            throw mistake(pair, left, right, "two numbers");
        }
        return (request, body) -> wanted.test(Values.compare(left.number(request, body), right.number(request, body)));
    }

    private static Term in(Pair pair, Expression left, Expression right) {
        if (right.type() != Type.TEXTS && right.type() != Type.ANY) {
            throw mistake(pair, left, right, "a list after `in`");
        }
        demandComparable(pair, left, right);
        if (right.type() == Type.ANY) {
            return inside(left, right);
        }
        if (!left.type().meets(Type.TEXT)) {
            throw mistake(pair, left, right, "a text before `in`");
        }
        return (request, body) -> ((Collection<?>) right.value(request, body)).contains(left.text(request, body));
    }

    private static void demandComparable(Pair pair, Expression left, Expression right) {
        if (left.type().isList() || left.type() == Type.ADDRESS || left.type() == Type.NOTHING) {
            throw mistake(pair, left, right, "a text, a number, `true` or `false`");
        }
    }

    /** Whether a value is one of those that are written out. */
    static Term among(Pair pair, Expression left, List<Expression> values) {
        demandKnown(left, pair.right());
        for (var value : values) {
            demandComparable(pair, left, value);
            demandComparable(pair, value, left);
            if (!left.type().meets(value.type())) {
                throw mistake(pair, left, value, "two of one type");
            }
        }
        return (request, body) -> {
            var one = left.value(request, body);
            for (var i = 0; i < values.size(); i++) {
                if (same(one, values.get(i).value(request, body), values.get(i).source())) {
                    return true;
                }
            }
            return false;
        };
    }

    /** A list that only the request knows. Items of another type than the value leave it open, unless it is found. */
    private static Term inside(Expression left, Expression right) {
        return (request, body) -> {
            var one = left.value(request, body);
            var items = Values.items(right.value(request, body));
            if (items == null) {
                throw new Undecided(right.source(), "is not a list");
            }
            var other = false;
            for (var item : items) {
                var value = item == null ? Values.NOTHING : Values.of(item);
                if (Values.typeOf(value) != Values.typeOf(one) || Values.typeOf(one) == Type.ANY) {
                    other = true;
                } else if (Values.same(one, value)) {
                    return true;
                }
            }
            if (other) {
                throw new Undecided(right.source(), "has items of another type");
            }
            return false;
        };
    }
}
