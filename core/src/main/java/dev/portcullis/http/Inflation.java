package dev.portcullis.http;

import dev.portcullis.Body.Content;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one body: {@code gzip} (RFC 1952) of one member, or {@code deflate} (RFC 1950), with nothing behind it. Belongs to one call.
 *
 * <p>No more is ever held than the bound and the ratio allow.
 */
@TrustedBase
final class Inflation {

    private static final Verdict.Deny RATIO =
            Verdict.deny(BodyLimit.TOO_LARGE.reply(), Evidence.of("body-too-large", "the ratio of compression"));

    /** How long a body may become whatever the ratio: short ones can be of one letter. */
    private static final int MIN_RATIO_APPLIES = 64 * 1024;

    private static final int FIRST = 8192;
    private static final int GZIP_HEAD = 10;
    private static final int GZIP_TAIL = 8;
    private static final int HEAD_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final byte[] encoded;
    private final long bound;
    private final long most;
    private byte[] out = new byte[0];
    private int length;

    Inflation(byte[] encoded, long bound, int maxRatio) {
        this.encoded = encoded;
        this.bound = Math.min(bound, Integer.MAX_VALUE - 16);
        this.most = Math.max(MIN_RATIO_APPLIES, (long) maxRatio * encoded.length);
    }

    Content of(String coding) {
        return coding.equals("gzip") ? gzip() : zlib();
    }

    private Content zlib() {
        return inflated(new Inflater(), 0, 0);
    }

    private Content gzip() {
        var from = endOfHead();
        if (from < 0 || encoded.length - from < GZIP_TAIL) {
            return malformed("no gzip");
        }
        return inflated(new Inflater(true), from, GZIP_TAIL);
    }

    private static Content malformed(String why) {
        return new Content.Denied(StreamedBody.malformed(why));
    }

    /** The index of the first byte after the head of the member; -1 when there is none. */
    private int endOfHead() {
        if (encoded.length < GZIP_HEAD || encoded[0] != 0x1f || (encoded[1] & 0xff) != 0x8b || encoded[2] != 8) {
            return -1;
        }
        var flags = encoded[3];
        if ((flags & RESERVED) != 0) {
            return -1;
        }
        var at = GZIP_HEAD;
        if ((flags & EXTRA) != 0) {
            at = at + 2 > encoded.length ? -1 : at + 2 + (encoded[at] & 0xff) + ((encoded[at + 1] & 0xff) << 8);
        }
        at = (flags & NAME) != 0 ? afterText(at) : at;
        at = (flags & COMMENT) != 0 ? afterText(at) : at;
        at = (flags & HEAD_CRC) != 0 && at >= 0 ? at + 2 : at;
        return at < 0 || at > encoded.length ? -1 : at;
    }

    private int afterText(int from) {
        for (var at = from; at >= 0 && at < encoded.length; at++) {
            if (encoded[at] == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private Content inflated(Inflater inflater, int from, int tail) {
        try {
            inflater.setInput(encoded, from, encoded.length - from);
            var refused = fill(inflater);
            if (refused != null) {
                return refused;
            }
            if (inflater.getRemaining() != tail) {
                return malformed("something behind the compressed body");
            }
            out = Arrays.copyOf(out, length);
            return tail == 0 || isChecked() ? new Content.Whole(out) : malformed("a checksum that is wrong");
        } catch (DataFormatException e) {
            return malformed(e.toString());
        } finally {
            inflater.end();
        }
    }

    /** Inflates all; why it may not, or null. */
    private Content.@org.jspecify.annotations.Nullable Denied fill(Inflater inflater) throws DataFormatException {
        while (!inflater.finished()) {
            if (length == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(Math.max(FIRST, out.length * 2L), bound + 1));
            }
            var count = inflater.inflate(out, length, out.length - length);
            if (count == 0 && !inflater.finished()) {
                return new Content.Denied(StreamedBody.malformed("a compressed body that breaks off"));
            }
            length += count;
            if (length > bound) {
                return new Content.Denied(BodyLimit.TOO_LARGE);
            }
            if (length > most) {
                return new Content.Denied(RATIO);
            }
        }
        return null;
    }

    /** Tells whether checksum and length at the end are those of what came out. */
    private boolean isChecked() {
        var sum = new CRC32();
        sum.update(out);
        return number(encoded.length - 8) == sum.getValue() && number(encoded.length - 4) == length;
    }

    private long number(int at) {
        var value = 0L;
        for (var i = 3; i >= 0; i--) {
            value = value << 8 | encoded[at + i] & 0xff;
        }
        return value;
    }
}
