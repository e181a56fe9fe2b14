package dev.portcullis.http;

import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read from the connection when a check first asks, and replayed to the application.
 *
 * <p>What was read is kept, for checks with other bounds and for the application. Belongs to one request and one thread at a time.
 */
@TrustedBase
public final class StreamedBody implements Body {

    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final Reply NO_FORM =
            Reply.problem(415, "unsupported-media-type").with("Accept", "multipart/form-data");
    private static final Reply ENCODED =
            Reply.problem(415, "unsupported-media-type").with("Accept-Encoding", "identity");
    static final Verdict.Deny TOO_SLOW =
            Verdict.deny(Reply.problem(408, "body-too-slow"), Evidence.of("body-too-slow"));
    private static final String MULTIPART = "multipart/";

    /** How long a body that rules read may take to come, all together, in seconds; a single read is bounded by the container. */
    static final long MAX_SECONDS = 30;

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_READ = 8192;
    private static final int MAX_KEPT = Integer.MAX_VALUE - 16;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final int UNKNOWN = -2;

    private final Wire wire;
    private final Head head;
    private long declared = UNKNOWN;
    private byte[] kept = NOTHING;
    private int length;
    private boolean complete;
    private boolean replayed;
    private @Nullable InputStream stream;
    private @Nullable Exception failure;
    private @Nullable TakenApart taken;
    private final LongSupplier nanos;
    private long waited;

    StreamedBody(Wire wire, Head head, LongSupplier nanos) {
        this.wire = wire;
        this.head = head;
        this.nanos = nanos;
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is 0 where HTTP/1 takes silence for the absence of a body, and -1 whenever there is a {@code Transfer-Encoding}, which
     * overrules {@code Content-Length} (RFC 9112, section 6.3), or a length that not every reader reads as the same number.
     */
    @Override
    public long declaredLength() {
        if (declared == UNKNOWN) {
            declared = declaration();
        }
        return declared;
    }

    private long declaration() {
        if (head.header("Transfer-Encoding") != null) {
            return -1;
        }
        var sent = head.header("Content-Length");
        if (sent == null) {
            return wire.unannouncedIsEmpty() ? 0 : -1;
        }
        return isNumber(sent) ? Long.parseLong(sent) : -1;
    }

    static boolean isNumber(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH_DIGITS;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the head does not tell, the first bytes are read. A body that cannot be read is not empty, and neither is one that
     * is said to be multipart, of which the container could take nothing apart any more.
     */
    @Override
    public boolean isEmpty() {
        var announced = declaredLength();
        if (announced >= 0) {
            return announced == 0;
        }
        if (!touched() && (takenApart() || isMultipart())) {
            return false;
        }
        return (touched() || readUpTo(0)) && complete && length == 0;
    }

    /** Tells whether anything was read, so that the application must be given a replay. */
    public boolean touched() {
        return stream != null || failure != null;
    }

    /** Tells whether all of the body was read, so that a replay reads no more from the connection. */
    public boolean complete() {
        return complete;
    }

    /**
     * The body from its beginning: what was read so far, followed by what the connection still holds.
     *
     * <p>Where reading has failed, the replay fails at the same place. Once a replay has been handed out, an incomplete body cannot
     * be judged any more.
     */
    public InputStream replay() {
        replayed = true;
        return new Replay();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the application may have read on already, so that nobody can tell
     */
    @Override
    public Content content(long bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: >= 0)");
        }
        var most = Math.min(bound, MAX_KEPT);
        if (declaredLength() > most || length > most) {
            return new Content.Denied(BodyLimit.TOO_LARGE);
        }
        if (declaredLength() == 0) {
            return new Content.Whole(kept);
        }
        if (takenApart()) {
            throw new IllegalStateException("body: taken apart before its bytes were asked for");
        }
        if (!readUpTo(most)) {
            return new Content.Denied(malformed());
        }
        return length > most ? new Content.Denied(BodyLimit.TOO_LARGE) : whole();
    }

    private Content whole() {
        if (declaredLength() >= 0 && declaredLength() != length) {
            return new Content.Denied(malformed());
        }
        if (kept.length != length) {
            kept = Arrays.copyOf(kept, length);
        }
        return new Content.Whole(kept);
    }

    private Verdict.Deny malformed() {
        if (failure instanceof TooSlow) {
            return TOO_SLOW;
        }
        return malformed(failure == null ? "another length than declared" : failure.toString());
    }

    static Verdict.Deny malformed(String why) {
        return Verdict.deny(MALFORMED, Evidence.of("malformed-body", why));
    }

    private boolean isMultipart() {
        var type = head.header("Content-Type");
        return type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
    }

    /** Tells whether the container has taken the body apart, so that its bytes are gone. */
    public boolean takenApart() {
        return taken != null && taken.byContainer();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The container takes it apart, unless a rule has read the bytes before.
     *
     * @throws IllegalStateException when the container was not told to take bodies apart, or how large they may be
     */
    @Override
    public Parts parts(long bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: >= 0)");
        }
        var stated = head.header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        if (type == null || !type.essence().equals("multipart/form-data")) {
            return new Parts.Denied(Verdict.deny(NO_FORM, Evidence.of("content-type", String.valueOf(stated))));
        }
        var coding = head.header("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return new Parts.Denied(Verdict.deny(ENCODED, Evidence.of("content-encoding", coding)));
        }
        var trouble = Multipart.trouble(type);
        if (trouble != null) {
            return new Parts.Denied(malformed(trouble));
        }
        if (declaredLength() > bound) {
            return new Parts.Denied(BodyLimit.TOO_LARGE);
        }
        if (declaredLength() == 0) {
            return new Parts.Denied(malformed("no body"));
        }
        var now = taken == null ? TakenApart.of(this, wire, type, bound) : taken;
        taken = now.isFinal() ? now : null;
        return now.within(bound);
    }

    @Override
    public boolean givesParts() {
        return taken != null || wire.givesParts();
    }

    /** Reads on until the end or one byte more than the bound; false when the connection failed. */
    private boolean readUpTo(long bound) {
        if (failure == null && !complete && replayed) {
            throw new IllegalStateException("body: handed to the application before it was read");
        }
        try {
            while (failure == null && !complete && length <= bound) {
                var before = nanos.getAsLong();
                readOnce(bound);
                waited += nanos.getAsLong() - before;
                if (waited > TimeUnit.SECONDS.toNanos(MAX_SECONDS) && !complete) {
                    throw new TooSlow();
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        return failure == null;
    }

    /** A client sends a body byte by byte, and holds a thread for it. */
    private static final class TooSlow extends IOException {

        private static final long serialVersionUID = 1;

        TooSlow() {
            super("longer than " + MAX_SECONDS + " seconds");
        }
    }

    private void readOnce(long bound) throws IOException {
        if (length == kept.length) {
            var room = Math.min(Math.max(firstRead(), kept.length * 2L), bound + 1);
            kept = Arrays.copyOf(kept, (int) room);
        }
        var count = connection().read(kept, length, kept.length - length);
        if (count == 0) {
            throw new IOException("a read that brought nothing");
        }
        complete = count < 0;
        length += Math.max(count, 0);
    }

    /** A short body of a known length needs room for itself, and for seeing that nothing follows. */
    private long firstRead() {
        return declared >= 0 && declared < FIRST_READ ? declared + 1 : FIRST_READ;
    }

    private InputStream connection() throws IOException {
        if (stream == null) {
            stream = wire.body();
        }
        return stream;
    }

    /** What was read, then the connection. */
    private final class Replay extends InputStream {

        private int at;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, into.length);
            if (at == length || count == 0) {
                return count == 0 ? 0 : readOn(into, from, count);
            }
            var again = Math.min(count, length - at);
            System.arraycopy(kept, at, into, from, again);
            at += again;
            return again;
        }

        private int readOn(byte[] into, int from, int count) throws IOException {
            if (failure != null) {
                throw new IOException("the body could not be read", failure);
            }
            return complete ? -1 : connection().read(into, from, count);
        }

        @Override
        public int available() throws IOException {
            if (at < length || complete || failure != null) {
                return length - at;
            }
            return connection().available();
        }
    }
}
