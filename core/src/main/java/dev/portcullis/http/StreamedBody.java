package dev.portcullis.http;

import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read from the connection when a check first asks, and replayed to the application.
 *
 * <p>Belongs to one request and one thread at a time.
 */
@TrustedBase
public final class StreamedBody implements Body {

    private static final Verdict.Deny TOO_LARGE =
            Verdict.deny(Reply.problem(413, "body-too-large"), Evidence.of("body-too-large"));
    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final int FIRST_READ = 8192;

    private final Wire wire;
    private final View view;
    private byte[] kept = new byte[0];
    private int length;
    private boolean complete;
    private @Nullable InputStream stream;

    StreamedBody(Wire wire, View view) {
        this.wire = wire;
        this.view = view;
    }

    @Override
    public long declaredLength() {
        var declared = view.header("Content-Length");
        if (declared == null || declared.isEmpty() || declared.length() > 18) {
            return -1;
        }
        return declared.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(declared) : -1;
    }

    @Override
    public boolean isEmpty() {
        var declared = declaredLength();
        return declared == 0 || declared < 0 && view.header("Transfer-Encoding") == null && complete && length == 0;
    }

    /** Tells whether anything was read, so that the application must be given a replay. */
    public boolean touched() {
        return stream != null;
    }

    /** What was read so far, followed by what the connection still holds. Meaningful once {@link #touched}. */
    public InputStream replay() {
        throw new IllegalStateException("replay");
    }

    @Override
    public Content content(long bound) {
        if (declaredLength() > bound) {
            return new Content.Refused(TOO_LARGE);
        }
        try {
            fill(bound);
        } catch (IOException | RuntimeException e) {
            return new Content.Refused(
                    Verdict.deny(MALFORMED, Evidence.of("malformed-body", String.valueOf(e.getMessage()))));
        }
        return length > bound ? new Content.Refused(TOO_LARGE) : new Content.Whole(Arrays.copyOf(kept, length));
    }

    private void fill(long bound) throws IOException {
        var source = stream == null ? stream = wire.body() : stream;
        while (!complete && length <= bound) {
            if (length == kept.length) {
                kept = Arrays.copyOf(kept, (int) Math.min(Math.max(FIRST_READ, kept.length * 2L), bound + 1));
            }
            var count = source.read(kept, length, kept.length - length);
            complete = count < 0;
            length += Math.max(count, 0);
        }
    }
}
