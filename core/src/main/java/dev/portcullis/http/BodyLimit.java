package dev.portcullis.http;

import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;

/**
 * Denies bodies that are longer than allowed, with 413 {@code body-too-large}. Immutable.
 *
 * <p>A body whose length is declared is judged at once. Any other is counted while the application reads it, so that nothing is
 * held back.
 */
@TrustedBase
public final class BodyLimit implements Check {

    static final Verdict.Deny TOO_LARGE =
            Verdict.deny(Reply.problem(413, "body-too-large"), Evidence.of("body-too-large"));

    private final long maxBytes;
    private final Verdict.Pass counting;

    private BodyLimit(long maxBytes) {
        this.maxBytes = maxBytes;
        this.counting = Verdict.Pass.watching(new Count(maxBytes));
    }

    /**
     * A limit of so many bytes.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public static BodyLimit of(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("max-size: " + maxBytes + " (expected: >= 0)");
        }
        return new BodyLimit(maxBytes);
    }

    @Override
    public Verdict check(Request request) {
        var body = request.body();
        var declared = body.declaredLength();
        if (declared >= 0) {
            return declared > maxBytes ? TOO_LARGE : Verdict.pass();
        }
        if (body instanceof StreamedBody streamed && streamed.touched()) {
            return body.content(maxBytes) instanceof Body.Content.Denied denied ? denied.deny() : Verdict.pass();
        }
        return counting;
    }

    /** Counts what the application reads. */
    private record Count(long maxBytes) implements Watch {

        @Override
        public Verdict reading(long total) {
            return total > maxBytes ? TOO_LARGE : Verdict.pass();
        }
    }
}
