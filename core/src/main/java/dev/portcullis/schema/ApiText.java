package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of parameters made into values: parts are separated as they were sent, then decoded, so that an encoded comma separates
 * nothing.
 *
 * @param shape what the schema takes for a value
 * @param plus whether a plus sign stands for a blank
 */
record ApiText(Shape shape, boolean plus) {

    /** Text that is not written as its style demands. */
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    String decoded(String raw) throws Broken {
        try {
            return raw.indexOf('%') < 0 && raw.indexOf('+') < 0
                    ? raw
                    : URLDecoder.decode(plus ? raw : raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Broken("broken percent-encoding");
        }
    }

    JsonNode scalar(String raw) throws Broken {
        return shape.scalar(decoded(raw));
    }

    JsonNode array(List<String> parts) throws Broken {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var part : parts) {
            array.add(shape.element().scalar(decoded(part)));
        }
        return array;
    }

    /** An object of which names and values take turns. */
    JsonNode turns(List<String> parts) throws Broken {
        if (parts.size() % 2 != 0) {
            throw new Broken("a name without a value");
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < parts.size(); i += 2) {
            put(object, decoded(parts.get(i)), parts.get(i + 1));
        }
        return object;
    }

    /** An object of assignments. */
    JsonNode assignments(List<String> parts) throws Broken {
        var object = JsonNodeFactory.instance.objectNode();
        for (var part : parts) {
            var equals = part.indexOf('=');
            if (equals <= 0) {
                throw new Broken("a name without a value");
            }
            put(object, decoded(part.substring(0, equals)), part.substring(equals + 1));
        }
        return object;
    }

    /** Puts a property, which must not be there yet. */
    void put(ObjectNode object, String name, String raw) throws Broken {
        if (object.has(name)) {
            throw new Broken("a property twice");
        }
        object.set(name, shape.property(name).scalar(decoded(raw)));
    }

    /** What stands between separators, each of which is one of these as sent; one empty part when there is nothing. */
    static List<String> split(String raw, String... separators) {
        var parts = new ArrayList<String>();
        var from = 0;
        for (var at = 0; at < raw.length(); ) {
            var length = separatorAt(raw, at, separators);
            if (length > 0) {
                parts.add(raw.substring(from, at));
                from = at + length;
            }
            at += Math.max(length, 1);
        }
        parts.add(raw.substring(from));
        return parts;
    }

    private static int separatorAt(String raw, int at, String... separators) {
        for (var separator : separators) {
            if (raw.regionMatches(true, at, separator, 0, separator.length())) {
                return separator.length();
            }
        }
        return 0;
    }
}
