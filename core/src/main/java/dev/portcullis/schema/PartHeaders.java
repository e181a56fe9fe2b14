package dev.portcullis.schema;

import dev.portcullis.Body.Part;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiText.Broken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the header fields of the parts of a form. */
final class PartHeaders {

    private static final String UNDECLARED = "application/octet-stream";
    private static final String MEDIA_TYPE = "media-type";

    private PartHeaders() {}

    /** What is wrong with the fields that were agreed for a part; null when nothing is. */
    static Verdict.@Nullable Deny denial(FormTerms terms, FieldTerms field, Part part) {
        var found = new ArrayList<Reply.Violation>();
        for (var header : field.headers()) {
            for (var one : header.objections(new Sent(part))) {
                // the place of a header in a request is `/header/NAME`
                var place = one.pointer().substring(one.pointer().indexOf('/', 1));
                found.add(new Reply.Violation(terms.pointer(part.name()) + place, one.keyword()));
            }
        }
        return found.isEmpty()
                ? null
                : Verdict.deny(
                        FormTerms.VIOLATION.withErrors(found),
                        Evidence.of(JsonBody.SCHEMA_VIOLATION, "header fields of the part `" + part.name() + "`"));
    }

    /** What is wrong with the media type of a file; null when nothing is. */
    static Verdict.@Nullable Deny ofFile(FormTerms terms, FieldTerms field, FieldTerms.Bytes file, Part part) {
        var stated = part.contentType();
        var type = MediaType.parseOrNull(stated == null ? UNDECLARED : stated);
        if (type == null) {
            return otherType(terms, part);
        }
        if (!field.types().isEmpty()) {
            return field.names(type) ? null : otherType(terms, part);
        }
        return file.type().isEmpty() || file.type().equals(type.essence()) ? null : otherType(terms, part);
    }

    /** The denial of a part of another media type than was agreed. */
    static Verdict.Deny otherType(FormTerms terms, Part part) {
        var errors = List.of(new Reply.Violation(terms.pointer(part.name()), MEDIA_TYPE));
        return Verdict.deny(
                FormTerms.TYPE.withErrors(errors),
                Evidence.of("content-type", part.contentType() + " of the part `" + part.name() + "`"));
    }

    /** What a part says. */
    private record Sent(Part part) implements ApiParameter.Source {

        @Override
        public @Nullable String text(ApiParameter parameter) throws Broken {
            var lines = part.headers().stream()
                    .filter(line -> line.named(parameter.name()))
                    .map(dev.portcullis.Header::value)
                    .toList();
            if (lines.size() > 1 && !parameter.shape().isArray()) {
                throw new Broken("sent more than once");
            }
            return lines.isEmpty() ? null : String.join(",", lines);
        }

        @Override
        public List<Pair> pairs(ApiParameter parameter) {
            return List.of();
        }
    }
}
