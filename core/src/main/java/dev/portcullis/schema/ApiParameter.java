package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import dev.portcullis.Reply;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.http.Json;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiText.Broken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an operation. Immutable.
 *
 * @param name its name
 * @param place where it is sent
 * @param presence whether it must be there, and whether it may be there without a value
 * @param writing how it is written; null when it is JSON
 * @param shape what its schema takes for a value
 * @param schema what its value must obey
 * @param violations tells what is wrong with it
 * @param value what its schema proves of values that obey it
 */
record ApiParameter(
        String name,
        Place place,
        Presence presence,
        @Nullable Writing writing,
        Shape shape,
        CompiledSchema schema,
        Violations violations,
        Value value) {

    /** Where parameters are sent. */
    enum Place {
        PATH("path", Where.PATH),
        QUERY("query", Where.QUERY),
        HEADER("header", Where.HEADER),
        COOKIE("cookie", Where.COOKIE);

        private final String word;
        private final Where where;

        Place(String word, Where where) {
            this.word = word;
            this.where = where;
        }

        /** The same place, for other rules. */
        Where where() {
            return where;
        }

        String word() {
            return word;
        }
    }

    /** Whether a parameter must be there, and whether it may be there without a value, as {@code allowEmptyValue} says of the query's. */
    record Presence(boolean required, boolean emptyAllowed) {}

    /** How a value is written: in which style, and whether its parts are. */
    record Writing(ApiStyle style, boolean explode) {}

    /** Tells whether no value as agreed can do harm: of one kind that is harmless, or a list of such. */
    boolean isHarmless() {
        if (writing == null || writing.style() != ApiStyle.SIMPLE && writing.style() != ApiStyle.FORM) {
            return false;
        }
        return value.harmless() || shape.isArray() && value.element().harmless();
    }

    /** What a parameter says, where it is. */
    interface Source {

        /** The text of the path variable or the header as sent; null when it is absent. */
        @Nullable
        String text(ApiParameter parameter) throws Broken;

        /** The pairs of the query or the cookies. */
        List<Pair> pairs(ApiParameter parameter);
    }

    /** Tells whether a pair of the query with this name belongs to it. */
    boolean takes(String pair) {
        return writing == null ? pair.equals(name) : writing.style().takes(name, pair, writing.explode(), shape);
    }

    /** Tells whether pairs that belong to no other parameter belong to it: names of its properties are the client's choice. */
    boolean takesOthers() {
        return writing != null && writing.style().takesOthers(writing.explode(), shape);
    }

    /** What is wrong with the parameter of a request; nothing when it is as agreed. */
    List<Reply.Violation> objections(Source source) {
        try {
            if (presence.emptyAllowed() && !isEmptyWhenAbsent() && !takesOthers() && isSentEmpty(source)) {
                return List.of();
            }
            var value = value(source);
            if (value == null && presence.required() && isEmptyWhenAbsent()) {
                value = JsonNodeFactory.instance.objectNode();
            }
            if (value == null) {
                return presence.required() ? List.of(violation("", "required")) : List.of();
            }
            var errors = errors(value);
            if (errors.isEmpty()) {
                return List.of();
            }
            return violations.told(errors).stream()
                    .map(told -> violation(told.pointer(), told.keyword()))
                    .toList();
        } catch (Broken e) {
            return List.of(violation("", "style"));
        } catch (TooCostly e) {
            return List.of(violation("", "schema"));
        }
    }

    /** Tells whether it was sent once, and without a value. */
    private boolean isSentEmpty(Source source) {
        var own = source.pairs(this).stream()
                .filter(pair -> pair.name().equals(name))
                .toList();
        return own.size() == 1 && own.get(0).rawValue().isEmpty();
    }

    /** Tells whether nothing at all is how an object without properties is written. */
    private boolean isEmptyWhenAbsent() {
        return writing != null
                && shape.isObject()
                && (writing.style() == ApiStyle.DEEP_OBJECT || writing.style() == ApiStyle.FORM && writing.explode());
    }

    /** What is wrong with the value; a number may have been meant as text, and one value as a list of one. */
    private List<Error> errors(JsonNode value) {
        var errors = schema.errors(value);
        if (!errors.isEmpty() && (value.isNumber() || value.isBoolean()) && shape.allowsText()) {
            errors = schema.errors(TextNode.valueOf(value.asText()));
        }
        return errors.isEmpty() || !value.isValueNode() || !shape.mayBeArray()
                ? errors
                : schema.errors(
                        JsonNodeFactory.instance.arrayNode().add(shape.element().scalar(value.asText())));
    }

    private Reply.Violation violation(String pointer, String keyword) {
        var escaped = name.replace("~", "~0").replace("/", "~1");
        return new Reply.Violation("/" + place.word() + "/" + escaped + pointer, keyword);
    }

    /** The value; null when the parameter is absent. */
    @Nullable
    JsonNode value(Source source) throws Broken {
        var text = new ApiText(shape, place == Place.QUERY);
        if (place == Place.PATH || place == Place.HEADER) {
            var raw = source.text(this);
            return raw == null ? null : writing == null ? json(text.decoded(raw)) : single(raw, text);
        }
        var pairs = source.pairs(this);
        if (takesOthers()) {
            return ApiStyle.ofAll(pairs, text);
        }
        if (writing != null) {
            return writing.style().pairs(name, pairs, writing.explode(), text);
        }
        var own = pairs.stream().filter(pair -> pair.name().equals(name)).toList();
        if (own.size() > 1) {
            throw new Broken("sent more than once");
        }
        return own.isEmpty() ? null : json(own.get(0).value());
    }

    private JsonNode single(String raw, ApiText text) throws Broken {
        if (writing == null) {
            return text.scalar(raw);
        }
        var list = place == Place.HEADER && (shape.isArray() || shape.isObject());
        return writing.style().text(name, list ? withoutBlanks(raw) : raw, writing.explode(), text);
    }

    /** A list without the blanks beside its commas, which mean nothing in a header (RFC 9110, section 5.6.1). */
    private static String withoutBlanks(String list) {
        return ApiText.split(list, ",").stream().map(String::strip).collect(Collectors.joining(","));
    }

    static JsonNode json(String text) throws Broken {
        if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Read read) {
            return read.node();
        }
        throw new Broken("no JSON");
    }
}
