package dev.portcullis.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.schema.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * An order of 1 KB as shops get them, and what it must be: as JSON Schema, and as the same schema in a document of OpenAPI.
 *
 * <p>It has what such schemas have: objects in objects, lists, required members and no others, lengths, ranges, words, patterns, and
 * the formats of ids, times and mail addresses.
 */
final class SampleOrder {

    static final String SHOP = "north-7";
    static final String KEY = "0191b0a0-7c00-7000-8000-00000000002a";

    private static final JsonMapper JSON = new JsonMapper();

    private SampleOrder() {}

    /** The order. */
    static byte[] bytes() {
        return read("order.json");
    }

    /** The order with a quantity that is none, in its last line. */
    static byte[] wrong() {
        return new String(bytes(), StandardCharsets.UTF_8)
                .replace("\"quantity\": 16", "\"quantity\": -6")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What orders must be. */
    static ObjectNode schema() {
        return (ObjectNode) tree(new String(read("order.schema.json"), StandardCharsets.UTF_8));
    }

    /** A document of OpenAPI in which orders are posted, and other things are done. */
    static String document() {
        var schema = schema();
        schema.remove("$schema");
        var parts = (ObjectNode) schema.remove("$defs");
        parts.set("Order", schema);
        var document = tree("""
                {"openapi": "3.0.3", "info": {"title": "Orders", "version": "1"}, "servers": [{"url": "/v1"}],
                 "paths": {
                   "/shops": {"get": {"responses": {"200": {"description": "all"}}}},
                   "/shops/{shop}": {
                     "parameters": [{"name": "shop", "in": "path", "required": true, "schema": {"type": "string"}}],
                     "get": {"responses": {"200": {"description": "one"}}}},
                   "/shops/{shop}/orders/{order}": {
                     "parameters": [
                       {"name": "shop", "in": "path", "required": true, "schema": {"type": "string"}},
                       {"name": "order", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}],
                     "get": {"responses": {"200": {"description": "one"}}},
                     "delete": {"responses": {"204": {"description": "gone"}}}},
                   "/shops/{shop}/orders": {"post": {
                     "parameters": [
                       {"name": "shop", "in": "path", "required": true,
                        "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}},
                       {"name": "notify", "in": "query", "schema": {"type": "boolean"}},
                       {"name": "priority", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}},
                       {"name": "Idempotency-Key", "in": "header", "required": true,
                        "schema": {"type": "string", "format": "uuid"}}],
                     "requestBody": {"required": true, "content": {"application/json": {
                       "schema": {"$ref": "#/components/schemas/Order"}}}},
                     "responses": {"201": {"description": "placed"}}}}}}""");
        ((ObjectNode) document).putObject("components").set("schemas", parts);
        return document.toString().replace("#/$defs/", "#/components/schemas/");
    }

    /** What a handler would read of the same requests. */
    static Signature signature() {
        var nodes = JsonNodeFactory.instance;
        return new Signature(
                List.of(
                        parameter(
                                Where.PATH,
                                "shop",
                                "{\"type\": \"string\", \"pattern\": \"^[a-z0-9-]{1,40}$\"}",
                                nodes::textNode),
                        parameter(
                                Where.QUERY,
                                "notify",
                                "{\"type\": \"boolean\"}",
                                text -> nodes.booleanNode(Boolean.parseBoolean(text))),
                        parameter(
                                Where.QUERY,
                                "priority",
                                "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 9}",
                                text -> nodes.numberNode(Integer.parseInt(text))),
                        parameter(
                                Where.HEADER,
                                "Idempotency-Key",
                                "{\"type\": \"string\", \"format\": \"uuid\"}",
                                nodes::textNode)),
                new Signature.Input(true, schema(), schema(), false),
                true,
                List.of());
    }

    private static Signature.Parameter parameter(
            Where place, String name, String schema, Function<String, JsonNode> reader) {
        var type = new Signature.Type(tree(schema), texts -> reader.apply(texts.get(0)), false);
        return new Signature.Parameter(place, name, place != Where.QUERY, type);
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String name) {
        try (var in = SampleOrder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("`" + name + "` is not there");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
