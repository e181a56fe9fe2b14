package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body.Part;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Json;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one form that are no files, within one bound for all of them. Belongs to one call. */
final class PartReading {

    private static final Reply LARGE = Reply.problem(413, "body-too-large");
    private static final String TEXT = "text/plain";

    private long left;

    PartReading(long maxBytes) {
        this.left = maxBytes;
    }

    /**
     * What came of reading a part.
     *
     * @param value its value; null when there is a denial, or it counts as absent
     * @param deny the denial; null when there is none
     */
    record Result(@Nullable JsonNode value, Verdict.@Nullable Deny deny) {

        /** A field that counts as none. */
        static final Result ABSENT = new Result(null, null);

        static Result of(JsonNode value) {
            return new Result(value, null);
        }

        static Result of(Verdict.Deny deny) {
            return new Result(null, deny);
        }
    }

    /** The value of a part as its terms have it. */
    Result value(FormTerms terms, Part part, Shape own) {
        var stated = part.contentType();
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        if (stated != null && type == null || !isAgreed(terms.field(part.name()), type, own)) {
            return Result.of(PartHeaders.otherType(terms, part));
        }
        var json = type == null ? own.isObject() : type.isJson();
        // browsers give what is no text a file name
        var named = type != null && !terms.field(part.name()).types().isEmpty();
        if (part.isFile() && !json && !named) {
            return Result.of(terms.denied(part.name(), "type", "a file where a field of text was agreed"));
        }
        left -= part.size();
        if (left < 0) {
            return Result.of(Verdict.deny(LARGE, Evidence.of("body-too-large")));
        }
        var bytes = bytes(part);
        if (type != null && type.isNarrow() && !isAscii(bytes)) {
            return Result.of(PartHeaders.otherType(terms, part));
        }
        if (json) {
            return bytes.length == 0 && terms.isAbsent("", own) ? Result.ABSENT : json(bytes);
        }
        return Utf8.wellFormed(bytes)
                ? text(terms, new String(bytes, StandardCharsets.UTF_8), own)
                : Result.of(FormTerms.malformed("a field that is not UTF-8"));
    }

    private static Result text(FormTerms terms, String text, Shape own) {
        return terms.isAbsent(text, own) ? Result.ABSENT : Result.of(own.scalar(text));
    }

    private static boolean isAgreed(FieldTerms field, @Nullable MediaType type, Shape own) {
        if (type == null) {
            return true;
        }
        if (!type.isReadAsUtf8()) {
            return false;
        }
        if (!field.types().isEmpty()) {
            return field.names(type);
        }
        return type.isJson() ? !own.isText() : !own.isObject() && type.essence().equals(TEXT);
    }

    private static Result json(byte[] bytes) {
        var result = Json.read(bytes);
        return result instanceof Json.Read read
                ? Result.of(read.node())
                : Result.of(FormTerms.malformed(((Json.Malformed) result).reason()));
    }

    private static boolean isAscii(byte[] bytes) {
        for (var octet : bytes) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(Part part) {
        try (var in = part.open()) {
            return in.readNBytes(Math.toIntExact(part.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
