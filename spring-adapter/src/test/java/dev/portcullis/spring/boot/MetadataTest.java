package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds what editors know about the keys against the records of the configuration. */
class MetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String COMMAND =
            "mvn -Pfast -pl spring-adapter -am test -Dtest=MetadataTest -Dsurefire.failIfNoSpecifiedTests=false -Dportcullis.write=true";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void describesEveryKey() throws IOException {
        if (Boolean.getBoolean("portcullis.write")) {
            Files.writeString(FILE, text());
        }
        assertThat(FILE).as("write it anew: " + COMMAND).isRegularFile().hasContent(text());
        assertThat(JSON.readTree(FILE.toFile()).get("properties"))
                .hasSizeGreaterThan(60)
                .allSatisfy(property ->
                        assertThat(property.get("description").asText()).isNotBlank());
    }

    @Test
    void isOnTheClassPathForEditors() {
        assertThat(getClass().getResource("/META-INF/spring-configuration-metadata.json"))
                .isNotNull();
    }

    private static String text() throws IOException {
        var root = JSON.createObjectNode();
        var groups = root.putArray("groups");
        groups.addObject()
                .put("name", "portcullis")
                .put("type", Configuration.class.getName())
                .put("description", "The gate in front of this application.");
        var properties = root.putArray("properties");
        var hints = root.putArray("hints");
        for (var key : Keys.all()) {
            describe(key, properties, hints);
        }
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void describe(Keys.Entry key, ArrayNode properties, ArrayNode hints) {
        var name = "portcullis." + key.path().replace("[]", "");
        ObjectNode property = properties.addObject();
        property.put("name", name).put("type", typeOf(key)).put("description", key.description());
        if (!key.defaultValue().isEmpty()) {
            property.put("defaultValue", key.defaultValue());
        }
        if (!key.oneOf().isEmpty()) {
            var values = hints.addObject().put("name", name).putArray("values");
            key.oneOf().forEach(value -> values.addObject().put("value", value));
        }
    }

    private static String typeOf(Keys.Entry key) {
        if (key.isList()) {
            return "java.util.List<java.lang.String>";
        }
        return switch (key.type()) {
            case SWITCH -> "java.lang.Boolean";
            case COUNT -> "java.lang.Long";
            case PART ->
                key.path().endsWith(".*") ? "java.util.Map<java.lang.String,java.lang.Object>" : "java.lang.Object";
            default -> "java.lang.String";
        };
    }
}
