package dev.portcullis.http;

import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import org.jspecify.annotations.Nullable;

/** A body without its content coding, for whoever judges it. Belongs to one request and one thread at a time. */
@TrustedBase
final class DecodedBody implements Body {

    private static final Reply UNSUPPORTED =
            Reply.problem(415, "unsupported-media-type").with("Accept-Encoding", "identity");

    private final Body encoded;
    private final String coding;
    private final int maxRatio;
    private @Nullable Content last;
    private long lastBound = -1;

    DecodedBody(Body encoded, String coding, int maxRatio) {
        this.encoded = encoded;
        this.coding = coding;
        this.maxRatio = maxRatio;
    }

    /** Nobody knows before it is decoded. */
    @Override
    public long declaredLength() {
        return encoded.declaredLength() == 0 ? 0 : -1;
    }

    @Override
    public boolean isEmpty() {
        return encoded.isEmpty();
    }

    @Override
    public Content content(long bound) {
        if (last == null || lastBound != bound) {
            last = encoded.content(bound) instanceof Content.Whole whole
                    ? new Inflation(whole.bytes(), bound, maxRatio).of(coding)
                    : encoded.content(bound);
            lastBound = bound;
        }
        return last;
    }

    @Override
    public boolean givesParts() {
        return encoded.givesParts();
    }

    /** Containers take nothing apart that is encoded. */
    @Override
    public Parts parts(long bound) {
        return new Parts.Denied(Verdict.deny(UNSUPPORTED, Evidence.of("content-encoding", coding)));
    }
}
