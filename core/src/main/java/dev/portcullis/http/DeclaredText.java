package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the charset that its media type states, where no reader takes it for text in another. Immutable.
 *
 * @param text the text
 * @param charset the charset
 */
@TrustedBase
public record DeclaredText(String text, Charset charset) {

    private static final Map<String, Charset> KNOWN = Map.of(
            "utf-8", StandardCharsets.UTF_8,
            "us-ascii", StandardCharsets.US_ASCII,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "utf-16", StandardCharsets.UTF_16,
            "utf-16be", StandardCharsets.UTF_16BE,
            "utf-16le", StandardCharsets.UTF_16LE);

    /** Checks that both are there. */
    public DeclaredText {
        requireNonNull(text, "text");
        requireNonNull(charset, "charset");
    }

    /**
     * Reads the bytes as their media type says; without a charset they are UTF-8.
     *
     * @return the text; null where the charset is none of those that JSON comes in, the bytes are not in it, or readers that go by the bytes
     *     alone would take them for another one
     */
    public static @Nullable DeclaredText ofJson(byte[] bytes, MediaType type) {
        var charset = KNOWN.get(type.charset() == null ? "utf-8" : type.charset());
        if (charset == null || hasOctets(charset) && isTakenForOther(bytes, charset)) {
            return null;
        }
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new DeclaredText(text, charset);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean hasOctets(Charset charset) {
        return !charset.name().startsWith("UTF-16");
    }

    /** Readers guess UTF-16 and UTF-32 from zeros, UTF-8 from a mark, and most take UTF-8 for granted. */
    private static boolean isTakenForOther(byte[] bytes, Charset charset) {
        var wide = false;
        for (var i = 0; i < bytes.length; i++) {
            if (i < 4 && bytes[i] == 0) {
                return true;
            }
            wide |= bytes[i] < 0;
        }
        var marked = bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return marked || wide && charset.equals(StandardCharsets.ISO_8859_1) && Utf8.wellFormed(bytes);
    }

    /** Another text of JSON in the same charset; characters that it does not have are escaped, as they may be in any string of JSON. */
    public byte[] bytes(String json) {
        var encoder = charset.newEncoder();
        if (encoder.canEncode(json)) {
            return json.getBytes(charset);
        }
        var escaped = new StringBuilder(json.length() + 16);
        for (var i = 0; i < json.length(); i++) {
            var c = json.charAt(i);
            if (c < 0x80 || encoder.canEncode(c)) {
                escaped.append(c);
            } else {
                escaped.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
            }
        }
        return escaped.toString().getBytes(charset);
    }
}
