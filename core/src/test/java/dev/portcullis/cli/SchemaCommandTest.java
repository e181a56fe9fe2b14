package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {

    private static final String PUBLISHED = """
            openapi: 3.0.3
            servers: [{ url: /v1 }]
            paths:
              /orders/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
                    - { name: page, in: query, schema: { type: integer, format: int32 } }
              /orders:
                post:
                  requestBody:
                    required: true
                    content:
                      application/json: { schema: { $ref: '#/components/schemas/Order' } }
              /gone: { get: {} }
            components: { schemas: { Order: { type: object, required: [qty], properties: {
              qty: { type: integer, format: int32, minimum: 1 }, note: { type: string, nullable: true }, old: { type: string } } } } }
            """;

    private static final String ENFORCED = """
            {"openapi": "3.1.0", "paths": {
              "/v1/orders/{number}": {"get": {"parameters": [
                {"name": "number", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
                {"name": "page", "in": "query", "schema":
                  {"type": "integer", "minimum": -2147483648, "maximum": 2147483647}}]}},
              "/v1/orders": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema":
                {"$ref": "#/$defs/Order", "$defs": {"Order": {"type": ["object", "null"], "required": ["qty"], "properties": {
                  "qty": {"type": "integer", "minimum": 2, "maximum": 2147483647},
                  "note": {"type": ["string", "null"]}, "admin": {"type": "boolean"},
                  "parent": {"$ref": "#/$defs/Order"}}}}}}}}}},
              "/v1/new": {"get": {}}}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(out), arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void saysWhichFieldsDiffer() throws IOException {
        var code =
                run("schema", "diff", file("openapi.yaml", PUBLISHED), "--enforced", file("enforced.json", ENFORCED));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains(
                        "GET /v1/gone: published, not enforced",
                        "GET /v1/new: enforced, not published",
                        "POST /v1/orders /body/admin: published nothing, enforced boolean",
                        "POST /v1/orders /body/old: published string, enforced nothing",
                        "POST /v1/orders /body/qty: published required integer maximum=2147483647 minimum=1, enforced"
                                + " required integer maximum=2147483647 minimum=2")
                .noneMatch(line -> line.contains("page") || line.contains("/body/note:") || line.contains("/path/"));
    }

    @Test
    void isContentWithTwoThatSayTheSame() throws IOException {
        var one = file("enforced.json", ENFORCED);

        assertThat(run("schema", "diff", one, "--enforced", one)).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsOneRoute() throws IOException {
        var one = file("enforced.json", ENFORCED);

        assertThat(run("schema", "show", one, "/v1/orders/{id}")).isZero();
        assertThat(out.toString())
                .contains("GET /v1/orders/{}", "/query/page  integer maximum=2147483647")
                .doesNotContain("POST");
        assertThat(run("schema", "show", one, "/nowhere")).isEqualTo(1);
    }

    @Test
    void saysWhatIsNoDocument() throws IOException {
        assertThat(run("schema", "show", file("a.yml", "a: 1"))).isEqualTo(1);
        assertThat(run("schema", "show", file("b.yml", "a: [1"))).isEqualTo(1);
        assertThat(out.toString()).contains("no OpenAPI document").contains("neither JSON nor YAML");
    }
}
