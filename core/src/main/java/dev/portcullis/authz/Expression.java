package dev.portcullis.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request;
import java.util.List;

/**
 * A part of a condition with its type. Immutable.
 *
 * @param type what its value is
 * @param source how it is written
 * @param oneOf all values there are; empty when there are too many to list
 * @param term finds the value
 */
record Expression(Type type, String source, List<String> oneOf, Term term) {

    static Expression of(Type type, String source, Term term) {
        return new Expression(type, source, List.of(), term);
    }

    /** The value, which must be there. */
    Object value(Request request, JsonNode body) {
        var value = term.find(request, body);
        if (value == null) {
            throw new Undecided(source, "is absent");
        }
        return value;
    }

    /** Tells whether it holds. */
    boolean holds(Request request, JsonNode body) {
        var value = value(request, body);
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new Undecided(source, "is not true or false");
    }

    String text(Request request, JsonNode body) {
        var value = value(request, body);
        if (value instanceof String text) {
            return text;
        }
        throw new Undecided(source, "is not a text");
    }

    Object number(Request request, JsonNode body) {
        var value = value(request, body);
        if (Values.typeOf(value) == Type.NUMBER) {
            return value;
        }
        throw new Undecided(source, "is not a number");
    }
}
