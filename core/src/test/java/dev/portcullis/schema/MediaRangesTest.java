package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that an OpenAPI document describes for a range of media types. */
class MediaRangesTest {

    private static final String VALUES =
            "{\"type\": \"object\", \"required\": [\"n\"], \"properties\": {\"n\": {\"type\": \"integer\"}}}";
    private static final String BYTES = "{\"type\": \"string\", \"format\": \"binary\"}";

    private static String said(String range, String schema, RecordedWire wire) {
        var document = "{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {\"post\": {\"requestBody\": {\"content\": {\""
                + range + "\": {\"schema\": " + schema + "}, \"application/vnd.a+json\": {}}}}}}}";
        try {
            var api = OpenApi.builder(new ObjectMapper().readTree(document)).build();
            return api.check(wire.view()) instanceof Verdict.Deny deny
                    ? deny.reply().code()
                    : "passes";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(document, e);
        }
    }

    private static RecordedWire post(String type, String body) {
        return RecordedWire.of("POST", "/a").with("Content-Type", type).body(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/*; v=1 | application/json | {"n":1} | passes
            application/* | application/json | {"n":"1"} | schema-violation
            application/* | application/problem+json; charset=utf-8 | {} | schema-violation
            application/* | application/json | {"n":1,"n":1} | malformed-body
            application/* | application/vnd.a+json | {} | passes
            */* | APPLICATION/JSON | {} | schema-violation
            */* | text/x+json | {"n":true} | schema-violation
            */* | application/xml | <a/> | passes
            application/* | application/x-www-form-urlencoded | n=1 | passes
            application/* | application/x-www-form-urlencoded | n=x | schema-violation
            */* | application/x-www-form-urlencoded | m=1 | schema-violation
            */* | multipart/form-data; boundary=x | --x-- | unsupported-media-type
            */* | multipart/mixed; boundary=x | --x-- | unsupported-media-type
            application/* | text/plain | a | unsupported-media-type
            """)
    void whatApplicationsReadAsValuesIsJudged(String range, String type, String body, String said) {
        assertThat(said(range, VALUES, post(type, body))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */* | application/json | {"n":
            */* | image/png | x
            */* | multipart/form-data; boundary=x | --x--
            application/* | application/x-www-form-urlencoded | %%
            """)
    void bytesAreAnything(String range, String type, String body) {
        assertThat(said(range, BYTES, post(type, body))).isEqualTo("passes");
        assertThat(said(range, "{}", post(type, body))).isEqualTo("passes");
        assertThat(said(range, "{\"description\": \"a file\"}", post(type, body)))
                .isEqualTo("passes");
    }
}
