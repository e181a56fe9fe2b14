package dev.portcullis.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.portcullis.Header;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of traffic. Immutable.
 *
 * @param id the line's id
 * @param stopped whether the request was stopped
 * @param status the reply's status, or the recorded one of the application; 0 when nobody knows
 * @param code the reply's code; null for a request that goes on, and for an answer that is no problem
 * @param rule the rule that stopped the request; null when none did
 * @param headers the reply's headers, or those that are added to the application's response
 * @param matched the rules that objected, enforced or observed, each followed by the ids of what matched in it
 * @param nanos how long it took
 */
public record Result(
        String id,
        boolean stopped,
        int status,
        @Nullable String code,
        @Nullable String rule,
        List<Header> headers,
        List<String> matched,
        long nanos) {

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    /** Copies the lists. */
    public Result {
        headers = List.copyOf(headers);
        matched = List.copyOf(matched);
    }

    /** Writes one line of JSON, with its end. */
    void write(Writer out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("decision", stopped ? "stop" : "proceed");
            if (status == 0) {
                json.writeNullField("status");
            } else {
                json.writeNumberField("status", status);
            }
            json.writeStringField("code", code);
            json.writeStringField("rule", rule);
            headers(json);
            json.writeArrayFieldStart("matched");
            for (var one : matched) {
                json.writeString(one);
            }
            json.writeEndArray();
            json.writeNumberField("nanos", nanos);
            json.writeEndObject();
        }
        out.write('\n');
    }

    private void headers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("headers");
        for (var header : headers) {
            json.writeStartArray();
            json.writeString(header.name());
            json.writeString(header.value());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Writes the line of a request that could not be read. */
    static void writeError(Writer out, String id, long number, String message) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("error", "line " + number + ": " + message);
            json.writeEndObject();
        }
        out.write('\n');
    }
}
