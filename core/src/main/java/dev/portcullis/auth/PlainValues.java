package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as values of the JDK's own types, unmodifiable. What is null is left out. */
final class PlainValues {

    private PlainValues() {}

    static Map<String, Object> object(JsonNode node) {
        var values = new LinkedHashMap<String, Object>();
        node.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                values.put(member.getKey(), value(member.getValue()));
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private static List<Object> array(JsonNode node) {
        var values = new ArrayList<Object>(node.size());
        node.forEach(element -> {
            if (!element.isNull()) {
                values.add(value(element));
            }
        });
        return Collections.unmodifiableList(values);
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            default -> node.asText();
        };
    }
}
