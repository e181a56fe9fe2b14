package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiText.Broken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A form as the object that its schema speaks of: a name that is there more than once is a list where the schema has one.
 *
 * @param shape what the schema takes for a value
 */
record FormValue(Shape shape) {

    JsonNode of(List<Pair> pairs) throws Broken {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : pairs) {
            values.computeIfAbsent(pair.name(), unknown -> new ArrayList<>()).add(pair.value());
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (var entry : values.entrySet()) {
            var own = shape.property(entry.getKey());
            if (own.isArray()) {
                var array = object.putArray(entry.getKey());
                entry.getValue().forEach(text -> array.add(own.element().scalar(text)));
            } else if (entry.getValue().size() > 1) {
                throw new Broken("a field twice");
            } else {
                object.set(entry.getKey(), own.scalar(entry.getValue().get(0)));
            }
        }
        return object;
    }
}
