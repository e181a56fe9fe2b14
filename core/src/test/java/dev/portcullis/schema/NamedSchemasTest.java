package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas of OpenAPI 3.1 that are called by names of their own. */
class NamedSchemasTest {

    private static final String SCHEMAS = """
            "Short": {"$anchor": "Short", "type": "string", "maxLength": 3},
            "Order": {"$id": "https://example.com/s/order", "type": "object",
              "properties": {"n": {"$ref": "#/$defs/N"}, "p": {"$ref": "#plus"}, "s": {"$ref": "#/components/schemas/Short"},
                "c": {"$ref": "customer#/properties/name"}, "$id": {"type": "integer"}},
              "$defs": {"N": {"type": "integer"}, "P": {"$anchor": "plus", "type": "integer", "minimum": 0}}},
            "Customer": {"$id": "https://example.com/s/customer", "type": "object", "required": ["name"],
              "properties": {"name": {"type": "string", "maxLength": 2}}, "examples": [{"$id": "x"}, {"$id": "x"}]},
            "Tree": {"$dynamicAnchor": "node", "type": "object", "unevaluatedProperties": false,
              "properties": {"v": {"type": "integer"}, "kids": {"type": "array", "items": {"$dynamicRef": "#node"}}}}
            """;

    private static JsonNode document(String version, String reference, String schemas) {
        var text = "{\"openapi\": \"" + version + "\", \"paths\": {\"/a\": {\"post\": {\"requestBody\": {\"content\": {"
                + "\"application/json\": {\"schema\": {\"$ref\": \"" + reference + "\"}}}}, \"responses\": {}}}},"
                + "\"components\": {\"schemas\": {" + schemas + "}}}";
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #Short | "abc" | passes
            #Short | "abcd" | schema-violation
            https://example.com/s/order | {"n":1,"p":0,"s":"abc","c":"ab","$id":7} | passes
            https://example.com/s/order | {"n":"1"} | schema-violation
            https://example.com/s/order | {"p":-1} | schema-violation
            https://example.com/s/order | {"s":"abcd"} | schema-violation
            https://example.com/s/order | {"c":"abc"} | schema-violation
            https://example.com/s/order | {"$id":"x"} | schema-violation
            https://example.com/s/order#plus | -1 | schema-violation
            customer | {} | schema-violation
            #/components/schemas/Tree | {"v":1,"kids":[{"v":2,"kids":[]}]} | passes
            #/components/schemas/Tree | {"v":1,"kids":[{"w":2}]} | schema-violation
            """)
    void areFound(String reference, String body, String said) {
        var api = OpenApi.builder(document("3.1.0", reference, SCHEMAS)).build();
        var wire = RecordedWire.of("POST", "/a")
                .with("Content-Type", "application/json")
                .body(body);
        var verdict = api.check(wire.view());
        assertThat(verdict instanceof Verdict.Deny deny ? deny.reply().code() : "passes")
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #nobody | "A": {"$anchor": "somebody"} | $ref: `#nobody`
            https://example.com/none | "A": {"$anchor": "somebody"} | $ref: `https://example.com/none`
            #a | "A": {"$anchor": "a"}, "B": {"$anchor": "a"} | $anchor: `a` twice
            #/components/schemas/A | "A": {"$id": "https://e.com/a"}, "B": {"$id": "https://e.com/a"} | $id: `https://e.com/a` twice
            #/components/schemas/A | "A": {"$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}}, "B": {"$id": "b", "$dynamicAnchor": "n"} | $dynamicRef: `#n`
            """)
    void whatLeadsNowhereOrToSeveralStopsTheStart(String reference, String schemas, String why) {
        var builder = OpenApi.builder(document("3.1.0", reference, schemas));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void documentsWithoutNamesAreLeftAsTheyAre() {
        var plain = document("3.1.0", "#/components/schemas/A", "\"A\": {\"properties\": {\"$id\": {}}}");
        assertThat(NamedSchemas.placed(plain)).isSameAs(plain);
        var older = document("3.0.3", "#/components/schemas/A", "\"A\": {\"$id\": \"a\"}");
        assertThat(NamedSchemas.placed(older)).isSameAs(older);
    }
}
