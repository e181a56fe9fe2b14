package dev.portcullis.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schema (draft 2020-12) of policy files, for editors. */
final class FileSchema {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FileSchema() {}

    static String text() throws IOException {
        var schema = node().put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Portcullis policies");
        var tree = part(schema.putObject("properties").putObject("portcullis"));
        schema.put("type", "object").put("additionalProperties", false);
        var parts = new TreeMap<String, ObjectNode>(Map.of("", tree));
        for (var key : Keys.all()) {
            var plain = key.path().replaceAll("(\\.\\*|\\[])+$", "");
            var dot = plain.lastIndexOf('.');
            var parent = parts.get(key.path().substring(0, Math.max(dot, 0)));
            var name = plain.substring(dot + 1);
            add(key, ((ObjectNode) parent.get("properties")).putObject(name), parts);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static void add(Keys.Entry key, ObjectNode node, Map<String, ObjectNode> parts) {
        node.put(
                "description",
                key.description() + (key.defaultValue().isEmpty() ? "" : " Default: " + key.defaultValue() + "."));
        var inner = node;
        if (key.path().endsWith(".*[]")) {
            node.put("type", "object");
            inner = node.putObject("additionalProperties").put("type", "array").putObject("items");
        } else if (key.isList()) {
            node.put("type", "array");
            inner = node.putObject("items");
        } else if (key.path().endsWith("*")) {
            node.put("type", "object");
            inner = node.putObject("additionalProperties");
        }
        if (key.type() == Key.Type.PART) {
            parts.put(key.path(), part(inner));
        } else if (key.oneOf().isEmpty()) {
            inner.putArray("type").add("string").add("number").add("boolean");
        } else {
            key.oneOf().forEach(inner.putArray("enum")::add);
        }
    }

    private static ObjectNode part(ObjectNode node) {
        node.put("type", "object").put("additionalProperties", false);
        node.putObject("properties");
        return node;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    static boolean accepts(JsonNode schema, String yaml) {
        JsonNode tree = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        return registry.getSchema(schema).validate(tree).isEmpty();
    }
}
