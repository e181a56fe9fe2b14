package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiParameter.Place;
import dev.portcullis.schema.ApiText.Broken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a parameter is written (OpenAPI 3.1, section 4.8.12, styles). */
enum ApiStyle {
    SIMPLE("simple"),
    LABEL("label"),
    MATRIX("matrix"),
    FORM("form"),
    SPACE_DELIMITED("spaceDelimited", "%20", "+", " "),
    PIPE_DELIMITED("pipeDelimited", "%7C", "|"),
    DEEP_OBJECT("deepObject");

    private static final int MAX_NESTING = 4;

    private final String word;
    private final String[] separators;

    ApiStyle(String word, String... separators) {
        this.word = word;
        this.separators = separators.length == 0 ? new String[] {","} : separators;
    }

    /** The style of the word; null when there is none. */
    static @Nullable ApiStyle of(String word) {
        for (var style : values()) {
            if (style.word.equals(word)) {
                return style;
            }
        }
        return null;
    }

    /** Tells whether parameters of this place may be written so. */
    boolean suits(Place place) {
        return switch (this) {
            case SIMPLE -> place == Place.PATH || place == Place.HEADER;
            case LABEL, MATRIX -> place == Place.PATH;
            case FORM -> place == Place.QUERY || place == Place.COOKIE;
            default -> place == Place.QUERY;
        };
    }

    /** Tells whether a pair of the name belongs to a parameter that is written so. */
    boolean takes(String own, String pair, boolean explode, Shape shape) {
        if (this == DEEP_OBJECT) {
            return pair.startsWith(own + "[");
        }
        return explode && shape.isObject() ? shape.properties().containsKey(pair) : pair.equals(own);
    }

    /** Tells whether pairs that belong to no other parameter belong to one that is written so. */
    boolean takesOthers(boolean explode, Shape shape) {
        return this == FORM && explode && shape.isFree();
    }

    /** Reads one text: of the path or of a header. */
    JsonNode text(String name, String raw, boolean explode, ApiText text) throws Broken {
        return switch (this) {
            case LABEL -> label(raw, explode, text);
            case MATRIX -> matrix(name, raw, explode, text);
            default -> separated(ApiText.split(raw, ","), raw, explode, text);
        };
    }

    private static JsonNode separated(List<String> parts, String raw, boolean explode, ApiText text) throws Broken {
        if (text.shape().isArray()) {
            return text.array(raw.isEmpty() ? List.of() : parts);
        }
        if (text.shape().isObject()) {
            return explode ? text.assignments(parts) : text.turns(parts);
        }
        return text.scalar(raw);
    }

    private static JsonNode label(String raw, boolean explode, ApiText text) throws Broken {
        if (!raw.startsWith(".")) {
            throw new Broken("no full stop in front");
        }
        var rest = raw.substring(1);
        return separated(ApiText.split(rest, explode ? "." : ","), rest, explode, text);
    }

    private static JsonNode matrix(String name, String raw, boolean explode, ApiText text) throws Broken {
        if (!raw.startsWith(";")) {
            throw new Broken("no semicolon in front");
        }
        if (text.shape().isObject() && explode) {
            return text.assignments(ApiText.split(raw.substring(1), ";"));
        }
        var values = new ArrayList<String>();
        for (var part : ApiText.split(raw.substring(1), ";")) {
            if (!part.startsWith(name + "=")) {
                throw new Broken("another name");
            }
            values.add(part.substring(name.length() + 1));
        }
        if (explode && text.shape().isArray()) {
            return text.array(values);
        }
        if (values.size() > 1) {
            throw new Broken("sent more than once");
        }
        return separated(ApiText.split(values.get(0), ","), values.get(0), false, text);
    }

    /** Reads pairs: of the query or of cookies; null when there is none of the parameter. */
    @Nullable
    JsonNode pairs(String name, List<Pair> pairs, boolean explode, ApiText text) throws Broken {
        if (this == DEEP_OBJECT) {
            return deep(name, pairs, text);
        }
        if (text.shape().isObject() && explode) {
            return spread(pairs, text);
        }
        var values = new ArrayList<String>();
        for (var pair : pairs) {
            if (pair.name().equals(name)) {
                values.add(pair.rawValue());
            }
        }
        if (values.isEmpty()) {
            return null;
        }
        if (explode && (text.shape().isArray() || text.shape().mayBeArray() && values.size() > 1)) {
            return text.array(values);
        }
        if (values.size() > 1) {
            throw new Broken("sent more than once");
        }
        return separated(ApiText.split(values.get(0), separators), values.get(0), false, text);
    }

    /** An object of all pairs, whatever their names. */
    static @Nullable JsonNode ofAll(List<Pair> pairs, ApiText text) throws Broken {
        var object = JsonNodeFactory.instance.objectNode();
        for (var pair : pairs) {
            text.put(object, pair.name(), pair.rawValue());
        }
        return object.isEmpty() ? null : object;
    }

    /** An object whose properties are parameters of their own. */
    private static @Nullable JsonNode spread(List<Pair> pairs, ApiText text) throws Broken {
        var object = JsonNodeFactory.instance.objectNode();
        for (var pair : pairs) {
            if (text.shape().properties().containsKey(pair.name())) {
                text.put(object, pair.name(), pair.rawValue());
            }
        }
        return object.isEmpty() ? null : object;
    }

    private static @Nullable JsonNode deep(String name, List<Pair> pairs, ApiText text) throws Broken {
        var object = JsonNodeFactory.instance.objectNode();
        for (var pair : pairs) {
            if (pair.name().startsWith(name + "[")) {
                put(object, path(pair.name(), name.length()), text, pair.rawValue());
            }
        }
        return object.isEmpty() ? null : object;
    }

    /** The names between brackets. */
    private static List<String> path(String name, int from) throws Broken {
        var names = new ArrayList<String>();
        var at = from;
        while (at < name.length()) {
            var end = name.indexOf(']', at);
            if (name.charAt(at) != '[' || end < 0 || names.size() == MAX_NESTING) {
                throw new Broken("brackets that do not match");
            }
            names.add(name.substring(at + 1, end));
            at = end + 1;
        }
        return names;
    }

    /** Puts a value where the names lead; behind the name of an array, its elements may have numbers or empty names. */
    private static void put(ObjectNode root, List<String> path, ApiText text, String raw) throws Broken {
        var object = root;
        var shape = text.shape();
        for (var i = 0; i < path.size(); i++) {
            var name = path.get(i);
            var own = shape.property(name);
            if (own.isArray() && i + 2 >= path.size()) {
                append(object, name, own.element().scalar(text.decoded(raw)));
                return;
            }
            if (i + 1 == path.size()) {
                new ApiText(shape, text.plus()).put(object, name, raw);
                return;
            }
            object = within(object, name);
            shape = own;
        }
    }

    private static void append(ObjectNode object, String name, JsonNode value) throws Broken {
        var array = object.has(name) ? object.get(name) : object.putArray(name);
        if (!(array instanceof ArrayNode list)) {
            throw new Broken("a property that is a value and a list");
        }
        list.add(value);
    }

    private static ObjectNode within(ObjectNode object, String name) throws Broken {
        var next = object.has(name) ? object.get(name) : object.putObject(name);
        if (!(next instanceof ObjectNode inner)) {
            throw new Broken("a property that is a value and an object");
        }
        return inner;
    }
}
