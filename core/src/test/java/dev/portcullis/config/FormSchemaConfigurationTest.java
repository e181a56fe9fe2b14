package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** `form.schema`, and multipart forms of OpenAPI documents, as policies say them. */
class FormSchemaConfigurationTest {

    private static final String SCHEMA =
            "'{\"required\": [\"title\"], \"properties\": {\"title\": {\"type\": \"string\", \"maxLength\": 9}, \"page\": {\"type\": \"integer\"}}}'";
    private static final String DOCUMENT =
            "'{\"openapi\": \"3.1.0\", \"paths\": {\"/notes\": {\"post\": {\"requestBody\": {\"content\": {\"multipart/form-data\": "
                    + "{\"schema\": {\"type\": \"object\", \"properties\": {\"page\": {\"type\": \"integer\"}, \"text\": {\"type\":"
                    + " \"string\"}, \"photo\": {}}}}}}}}}}'";

    private static String policy(String terms) {
        return "policies: { notes: { paths: [/notes], public: true, " + terms + " } }\n";
    }

    private static RecordedWire form(String body) {
        return RecordedWire.of("POST", "/notes")
                .with("Host", "localhost")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    private static RecordedWire multipart(String names, String value) {
        return RecordedWire.of("POST", "/notes")
                .with("Host", "localhost")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body("--b\r\nContent-Disposition: form-data; " + names + "\r\n\r\n" + value + "\r\n--b--\r\n");
    }

    @Test
    void holdsFormsAgainstTheirSchemaBesideTheOtherTerms() {
        try (var gate = gate(policy("form: { max-fields: 2, schema: " + SCHEMA + " }"))) {
            assertThat(outcome(gate, form("title=a&page=2"))).isEqualTo("proceed");
            assertThat(outcome(gate, form("title=a&page=x"))).isEqualTo("notes.form-schema 400 schema-violation");
            assertThat(outcome(gate, form("title=a&page=2&more=1"))).isEqualTo("notes.form 400 invalid-parameter");
            assertThat(outcome(gate, multipart("name=\"title\"", "a"))).isEqualTo("proceed");
            assertThat(outcome(gate, multipart("name=\"page\"", "1")))
                    .isEqualTo("notes.form-schema 400 schema-violation");
            assertThat(outcome(gate, get("/notes"))).isEqualTo("proceed");
        }
        try (var gate = gate(policy("form: { mode: observe, schema: " + SCHEMA + " }"))) {
            assertThat(outcome(gate, form("page=x"))).isEqualTo("proceed");
        }
    }

    @Test
    void letsFilesBeAsLargeAsUploadsOrTheBodyMayBe() {
        var large = multipart("name=\"photo\"; filename=\"a.png\"", "x".repeat(5000));
        var schema = "form: { schema: '{\"properties\": {}}' }";
        try (var gate = gate(policy(schema))) {
            assertThat(outcome(gate, large)).isEqualTo("proceed");
        }
        try (var gate = gate(policy(schema + ", body: { max-size: 1KB }"))) {
            assertThat(outcome(gate, large)).contains("413 body-too-large");
        }
        try (var gate = gate(policy("openapi: { document: " + DOCUMENT + " }, uploads: { max-size: 1KB }"))) {
            assertThat(outcome(gate, large)).contains("413 body-too-large");
        }
    }

    @Test
    void looksForAttacksInFieldsOfDescribedMultipartForms() {
        var attack = "<script>alert(1)</script>";
        try (var gate = gate(policy("attacks: {}, openapi: { document: " + DOCUMENT + " }"))) {
            assertThat(outcome(gate, multipart("name=\"page\"", "1"))).isEqualTo("proceed");
            assertThat(outcome(gate, multipart("name=\"page\"", "x"))).isEqualTo("notes.openapi 400 schema-violation");
            assertThat(outcome(gate, multipart("name=\"text\"", attack))).startsWith("notes.attacks 403");
        }
        try (var gate = gate(policy("attacks: {}, openapi: { multipart: ignore, document: " + DOCUMENT + " }"))) {
            assertThat(outcome(gate, multipart("name=\"page\"", "x"))).isEqualTo("proceed");
            assertThat(outcome(gate, multipart("name=\"text\"", attack))).isEqualTo("proceed");
        }
    }

    @Test
    void stopsTheStartWithWhatIsWrong() {
        assertThatThrownBy(() ->
                        gate(policy("form: { schema: '{\"type\": \"x\"}' }")).close())
                .hasMessageContaining("policies.notes.form.schema");
        assertThatThrownBy(() -> gate(policy("form: { schema: '{}' }, body: { schema: '{}' }"))
                        .close())
                .hasMessageContaining("policies.notes.form.schema")
                .hasMessageContaining("write one policy for each");
        assertThatThrownBy(() -> gate(policy("openapi: { multipart: maybe, document: " + DOCUMENT + " }"))
                        .close())
                .hasMessageContaining("policies.notes.openapi.multipart");
    }

    @Test
    void fieldsAreAsciiWhereAnotherCharsetIsStatedOutOfHabit() {
        try (var gate = gate(policy("form: { fields: [title] }"))) {
            for (var charset : List.of("US-ASCII", "iso-8859-1", "\"UTF-8\"")) {
                assertThat(outcome(gate, stated(charset, "title=a+b")))
                        .as(charset)
                        .isEqualTo("proceed");
            }
            for (var body : List.of("title=%FC", "title=%C3%BC", "%FC=a")) {
                assertThat(outcome(gate, stated("ISO-8859-1", body)))
                        .as(body)
                        .isEqualTo("notes.form 415 unsupported-media-type");
            }
            assertThat(outcome(gate, stated("windows-1252", "title=a")))
                    .isEqualTo("notes.form 415 unsupported-media-type");
        }
    }

    private static RecordedWire stated(String charset, String body) {
        return RecordedWire.of("POST", "/notes")
                .with("Host", "localhost")
                .with("Content-Type", "application/x-www-form-urlencoded; charset=" + charset)
                .body(body);
    }
}
