package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real documents do that no specification shows first: found in some 2500 of them. */
class OpenApiHabitsTest {

    private static final String INTEGER =
            "[{\"name\": \"id\", \"in\": \"path\", \"required\": true, \"schema\": {\"type\": \"integer\"}}]";

    private static OpenApi api(String document) {
        try {
            return OpenApi.builder(new ObjectMapper().readTree(document)).build();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(document, e);
        }
    }

    private static OpenApi paths(String paths) {
        return api("{\"openapi\": \"3.0.3\", \"paths\": {" + paths + "}}");
    }

    private static String said(OpenApi api, RecordedWire wire) {
        return api.check(wire.view()) instanceof Verdict.Deny deny
                ? deny.reply().code()
                        + deny.reply().errors().stream()
                                .map((Reply.Violation one) -> " " + one.pointer() + " " + one.keyword())
                                .collect(Collectors.joining())
                : "passes";
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", target);
    }

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/a")
                .with("Content-Type", "application/json")
                .body(body);
    }

    @Test
    void ofTemplatesThatFitTheOneThatSaysMoreOfASegmentHolds() {
        var api = paths("\"/calls/{id}\": {\"get\": {\"parameters\": " + INTEGER + "}},"
                + "\"/calls/{id}.mp3\": {\"get\": {\"parameters\": " + INTEGER + "}},"
                + "\"/calls/{name}.{format}\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"name\", \"in\": \"path\", \"schema\": {\"enum\": [\"all\"]}}]}},"
                + "\"/calls/{id}:stop\": {\"get\": {\"parameters\": " + INTEGER + "}}");
        assertThat(said(api, get("/calls/7"))).isEqualTo("passes");
        assertThat(said(api, get("/calls/7.mp3"))).isEqualTo("passes");
        assertThat(said(api, get("/calls/7:stop"))).isEqualTo("passes");
        assertThat(said(api, get("/calls/x.mp3"))).isEqualTo("invalid-parameter /path/id type");
        assertThat(said(api, get("/calls/x:stop"))).isEqualTo("invalid-parameter /path/id type");
        assertThat(said(api, get("/calls/all.csv"))).isEqualTo("invalid-parameter /path/id type");
    }

    @Test
    void aParameterMayBeThereWithoutAValueWhereThatIsAgreed() {
        var api = paths("\"/a\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"f\", \"in\": \"query\", \"required\": true, \"allowEmptyValue\": true, \"schema\": {\"type\": \"boolean\"}},"
                + "{\"name\": \"g\", \"in\": \"query\", \"schema\": {\"type\": \"boolean\"}}]}}");
        assertThat(said(api, get("/a?f"))).isEqualTo("passes");
        assertThat(said(api, get("/a?f="))).isEqualTo("passes");
        assertThat(said(api, get("/a?f=true"))).isEqualTo("passes");
        assertThat(said(api, get("/a?f=yes"))).isEqualTo("invalid-parameter /query/f type");
        assertThat(said(api, get("/a?f&f="))).isEqualTo("invalid-parameter /query/f style");
        assertThat(said(api, get("/a"))).isEqualTo("invalid-parameter /query/f required");
        assertThat(said(api, get("/a?f&g"))).isEqualTo("invalid-parameter /query/g type");
    }

    @Test
    void anObjectIsJudgedWhateverStandsUnderItsOwnName() {
        var deep = paths("\"/a\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"f\", \"in\": \"query\", \"allowEmptyValue\": true, \"style\": \"deepObject\","
                + " \"schema\": {\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}}}}]}}");
        assertThat(said(deep, get("/a?f[id]=7"))).isEqualTo("passes");
        assertThat(said(deep, get("/a?f=&f[id]=zzz"))).startsWith("invalid-parameter /query/f");
        var open = paths("\"/a\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"page\", \"in\": \"query\", \"allowEmptyValue\": true,"
                + " \"schema\": {\"type\": \"object\", \"properties\": {\"size\": {\"type\": \"integer\", \"maximum\": 100}},"
                + " \"additionalProperties\": {\"type\": \"string\"}}}]}}");
        assertThat(said(open, get("/a?size=7"))).isEqualTo("passes");
        assertThat(said(open, get("/a?page=&size=100000"))).startsWith("invalid-parameter /query/page");
    }

    @Test
    void aParameterMayBeOneValueOrAList() {
        var api = api("{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"s\", \"in\": \"query\", \"schema\": {\"type\": [\"string\", \"array\"], \"maxLength\": 2,"
                + " \"items\": {\"type\": \"integer\"}, \"maxItems\": 2}},"
                + "{\"name\": \"t\", \"in\": \"query\", \"schema\": {\"oneOf\": [{\"type\": \"integer\"},"
                + " {\"type\": \"array\", \"items\": {\"enum\": [\"a\", \"b\"]}}]}}]}}}}");
        assertThat(said(api, get("/a?s=ab"))).isEqualTo("passes");
        assertThat(said(api, get("/a?s=1&s=2"))).isEqualTo("passes");
        assertThat(said(api, get("/a?s=123"))).isEqualTo("passes");
        assertThat(said(api, get("/a?s=abc"))).startsWith("invalid-parameter /query/s");
        assertThat(said(api, get("/a?s=1&s=b"))).startsWith("invalid-parameter /query/s/1");
        assertThat(said(api, get("/a?s=1&s=2&s=3"))).isEqualTo("invalid-parameter /query/s maxItems");
        assertThat(said(api, get("/a?t=7"))).isEqualTo("passes");
        assertThat(said(api, get("/a?t=a"))).isEqualTo("passes");
        assertThat(said(api, get("/a?t=a&t=b"))).isEqualTo("passes");
        assertThat(said(api, get("/a?t=a&t=7"))).startsWith("invalid-parameter /query/t");
    }

    @Test
    void templatesOfWhichNoneSaysMoreMustAllBeObeyed() {
        var api = paths("\"/{id}/b\": {\"get\": {\"parameters\": " + INTEGER + "}}, \"/a/{id}\": {\"get\": {}}");
        assertThat(said(api, get("/a/b"))).isEqualTo("invalid-parameter /path/id type");
        assertThat(said(api, get("/a/c"))).isEqualTo("passes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "/a?b=c": {"get": {}} | a path without `?` and `#`
            "/a#b": {"get": {}} | a path without `?` and `#`
            "/a/{b}": {"get": {}}, "/a/{c}": {"get": {}} | one description for each method
            "/a": {"servers": [{"url": "/v2"}], "get": {}} | servers: `/v2` is not the path
            "/a": {"get": {"servers": [{"url": "https://example.com/v2"}]}} | servers: `/v2` is not the path
            "/a": {"get": {"parameters": [{"name": "b", "in": "query", "content": {"text/csv": {}}}]}} | content of `text/csv`
            "/a": {"get": {"parameters": [{"name": "b", "in": "query", "schema": {"pattern": "\\\\A"}}]}} | `\\A`) at `/pattern`
            "/a": {"post": {"requestBody": {"content": {"": {}}}}} | requestBody: `` (expected: a media type)
            "/a": {"get": {"parameters": [{"name": "b", "in": "query", "schema": {"$ref": "other.yml#/B"}}]}} | something in this document
            """)
    void whatCouldNotBeHeldAgainstRequestsIsSaid(String paths, String said) {
        assertThatThrownBy(() -> paths(paths)).hasMessageContaining("paths./a").hasMessageContaining(said);
    }

    @Test
    void pathsOfTheSameShapeMayShareTheirMethods() {
        var api = paths("\"/a/{id}\": {\"get\": {\"parameters\": " + INTEGER + "}}, \"/a/{name}\": {\"delete\": {}}");
        assertThat(said(api, get("/a/x"))).isEqualTo("invalid-parameter /path/id type");
        assertThat(said(api, RecordedWire.of("DELETE", "/a/x"))).isEqualTo("passes");
    }

    @Test
    void aServerIsAtAPathFromTheRootUnlessAnotherIsTold() throws java.io.IOException {
        var relative = "{\"openapi\": \"3.0.3\", \"servers\": [{\"url\": \"v1\"}],"
                + " \"paths\": {\"/a\": {\"servers\": [{\"url\": \"v2\"}], \"get\": {}}}}";
        assertThatThrownBy(() -> api(relative)).hasMessageContaining("a path that begins with `/`, or `base-path`");
        var told = OpenApi.builder(new ObjectMapper().readTree(relative))
                .basePath("/v3")
                .build();
        assertThat(said(told, get("/v3/a"))).isEqualTo("passes");
    }

    @Test
    void whatIsOnlyToBeReadIsSoWhereAReferenceSaysIt() {
        var api = api("""
                {"openapi": "3.0.3", "components": {"schemas": {
                   "Id": {"type": "string", "readOnly": true},
                   "Part": {"allOf": [{"$ref": "#/components/schemas/Id"}]},
                   "Node": {"type": "object", "properties": {"node": {"$ref": "#/components/schemas/Node"}}}}},
                 "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": {
                   "type": "object", "required": ["id", "part", "node"], "properties": {
                     "id": {"$ref": "#/components/schemas/Id"}, "part": {"$ref": "#/components/schemas/Part"},
                     "node": {"$ref": "#/components/schemas/Node"}}}}}}}}}}
                """);
        assertThat(said(api, post("{\"node\": {}}"))).isEqualTo("passes");
        assertThat(said(api, post("{\"node\": {}, \"id\": \"x\"}"))).startsWith("schema-violation /id ");
        assertThat(said(api, post("{\"node\": {}, \"part\": \"x\"}"))).startsWith("schema-violation /part ");
        assertThat(said(api, post("{}"))).isEqualTo("schema-violation /node required");
    }

    @Test
    void anObjectThatIsSpreadOverTheQueryTakesNamesOfTheClients() {
        var api = paths("\"/a\": {\"get\": {\"parameters\": ["
                + "{\"name\": \"page\", \"in\": \"query\", \"schema\": {\"type\": \"integer\"}},"
                + "{\"name\": \"others\", \"in\": \"query\", \"schema\": {\"type\": \"object\","
                + " \"maxProperties\": 2, \"additionalProperties\": {\"type\": \"string\", \"maxLength\": 3}}}]}}");
        assertThat(said(api, get("/a?page=1&x=abc&y="))).isEqualTo("passes");
        assertThat(said(api, get("/a?page=1&x=abcd"))).isEqualTo("invalid-parameter /query/others/* maxLength");
        assertThat(said(api, get("/a?page=x"))).isEqualTo("invalid-parameter /query/page type");
        assertThat(said(api, get("/a?x=1&y=2&z=3"))).isEqualTo("invalid-parameter /query/others maxProperties");
        assertThat(said(api, get("/a?x=1&x=2"))).isEqualTo("invalid-parameter /query/others style");
    }

    @Test
    void anObjectThatMustBeThereIsThereWithoutProperties() {
        var api = paths(
                "\"/a\": {\"get\": {\"parameters\": [{\"name\": \"o\", \"in\": \"query\", \"required\": true, \"schema\": "
                        + "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"string\"}}}}]},"
                        + "\"post\": {\"parameters\": [{\"name\": \"o\", \"in\": \"query\", \"required\": true, \"schema\": "
                        + "{\"type\": \"object\", \"required\": [\"x\"], \"properties\": {\"x\": {\"type\": \"string\"}}}}]}}");
        assertThat(said(api, get("/a"))).isEqualTo("passes");
        assertThat(said(api, RecordedWire.of("POST", "/a"))).isEqualTo("invalid-parameter /query/o/x required");
    }

    @Test
    void anObjectWithoutSuchNamesTakesNone() {
        var api = paths("\"/a\": {\"get\": {\"parameters\": [{\"name\": \"o\", \"in\": \"query\", \"schema\": "
                + "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"string\"}}}}]}}");
        assertThat(said(api, get("/a?x=1"))).isEqualTo("passes");
        assertThat(said(api, get("/a?y=1"))).isEqualTo("invalid-parameter /query/* unknown");
    }

    @Test
    void aSchemaMayBeLarge() {
        var properties = IntStream.range(0, 6_000)
                .mapToObj(
                        i -> "\"p" + i + "\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}")
                .collect(Collectors.joining(", "));
        var api = paths("\"/a\": {\"post\": {\"requestBody\": {\"content\": {\"application/json\": {\"schema\": "
                + "{\"type\": \"object\", \"properties\": {" + properties + "}}}}}}}");
        assertThat(said(api, post("{\"p5999\": {\"a\": 1}}"))).isEqualTo("schema-violation /p5999/a type");
        assertThat(said(api, post("{\"p5999\": {\"a\": \"1\"}}"))).isEqualTo("passes");
    }
}
