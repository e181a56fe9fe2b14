package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.Body.Part;
import dev.portcullis.Body.Parts;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Looks at the fields of a multipart form, and at the names of its files; what is in the files it leaves to rules for uploads. */
@TrustedBase
final class PartScan {

    private static final Reply LARGE = Reply.problem(413, "body-too-large");

    private PartScan() {}

    /** Looks at all parts, whose fields may be this long together. */
    static Verdict.@Nullable Deny of(Inspection inspection, Request request, long maxBytes) {
        var parts = request.body().parts(Long.MAX_VALUE);
        if (parts instanceof Parts.Denied refused) {
            return refused.deny();
        }
        var all = ((Parts.Whole) parts).all();
        var fields = 0L;
        for (var part : all) {
            fields += part.isFile() ? 0 : part.size();
        }
        if (fields > maxBytes) {
            return Verdict.deny(LARGE, Evidence.of("body-too-large"));
        }
        var body = inspection.ofBody(fields);
        for (var part : all) {
            var deny = look(body, part);
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private static Verdict.@Nullable Deny look(Inspection inspection, Part part) {
        var deny = inspection.look(Place.FORM_NAME, part.name(), part.name());
        var file = part.fileName();
        // of a file, what is proven is not its name
        if (deny != null || file == null && inspection.spares(Place.FORM_VALUE, part.name())) {
            return deny;
        }
        return file == null ? field(inspection, part) : inspection.look(Place.FILE_NAME, part.name(), file);
    }

    private static Verdict.@Nullable Deny field(Inspection inspection, Part part) {
        var stated = part.contentType();
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        return type == null || BodyScan.isReadable(type)
                ? inspection.look(Place.FORM_VALUE, part.name(), text(part))
                : BodyScan.unreadable(type);
    }

    private static String text(Part part) {
        try (var bytes = part.open()) {
            return new String(bytes.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
