package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** A body that is good, and what comes of it when one of its strings is another. Immutable. */
final class GoodBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_PLACES = 5;

    private final String type;
    private final String bytes;
    private final String text;

    private GoodBody(String type, String bytes) {
        this.type = type;
        this.bytes = bytes;
        this.text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    /**
     * A body of which one value was changed.
     *
     * @param where which one
     * @param bytes the body, a character for each byte
     */
    record Changed(String where, String bytes) {

        static Changed of(String where, String text) {
            return new Changed(where, written(text));
        }
    }

    private static String written(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    static GoodBody of(Scene scene) {
        return new GoodBody(scene.bodyType(), scene.aim().body());
    }

    /** With the value in the place of each string in turn. */
    List<Changed> with(String value) {
        return switch (type) {
            case "application/json" -> inJson(value);
            case "application/x-www-form-urlencoded" -> inForm(value);
            default -> inParts(value);
        };
    }

    private List<Changed> inParts(String value) {
        var form = GoodParts.parse(bytes);
        var changed = new ArrayList<Changed>();
        for (var i = 0; form != null && i < form.parts().size() && changed.size() < MOST_PLACES; i++) {
            var part = form.parts().get(i);
            if (!part.isFile()) {
                var other = form.with(i, part.content(written(value)));
                changed.add(new Changed("part " + part.name(), other.text()));
            }
        }
        return changed;
    }

    private List<Changed> inForm(String value) {
        var pairs = text.split("&", -1);
        var changed = new ArrayList<Changed>();
        for (var i = 0; i < Math.min(pairs.length, MOST_PLACES); i++) {
            var equals = pairs[i].indexOf('=');
            if (equals > 0) {
                var copy = pairs.clone();
                copy[i] = pairs[i].substring(0, equals + 1) + URLEncoder.encode(value, UTF_8);
                changed.add(Changed.of("field " + pairs[i].substring(0, equals), String.join("&", copy)));
            }
        }
        return changed;
    }

    private List<Changed> inJson(String value) {
        var changed = new ArrayList<Changed>();
        try {
            var root = JSON.readTree(text);
            walk(root, "", (where, set, before) -> {
                if (changed.size() < MOST_PLACES) {
                    set.put(value);
                    changed.add(Changed.of("JSON " + where, root.toString()));
                    set.put(before);
                }
            });
        } catch (JsonProcessingException e) {
            return List.of();
        }
        return changed;
    }

    private static void walk(JsonNode node, String where, Visit visit) {
        if (node instanceof ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            for (var name : names) {
                step(object.get(name), where + "/" + name, text -> object.put(name, text), visit);
            }
        } else if (node instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                var at = i;
                step(array.get(i), where + "/" + i, text -> array.set(at, text), visit);
            }
        }
    }

    private static void step(JsonNode value, String where, Put put, Visit visit) {
        if (value.isTextual()) {
            visit.at(where, put, value.textValue());
        } else {
            walk(value, where, visit);
        }
    }

    private interface Put {
        void put(String text);
    }

    private interface Visit {
        void at(String where, Put put, String before);
    }
}
