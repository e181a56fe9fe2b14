package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiConfigurationTest {

    private static final String YAML = """
            openapi: 3.1.0
            servers: [{ url: /shop }]
            paths:
              /orders:
                get:
                  parameters:
                    - { name: page, in: query, schema: { type: integer, minimum: 1 } }
                post:
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { type: object, required: [qty], properties: { qty: { type: integer } } }
            """;

    @TempDir
    private Path folder;

    private String policy(String more) throws IOException {
        var file = Files.writeString(folder.resolve("openapi.yml"), YAML);
        return "policies: { shop: { paths: [/shop/**], public: true, openapi: { document: 'file:" + file + "'" + more
                + " } } }\n";
    }

    @Test
    void holdsRequestsAgainstTheDocument() throws IOException {
        try (var gate = gate(policy(""))) {
            assertThat(outcome(gate, get("/shop/orders?page=2"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/shop/orders?page=two"))).isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, get("/shop/orders?size=2"))).isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, get("/shop/carts"))).isEqualTo("shop.openapi 404 unknown-operation");
            assertThat(outcome(gate, json("/shop/orders", "{\"qty\": 1}"))).isEqualTo("proceed");
            assertThat(outcome(gate, json("/shop/orders", "{\"qty\": \"1\"}")))
                    .isEqualTo("shop.openapi 400 schema-violation");
        }
    }

    @Test
    void readsFilesBesideTheDocument() throws IOException {
        var order = "schema: { type: object, required: [qty], properties: { qty: { type: integer } } }";
        var yaml = YAML.replace(order, "schema: { $ref: 'schemas/order.yml#/Order' }")
                .replace("/orders:\n", "/orders/{id}: { $ref: 'order-path.yml' }\n  /orders:\n");
        Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(
                folder.resolve("order-path.yml"),
                "get: { parameters: [{ name: id, in: path, required: true, schema: { $ref: schemas/id.json } }] }");
        Files.writeString(folder.resolve("schemas/id.json"), "{\"type\": \"integer\"}");
        var schema = Files.writeString(
                folder.resolve("schemas/order.yml"),
                "Order: { type: object, required: [qty], properties: { qty: { $ref: './id.json' } } }");
        var file = Files.writeString(folder.resolve("parts.yml"), yaml);
        var policy =
                "policies: { shop: { paths: [/shop/**], public: true, openapi: { document: 'file:" + file + "' } } }\n";
        String digest;
        try (var gate = gate(policy)) {
            assertThat(outcome(gate, get("/shop/orders/7"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/shop/orders/x"))).isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, json("/shop/orders", "{\"qty\": 1}"))).isEqualTo("proceed");
            assertThat(outcome(gate, json("/shop/orders", "{\"qty\": \"1\"}")))
                    .isEqualTo("shop.openapi 400 schema-violation");
            digest = gate.engine().policies().digest();
        }
        Files.writeString(schema, "Order: { type: object }");
        try (var gate = gate(policy)) {
            assertThat(outcome(gate, json("/shop/orders", "{\"qty\": \"1\"}"))).isEqualTo("proceed");
            assertThat(gate.engine().policies().digest()).isNotEqualTo(digest);
        }
        Files.writeString(schema, "Order: [");
        assertThatThrownBy(() -> gate(policy))
                .hasMessageContaining("shop.openapi.document")
                .hasMessageContaining("`schemas/order.yml`: neither JSON nor YAML");
        Files.delete(schema);
        assertThatThrownBy(() -> gate(policy))
                .hasMessageContaining("`schemas/order.yml`: cannot be read: no such file");
    }

    @Test
    void isAskedUnderAnotherPathAndLessStrictlyWhereToldSo() throws IOException {
        var lenient = policy(", base-path: /shop/v2, unknown-parameters: ignore, unknown-operations: ignore");
        try (var gate = gate(lenient)) {
            assertThat(outcome(gate, get("/shop/v2/orders?size=2"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/shop/v2/orders?page=0"))).isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, get("/shop/orders?page=0"))).isEqualTo("proceed");
        }
    }

    @Test
    void takesOverWhatMappingsOfYamlNameWithAnchors() throws IOException {
        var page = "{ name: page, in: query, schema: { <<: *whole, minimum: 1 } }";
        var yaml = YAML.replace("{ name: page, in: query, schema: { type: integer, minimum: 1 } }", page)
                .replace("paths:\n", "x-whole: &whole { type: integer, minimum: 7, maximum: 9 }\npaths:\n");
        var file = Files.writeString(folder.resolve("anchors.yml"), yaml);
        var policy =
                "policies: { shop: { paths: [/shop/**], public: true, openapi: { document: 'file:" + file + "' } } }\n";

        try (var gate = gate(policy)) {
            assertThat(outcome(gate, get("/shop/orders?page=2"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/shop/orders?page=0"))).isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, get("/shop/orders?page=10"))).isEqualTo("shop.openapi 400 invalid-parameter");
        }
        Files.writeString(file, yaml.replace("*whole", "[*whole, 1]"));
        assertThatThrownBy(() -> gate(policy).close()).hasMessageContaining("`<<` of what is no mapping");
        Files.writeString(file, yaml + "x-loop: &loop\n  x-again: *loop\n");
        assertThatThrownBy(() -> gate(policy).close()).hasMessageContaining("an alias within what it stands for");
    }

    @Test
    void deniesNothingWhileItIsObserved() throws IOException {
        try (var gate = gate(policy(", mode: observe"))) {
            assertThat(outcome(gate, get("/shop/orders?page=two"))).isEqualTo("proceed");
        }
    }

    @Test
    void isNoSchemaThatAConditionOnTheBodyCouldRelyOn() {
        var yaml = Gates.CLIENTS
                + "policies: { a: { paths: [/a], authenticate: [api-key], authorize: { when: body.x == 1 }, openapi: { document:"
                + " '{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {\"post\": {}}}}' } } }\n";

        assertThatThrownBy(() -> gate(yaml).close()).hasMessageContaining("no schema holds");
    }

    @Test
    void stopsTheStartWithWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> gate(policy(", unknown-parameters: warn")).close())
                .hasMessageContaining("unknown-parameters");
        assertThatThrownBy(() -> gate("policies: { a: { paths: [/a], public: true, openapi: {} } }")
                        .close())
                .hasMessageContaining("policies.a.openapi.document")
                .hasMessageContaining("missing");
        assertThatThrownBy(() ->
                        gate("policies: { a: { paths: [/a], public: true, openapi: { document: '{\"openapi\": \"2.0\"}' } } }")
                                .close())
                .hasMessageContaining("OpenAPI 3.0 or 3.1");
        assertThatThrownBy(() -> gate(policy(", base-path: shop")).close()).hasMessageContaining("base-path");
    }
}
