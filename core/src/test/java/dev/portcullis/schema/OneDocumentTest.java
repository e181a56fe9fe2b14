package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document in several files. */
class OneDocumentTest {

    private final Map<String, String> files = new HashMap<>();
    private final List<String> read = new ArrayList<>();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private JsonNode whole(String document) {
        return OneDocument.of(json(document), "api.json", path -> {
            read.add(path);
            if (!files.containsKey(path)) {
                throw new IllegalArgumentException("no such file");
            }
            return json(files.get(path));
        });
    }

    private JsonNode led(JsonNode whole, String pointer) {
        return whole.at(whole.at(pointer).path("$ref").asText().substring(1));
    }

    @Test
    void followsReferencesFromFileToFileAndBack() {
        files.put(
                "paths/orders.json",
                "{'get': {'x': {'$ref': '../schemas/order.json#/A'}, 'y': {'$ref': '#/z'}}, 'z': 1}");
        files.put("schemas/order.json", "{'A': {'$ref': '../api.json#/components/B'}}");

        var whole = whole("""
                {'openapi': '3.1.0', 'paths': {'/o': {'$ref': './paths/orders.json'}, '/p': {'$ref': 'paths/orders.json'}},
                 'components': {'B': 7, 'C': {'$ref': '#/components/B'}}}""");

        var orders = led(whole, "/paths/~1o");
        assertThat(whole.at(orders.at("/get/x").path("$ref").asText().substring(1))
                        .path("$ref")
                        .asText())
                .isEqualTo("#/components/B");
        assertThat(whole.at(orders.at("/get/y").path("$ref").asText().substring(1))
                        .asInt())
                .isOne();
        assertThat(whole.at("/components/C/$ref").asText()).isEqualTo("#/components/B");
        assertThat(read).containsExactly("paths/orders.json", "schemas/order.json");
    }

    @Test
    void leavesValuesAloneAndNamesThatAreCalledAsKeywords() {
        files.put("a.json", "{'type': 'string'}");

        var whole = whole("""
                {'openapi': '3.1.0', 'example': {'$ref': 'gone.json'}, 'x-own': {'$ref': 'gone.json'},
                 'properties': {'example': {'$ref': 'a.json'}, '$ref': {'enum': [{'$ref': 'gone.json'}]},
                   'properties': {'default': {'$ref': 'gone.json'}}}}""");

        assertThat(led(whole, "/properties/example").path("type").asText()).isEqualTo("string");
        assertThat(read).containsExactly("a.json");
    }

    @Test
    void readsSchemasThatSayWhereTheyArePublished() {
        files.put(
                "address.json",
                "{'$id': 'https://example.com/s/address.json', '$ref': '#/$defs/a', '$defs': {'a': {'type': 'integer'}}}");
        var schema = json(
                "{'$id': 'https://example.com/s/order.json', '$defs': {'own': {'$id': 'own.json', 'type': 'null'}},"
                        + "'properties': {'to': {'$ref': 'address.json'}, 'own': {'$ref': 'own.json'}}}");

        var whole = whole(schema.toString());

        assertThat(read).containsExactly("address.json");
        assertThat(JsonBody.of(whole, 1000)).isNotNull();
        assertThat(whole.at("/properties/own/$ref").asText()).isEqualTo("own.json");
        assertThat(led(whole, "/properties/to").has("$id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.json",
                "//example.com/a.json",
                "/etc/passwd",
                "../a.json",
                "x/../../a.json",
                "%2e%2e/a.json",
                "..%2fa.json",
                "..\\\\a.json",
                "%5c%5chost/a.json",
                "file:a.json",
                "c:a.json",
                "a.json?b",
                "jar:file:/a.jar!/a.json",
                "classpath:a.json",
                "a%00.json",
                "a b.json"
            })
    void readsNothingOutsideOfTheDirectory(String reference) {
        assertThatThrownBy(() -> whole("{'openapi': '3.1.0', 'paths': {'/a': {'$ref': '" + reference + "'}}}"))
                .hasMessageContaining("expected: something in this document, or in a file of its directory");
        assertThat(read).isEmpty();
    }

    @Test
    void namesWhatCannotBeRead() {
        files.put("a.json", "{'$ref': 'b.json#/c'}");

        assertThatThrownBy(() -> whole("{'openapi': '3.1.0', 'paths': {'$ref': 'a.json'}}"))
                .hasMessage("`b.json`: no such file");
    }

    @Test
    void readsNoMoreThanSoManyFiles() {
        for (var i = 0; i < 2000; i++) {
            files.put(i + ".json", "{'$ref': '" + (i + 1) + ".json'}");
        }
        assertThatThrownBy(() -> whole("{'a': {'$ref': '0.json'}}")).hasMessageContaining("more than 1000 files");
        assertThat(read).hasSizeLessThan(1010);
    }
}
