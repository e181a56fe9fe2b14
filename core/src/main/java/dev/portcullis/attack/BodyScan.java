package dev.portcullis.attack;

import dev.portcullis.Body.Content;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes a body apart that is a form or JSON. */
final class BodyScan {

    private BodyScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, Request request, long maxBytes) {
        var type = request.header("Content-Type");
        if (type == null || request.body().isEmpty()) {
            return null;
        }
        var form = type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
        var json = type.regionMatches(true, 0, "application/json", 0, 16);
        if (!form && !json) {
            return null;
        }
        var content = request.body().content(maxBytes);
        if (content instanceof Content.Refused refused) {
            return refused.deny();
        }
        var bytes = ((Content.Whole) content).bytes();
        var out = new StringBuilder(bytes.length);
        Percent.append(bytes, bytes.length, out);
        return form
                ? Pairs.look(inspection, out.toString(), Place.FORM_NAME, Place.FORM_VALUE)
                : JsonScan.of(inspection, bytes);
    }
}
