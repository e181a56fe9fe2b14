package dev.portcullis.http;

import dev.portcullis.Body.Content;
import dev.portcullis.Body.Parts;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.io.IOException;

/**
 * What came of taking a multipart form apart. Immutable.
 *
 * @param parts the parts, or why there are none
 * @param total how many bytes all parts have together
 * @param byContainer whether the container has done it, so that the bytes of the body are gone
 */
@TrustedBase
record TakenApart(Parts parts, long total, boolean byContainer) {

    /** How much is read where another rule has begun, and the container takes nothing apart any more. */
    private static final long MAX_BYTES = 50L << 20;

    /** Takes a body apart that may have so many bytes. */
    static TakenApart of(StreamedBody body, Wire wire, MediaType type, long bound) {
        if (body.touched()) {
            return ofBytes(body, type, bound);
        }
        try {
            var received = wire.parts(body.declaredLength() >= 0);
            if (received == null) {
                return ofBytes(body, type, bound);
            }
            var total = received.stream().mapToLong(WirePart::size).sum();
            return new TakenApart(parts(Multipart.of(received)), total, true);
        } catch (TooLarge e) {
            return refused(BodyLimit.TOO_LARGE, true);
        } catch (IOException e) {
            return refused(StreamedBody.malformed(e.toString()), true);
        }
    }

    private static TakenApart ofBytes(StreamedBody body, MediaType type, long bound) {
        var content = body.content(body.complete() ? bound : Math.min(bound, MAX_BYTES));
        if (content instanceof Content.Denied denied) {
            return refused(denied.deny(), false);
        }
        var bytes = ((Content.Whole) content).bytes();
        return new TakenApart(parts(Multipart.of(type, bytes)), bytes.length, false);
    }

    private static Parts parts(Multipart form) {
        return form.trouble() == null
                ? new Parts.Whole(form.parts())
                : new Parts.Denied(StreamedBody.malformed(form.trouble()));
    }

    private static TakenApart refused(Verdict.Deny deny, boolean byContainer) {
        return new TakenApart(new Parts.Denied(deny), 0, byContainer);
    }

    /** Tells whether asking again would bring the same, whatever the bound. */
    boolean isFinal() {
        return byContainer || parts instanceof Parts.Whole;
    }

    /** The parts for whoever takes no more than so many bytes. */
    Parts within(long bound) {
        return total > bound ? new Parts.Denied(BodyLimit.TOO_LARGE) : parts;
    }
}
