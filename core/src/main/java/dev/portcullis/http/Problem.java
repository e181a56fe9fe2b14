package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.portcullis.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of a reply as problem details (RFC 9457).
 *
 * <p>Its members are {@code type}, {@code title}, {@code status}, {@code code}, {@code requestId}, and {@code errors} where the
 * reply has some. Nothing in it depends on what the client sent.
 */
public final class Problem {

    /** The media type of the bytes. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:portcullis:problem:";
    private static final int USUAL_LENGTH = 256;

    private Problem() {}

    /**
     * The reply as JSON in UTF-8.
     *
     * @throws IllegalArgumentException when the reply has no code, and so is an answer and no problem
     */
    public static byte[] render(Reply reply, String requestId) {
        var code = reply.code();
        if (code.isEmpty()) {
            throw new IllegalArgumentException("reply: without a code (expected: a problem)");
        }
        var json = new StringBuilder(USUAL_LENGTH);
        member(json.append('{'), "type", TYPE + code);
        member(json.append(','), "title", title(code));
        json.append(",\"status\":").append(reply.status());
        member(json.append(','), "code", code);
        member(json.append(','), "requestId", requireNonNull(requestId, "requestId"));
        if (!reply.errors().isEmpty()) {
            errors(json.append(",\"errors\":["), reply.errors());
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The code as words: {@code body-too-large} is "Body too large". */
    private static String title(String code) {
        var words = code.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static void errors(StringBuilder json, List<Reply.Violation> errors) {
        for (var i = 0; i < errors.size(); i++) {
            json.append(i == 0 ? "{" : ",{");
            member(json, "pointer", errors.get(i).pointer());
            member(json.append(','), "keyword", errors.get(i).keyword());
            json.append('}');
        }
        json.append(']');
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }
}
