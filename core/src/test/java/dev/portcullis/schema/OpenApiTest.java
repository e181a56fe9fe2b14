package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Reply.Violation;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "servers": [{"url": "https://api.example.com/v1/"}],
             "components": {
               "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}},
               "parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}}},
               "schemas": {
                 "Order": {"type": "object", "required": ["id", "item"], "additionalProperties": false, "properties": {
                   "id": {"type": "string", "format": "uuid", "readOnly": true},
                   "item": {"type": "string", "maxLength": 20},
                   "next": {"$ref": "#/components/schemas/Order"},
                   "colour": {"type": "string", "format": "colour"}}}}},
             "paths": {
               "/orders": {
                 "parameters": [{"$ref": "#/components/parameters/Page"}],
                 "get": {"parameters": [
                   {"name": "state", "in": "query", "required": true, "schema": {"enum": ["open", "closed"]}},
                   {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}, "maxItems": 2}},
                   {"name": "X-Trace", "in": "header", "schema": {"type": "string", "pattern": "^[a-f0-9]+$"}},
                   {"name": "filter", "in": "query", "style": "deepObject",
                    "schema": {"type": "object", "additionalProperties": false, "properties": {"from": {"type": "string", "format": "date"}}}}]},
                 "post": {"requestBody": {"required": true, "content": {
                   "application/json": {"schema": {"$ref": "#/components/schemas/Order"}},
                   "application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["amount"],
                     "properties": {"amount": {"type": "integer"}}}},
                   "image/*": {}}}}},
               "/orders/{id}": {"get": {"parameters": [
                 {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}]}},
               "/orders/latest": {"get": {}},
               "/reports/{name}.{format}": {"get": {"parameters": [
                 {"name": "name", "in": "path", "required": true, "schema": {"type": "string"}},
                 {"name": "format", "in": "path", "required": true, "schema": {"enum": ["csv", "pdf"]}}]}}}}
            """;

    private static final String ID = "0191b0a0-7c00-7000-8000-000000000000";

    private final OpenApi check = OpenApi.builder(json(DOCUMENT)).build();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Reply reply(RecordedWire wire) {
        return check.check(wire.view()) instanceof Verdict.Deny deny ? deny.reply() : Reply.answer(200, List.of());
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", "/v1" + target);
    }

    private static RecordedWire post(String type, String body) {
        return RecordedWire.of("POST", "/v1/orders").with("Content-Type", type).body(body);
    }

    @Test
    void passesWhatTheDocumentDescribes() {
        assertThat(reply(get("/orders?state=open&page=2&tag=a&tag=b&filter[from]=2026-01-01&key=x")
                                .with("X-Trace", "abc"))
                        .status())
                .isEqualTo(200);
        assertThat(reply(get("/orders/" + ID)).status()).isEqualTo(200);
        assertThat(reply(get("/orders/latest")).status()).isEqualTo(200);
        assertThat(reply(get("/reports/q1.2026.pdf")).status()).isEqualTo(400);
        assertThat(reply(get("/reports/q1.pdf")).status()).isEqualTo(200);
        assertThat(reply(RecordedWire.of("HEAD", "/v1/orders/latest")).status()).isEqualTo(200);
        assertThat(reply(post("application/json", "{\"item\": \"lamp\", \"next\": {\"item\": \"bulb\"}}"))
                        .status())
                .isEqualTo(200);
        assertThat(reply(post("image/png", "anything")).status()).isEqualTo(200);
    }

    @Test
    void judgesCookiesBehindAnyNumberOfOthers() {
        var agreed = OpenApi.builder(json("""
                        {"openapi": "3.1.0", "paths": {"/": {"get": {"parameters": [
                          {"name": "size", "in": "cookie", "schema": {"type": "integer"}}]}}}}
                        """)).build();
        assertThat(agreed.check(RecordedWire.of("GET", "/")
                        .with("Cookie", ";".repeat(300) + "size=1")
                        .view()))
                .isInstanceOf(Verdict.Pass.class);
        assertThat(agreed.check(RecordedWire.of("GET", "/")
                        .with("Cookie", ";".repeat(300) + "size=x")
                        .view()))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void deniesParametersInBodiesThatNobodyDescribed() {
        var agreed = OpenApi.builder(json("""
                        {"openapi": "3.1.0", "paths": {"/": {"post": {"parameters": [
                          {"name": "size", "in": "query", "schema": {"type": "integer"}}]}}}}
                        """)).build();
        for (var type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "a b;c")) {
            var wire = RecordedWire.of("POST", "/").with("Content-Type", type);
            assertThat(agreed.check(wire.body("size=x").view())).isInstanceOf(Verdict.Deny.class);
        }
        assertThat(agreed.check(RecordedWire.of("POST", "/")
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .view()))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void deniesQueriesOfWhichItCannotSeeTheEnd() {
        var lenient =
                OpenApi.builder(json(DOCUMENT)).ignoringUnknownParameters().build();
        assertThat(lenient.check(get("/orders?state=open&" + "a&".repeat(10_000) + "page=0")
                        .view()))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void knowsItsBasePathHoweverItIsEncoded() {
        var lenient =
                OpenApi.builder(json(DOCUMENT)).ignoringUnknownOperations().build();
        assertThat(lenient.check(
                        RecordedWire.of("GET", "/%761/orders?state=wrong").view()))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(reply(RecordedWire.of("GET", "/%761/orders/latest")).status())
                .isEqualTo(200);
    }

    @Test
    void deniesPathsAndMethodsThatItDoesNotKnow() {
        assertThat(reply(get("/unknown")).code()).isEqualTo("unknown-operation");
        assertThat(reply(RecordedWire.of("GET", "/orders?state=open")).code()).isEqualTo("unknown-operation");
        assertThat(reply(get("/orders/")).code()).isEqualTo("unknown-operation");
        assertThat(reply(RecordedWire.of("DELETE", "/v1/orders")).headers())
                .contains(new Header("Allow", "GET, HEAD, POST"));
        assertThat(OpenApi.builder(json(DOCUMENT))
                        .ignoringUnknownOperations()
                        .build()
                        .check(get("/unknown").view()))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void tellsWhichParameterIsWrongAndNothingOfWhatWasSent() {
        assertThat(reply(get("/orders?page=0")).errors())
                .containsExactlyInAnyOrder(
                        new Violation("/query/page", "minimum"), new Violation("/query/state", "required"));
        assertThat(reply(get("/orders?state=open&secret=1")).errors())
                .containsExactly(new Violation("/query/*", "unknown"));
        assertThat(reply(get("/orders?state=open&state=open")).errors())
                .containsExactly(new Violation("/query/state", "style"));
        assertThat(reply(get("/orders?state=open&tag=a&tag=b&tag=c")).errors())
                .containsExactly(new Violation("/query/tag", "maxItems"));
        assertThat(reply(get("/orders?state=open&filter[from]=soon")).errors())
                .containsExactly(new Violation("/query/filter/from", "format"));
        assertThat(reply(get("/orders?state=open&filter[to]=2026-01-01")).errors())
                .containsExactly(new Violation("/query/filter", "additionalProperties"));
        assertThat(reply(get("/orders/7")).errors()).containsExactly(new Violation("/path/id", "format"));
        assertThat(reply(get("/orders?state=open").with("X-Trace", "q")).errors())
                .containsExactly(new Violation("/header/X-Trace", "pattern"));
        assertThat(reply(get("/orders?state=open").with("X-Trace", "a").with("X-Trace", "b"))
                        .errors())
                .containsExactly(new Violation("/header/X-Trace", "style"));
    }

    @Test
    void letsUnknownParametersPassWhereToldTo() {
        var lenient =
                OpenApi.builder(json(DOCUMENT)).ignoringUnknownParameters().build();

        assertThat(lenient.check(get("/orders?state=open&secret=1").view())).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void holdsBodiesAgainstTheirSchemas() {
        assertThat(reply(post("application/json", "{\"item\": 7}")).errors())
                .containsExactly(new Violation("/item", "type"));
        assertThat(reply(post("application/json", "{\"item\": \"a\", \"id\": \"" + ID + "\"}"))
                        .status())
                .isEqualTo(400);
        assertThat(reply(post("application/json", "{\"item\": \"a\", \"next\": {\"item\": 1}}"))
                        .errors())
                .containsExactly(new Violation("/next/item", "type"));
        assertThat(reply(post("application/json", "")).code()).isEqualTo("malformed-body");
        assertThat(reply(post("text/plain", "{\"item\": \"a\"}")).headers())
                .contains(new Header("Accept", "application/json, application/x-www-form-urlencoded, image/*"));
        assertThat(reply(post("application/x-www-form-urlencoded", "amount=7")).status())
                .isEqualTo(200);
        assertThat(reply(post("application/x-www-form-urlencoded", "amount=seven"))
                        .errors())
                .containsExactly(new Violation("/amount", "type"));
        assertThat(reply(post("application/x-www-form-urlencoded", "amount=7&amount=8"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void readsNoMoreOfABodyThanItMay() {
        var bounded = check.within(10);
        var long_ = post("application/json", "{\"item\": \"a lamp\"}").view();

        assertThat(((Verdict.Deny) bounded.check(long_)).reply().status()).isEqualTo(413);
        assertThatThrownBy(() -> check.within(0)).hasMessageContaining("maxBytes");
    }

    @Test
    void namesItsOperationsAndTheFormatsThatNobodyChecks() {
        assertThat(check.operations())
                .containsExactly(
                        "GET /v1/orders",
                        "GET /v1/orders/latest",
                        "GET /v1/orders/{id}",
                        "GET /v1/reports/{name}.{format}",
                        "POST /v1/orders");
        assertThat(check.unknownFormats()).containsExactly("colour");
    }

    @Test
    void refusesADocumentWithAllThatIsWrongWithIt() {
        var wrong = """
                {"openapi": "3.0.0", "paths": {
                  "/a/{b}": {"get": {"parameters": [{"name": "c", "in": "path", "required": true, "schema": {}}]}},
                  "/d": {"get": {"parameters": [{"name": "e", "in": "query", "style": "matrix", "schema": {}}]},
                         "post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "http://else/x"}}}}}},
                  "/f": {"get": {"parameters": [{"name": "g", "in": "body", "schema": {}}]}}}}
                """;

        assertThatThrownBy(() -> OpenApi.builder(json(wrong)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter `c` is not in the path")
                .hasMessageContaining("style: `matrix`")
                .hasMessageContaining("http://else/x")
                .hasMessageContaining("in `body`");
        assertThatThrownBy(() -> OpenApi.builder(json("{\"swagger\": \"2.0\"}")).build())
                .hasMessageContaining("OpenAPI 3.0 or 3.1");
        assertThatThrownBy(
                        () -> OpenApi.builder(json("{\"openapi\": \"3.1.0\"}")).build())
                .hasMessageContaining("at least one operation");
        assertThatThrownBy(() -> OpenApi.builder(json(DOCUMENT)).basePath("v1/"))
                .hasMessageContaining("base-path");
    }

    static OpenApi of(String paths) {
        return OpenApi.builder(json("{\"openapi\": \"3.1.0\", \"paths\": {" + paths + "}}"))
                .ignoringUnknownParameters()
                .ignoringUnknownOperations()
                .build();
    }

    static int status(OpenApi api, RecordedWire wire) {
        return api.check(wire.view()) instanceof Verdict.Deny deny
                ? deny.reply().status()
                : 200;
    }

    private static RecordedWire form(String target, String body) {
        return RecordedWire.of("POST", target)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    @Test
    void readsQueryAndFormAsOneAsApplicationsDo() {
        var api = of("""
                "/a": {"post": {
                  "parameters": [{"name": "size", "in": "query", "schema": {"type": "integer"}},
                                 {"name": "both", "in": "query", "schema": {"type": "integer"}}],
                  "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object",
                    "properties": {"text": {"type": "integer"}, "both": {"type": "integer"}}}}}}}}
                """);
        assertThat(status(api, form("/a?size=1", "text=2&both=3&more=x"))).isEqualTo(200);
        assertThat(status(api, form("/a", "size=x"))).isEqualTo(400);
        assertThat(status(api, form("/a?text=x", "more=1"))).isEqualTo(400);
        assertThat(status(api, form("/a?both=1", "both=2"))).isEqualTo(400);
        assertThat(status(api, form("/a?more=1", "more=2"))).isEqualTo(400);
    }
}
