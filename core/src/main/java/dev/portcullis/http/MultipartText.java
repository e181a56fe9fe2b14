package dev.portcullis.http;

import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes in memory apart as every reader would (RFC 2046, section 5.1): nothing stands before the first boundary or after the
 * last, and lines end in CR and LF. Belongs to one call.
 */
@TrustedBase
final class MultipartText {

    /** How many bytes the head of a part may have. */
    private static final int MAX_HEAD = 8192;

    private static final String NO_START = "a multipart body that does not begin with its boundary";
    private static final String NO_END = "a multipart body that does not end with its boundary";
    private static final String BROKEN_HEAD = "the head of a part that cannot be read";
    private static final String TOO_MANY = "more than " + Multipart.MAX_PARTS + " parts";

    private final byte[] bytes;
    private final byte[] delimiter;
    private final List<WirePart> parts = new ArrayList<>();
    private int at;

    MultipartText(byte[] bytes, String boundary) {
        this.bytes = bytes;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The parts that were read. */
    List<WirePart> parts() {
        return parts;
    }

    /** Reads all; why that could not be, or null. */
    @Nullable
    String read() {
        if (!startsWith(2, 0)) {
            return NO_START;
        }
        at = delimiter.length - 2;
        while (!isLast()) {
            var found = parts.size() == Multipart.MAX_PARTS ? TOO_MANY : part();
            if (found != null) {
                return found;
            }
        }
        var rest = bytes.length - at - 2;
        return rest == 0 || rest == 2 && isLineEnd(at + 2) ? null : NO_END;
    }

    /** Tells whether the delimiter, without its first bytes, stands at the place. */
    private boolean startsWith(int skipped, int place) {
        var length = delimiter.length - skipped;
        if (bytes.length - place < length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (bytes[place + i] != delimiter[skipped + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isLast() {
        return at + 1 < bytes.length && bytes[at] == '-' && bytes[at + 1] == '-';
    }

    private boolean isLineEnd(int place) {
        return place + 1 < bytes.length && bytes[place] == '\r' && bytes[place + 1] == '\n';
    }

    private @Nullable String part() {
        if (!isLineEnd(at)) {
            return at + 1 >= bytes.length ? NO_END : BROKEN_HEAD;
        }
        at += 2;
        var lines = head();
        if (lines == null) {
            return BROKEN_HEAD;
        }
        var end = indexOfDelimiter(at);
        if (end < 0) {
            return NO_END;
        }
        parts.add(part(lines, end));
        at = end + delimiter.length;
        return null;
    }

    private Kept part(List<Header> lines, int end) {
        var disposition = PartHead.of(lines).disposition();
        return new Kept(lines, disposition.name(), disposition.fileName(), bytes, at, end);
    }

    /** The lines before the content, which begins where this leaves off; null when they are none. */
    private @Nullable List<Header> head() {
        var lines = new ArrayList<Header>(4);
        var limit = Math.min(bytes.length, at + MAX_HEAD);
        while (!isLineEnd(at)) {
            var end = at;
            while (end < limit && !isLineEnd(end)) {
                end++;
            }
            var line = end < limit ? line(new String(bytes, at, end - at, StandardCharsets.UTF_8)) : null;
            if (line == null) {
                return null;
            }
            lines.add(line);
            at = end + 2;
        }
        at += 2;
        return lines;
    }

    private static @Nullable Header line(String text) {
        var colon = text.indexOf(':');
        return colon < 1
                ? null
                : new Header(text.substring(0, colon), text.substring(colon + 1).strip());
    }

    private int indexOfDelimiter(int from) {
        for (var place = from; place <= bytes.length - delimiter.length; place++) {
            if (bytes[place] == '\r' && startsWith(0, place)) {
                return place;
            }
        }
        return -1;
    }

    /** A part whose bytes are in memory. */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    private record Kept(
            List<Header> headers,
            @Nullable String name,
            @Nullable String fileName,
            byte[] bytes,
            int from,
            int to) implements WirePart {

        @Override
        public long size() {
            return (long) to - from;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes, from, to - from);
        }
    }
}
