package dev.portcullis.schema;

import static dev.portcullis.schema.OpenApiTest.of;
import static dev.portcullis.schema.OpenApiTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Route;
import dev.portcullis.http.RecordedWire;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which operations of an OpenAPI document a request is held against. */
class OpenApiPathsTest {

    private static final String TWO = """
            "/a/{x}/c": {"get": {"parameters": [
              {"name": "x", "in": "path", "required": true, "schema": {"type": "integer"}}]}},
            "/{y}/b/c": {"get": {"parameters": [
              {"name": "y", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 1}}]}},
            "/{y}/b/c/d": {"post": {}}
            """;

    @Test
    void holdsARequestAgainstAllTemplatesThatAreAsNear() {
        var api = of(TWO);
        assertThat(status(api, RecordedWire.of("GET", "/a/1/c"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("GET", "/z/b/c"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("GET", "/a/b/c"))).isEqualTo(400);
    }

    @Test
    void holdsARequestAgainstTheTemplateThatTheFrameworkHasChosen() {
        var api = of(TWO);
        var wire = RecordedWire.of("GET", "/a/b/c");
        assertThat(status(api, wire.to(new Route("h", "/{other:.*}/b/c", Map.of()))))
                .isEqualTo(200);
        assertThat(status(api, wire.to(new Route("h", "/a/{id}/c", Map.of())))).isEqualTo(400);
    }

    private static final String MIXED = """
            "/reports/{name}.{format}": {"get": {"parameters": [
              {"name": "name", "in": "path", "required": true, "schema": {"type": "string", "pattern": "^[a-z0-9]+$"}},
              {"name": "format", "in": "path", "required": true, "schema": {"enum": ["csv"]}}]}}
            """;

    @Test
    void findsTextBetweenNamesThatIsWrittenWithPercentSigns() {
        var api = of(MIXED);
        assertThat(status(api, RecordedWire.of("GET", "/reports/q1.csv"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("GET", "/reports/q1%2ecsv"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("GET", "/reports/q1%2Eexe"))).isEqualTo(400);
        assertThat(status(api, RecordedWire.of("GET", "/reports/%2e%2Ecsv"))).isEqualTo(400);
        assertThat(status(api, RecordedWire.of("GET", "/reports/q1%csv"))).isEqualTo(404);
    }

    @Test
    void readsTextThatStandsTwiceBetweenNamesInBothWays() {
        var api = of("""
                "/reports/{name}.{format}": {"get": {"parameters": [
                  {"name": "name", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 2}},
                  {"name": "format", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 5}}]}}
                """);
        assertThat(status(api, RecordedWire.of("GET", "/reports/a.b.c"))).isEqualTo(400);
        assertThat(status(api, RecordedWire.of("GET", "/reports/a.bc"))).isEqualTo(200);
    }

    @Test
    void findsAnOperationAmongManyOfTheSameLength() {
        var paths = new StringBuilder(TWO);
        for (var i = 0; i < 300; i++) {
            paths.append(", \"/p")
                    .append(i)
                    .append("/{id}/c\": {\"get\": {\"parameters\": [{\"name\": \"id\", \"in\": \"path\",")
                    .append(" \"required\": true, \"schema\": {\"type\": \"integer\", \"minimum\": ")
                    .append(i)
                    .append("}}]}}");
        }
        var api = of(paths.toString());
        assertThat(status(api, RecordedWire.of("GET", "/p299/299/c"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("GET", "/p299/298/c"))).isEqualTo(400);
        assertThat(status(api, RecordedWire.of("GET", "/p%3299/298/c"))).isEqualTo(400);
        assertThat(status(api, RecordedWire.of("GET", "/p299//c"))).isEqualTo(200);
        assertThat(status(api, RecordedWire.of("POST", "/p299/299/c"))).isEqualTo(405);
    }
}
