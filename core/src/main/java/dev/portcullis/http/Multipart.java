package dev.portcullis.http;

import dev.portcullis.Body.Part;
import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form taken apart, and whether different readers may take it apart differently. Immutable.
 *
 * @param parts the parts in order; none where there is trouble
 * @param trouble why readers may differ, as a phrase for the operator; null when they cannot
 */
@TrustedBase
public record Multipart(List<Part> parts, @Nullable String trouble) {

    /** How many parts are read. */
    public static final int MAX_PARTS = 1000;

    /** How many characters the boundary may have (RFC 2046, section 5.1.1). */
    static final int MAX_BOUNDARY = 70;

    static final String NO_BOUNDARY = "a multipart body without a boundary";
    private static final String ODD_BOUNDARY = "a boundary with a character that none may have";
    private static final String TOO_MANY = "more than " + MAX_PARTS + " parts";
    private static final String OTHER_NAME = "a part that the container reads under another name";
    private static final String OTHER_FILE = "a part that the container reads under another file name";
    private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

    /** Copies the list. */
    public Multipart {
        parts = List.copyOf(parts);
    }

    /** Takes bytes apart that are of the media type, which has a boundary. */
    public static Multipart of(MediaType type, byte[] bytes) {
        var boundary = type.parameters().get("boundary");
        var trouble = trouble(type);
        if (trouble != null || boundary == null) {
            return unclear(trouble == null ? NO_BOUNDARY : trouble);
        }
        var text = new MultipartText(bytes, boundary);
        var found = text.read();
        return found == null ? of(text.parts()) : unclear(found);
    }

    /** Reads what a door has taken apart. */
    static Multipart of(List<? extends WirePart> received) {
        if (received.size() > MAX_PARTS) {
            return unclear(TOO_MANY);
        }
        var parts = new ArrayList<Part>(received.size());
        for (var part : received) {
            var head = PartHead.of(part.headers());
            var found = head.trouble() == null ? difference(part, head.disposition()) : head.trouble();
            if (found != null) {
                return unclear(found);
            }
            parts.add(new Taken(head, part));
        }
        return new Multipart(parts, null);
    }

    /** What the application would read otherwise than all others do. */
    private static @Nullable String difference(WirePart part, Disposition disposition) {
        var name = part.name();
        if (name == null || !same(name, disposition.name())) {
            return OTHER_NAME;
        }
        return sameFile(part.fileName(), disposition.fileName()) ? null : OTHER_FILE;
    }

    /** Who was given no file sends an empty name, which some take for a field of text. */
    private static boolean sameFile(@Nullable String read, @Nullable String told) {
        if (read == null || told == null) {
            return read == null && (told == null || told.isEmpty());
        }
        return same(read, told);
    }

    /** Containers may take one charset for another. */
    private static boolean same(String read, String told) {
        return read.equals(told) || !isAscii(told) && !isAscii(read);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Why readers may differ over a body of the media type, before anything of it is read; null when they cannot. */
    static @Nullable String trouble(MediaType type) {
        var boundary = type.parameters().get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            return NO_BOUNDARY;
        }
        var plain = boundary.chars().allMatch(c -> Token.isLetterOrDigit(c) || BOUNDARY_MARKS.indexOf(c) >= 0);
        return plain && !boundary.endsWith(" ") ? null : ODD_BOUNDARY;
    }

    private static Multipart unclear(String trouble) {
        return new Multipart(List.of(), trouble);
    }

    /** A part whose head was read. */
    private record Taken(PartHead head, WirePart received) implements Part {

        @Override
        public String name() {
            return head.disposition().name();
        }

        @Override
        public @Nullable String fileName() {
            return head.disposition().fileName();
        }

        @Override
        public @Nullable String contentType() {
            return head.contentType();
        }

        @Override
        public List<Header> headers() {
            return received.headers();
        }

        @Override
        public long size() {
            return received.size();
        }

        @Override
        public InputStream open() throws IOException {
            return received.open();
        }
    }
}
