package dev.portcullis.attack;

import java.nio.charset.StandardCharsets;

/**
 * Undoes percent-encoding as leniently as the most lenient reader does.
 *
 * <p>Beside {@code %41} it reads {@code %u0041}; what is no UTF-8 is read as ISO-8859-1, but overlong forms of ASCII become ASCII.
 * What is no encoding stays as it is.
 */
final class Percent {

    private final String text;
    /** What was read so far, which is never longer than what it was read from. */
    private final char[] decoded;

    private final byte[] bytes;
    private int count;

    private Percent(String text) {
        this.text = text;
        this.decoded = new char[text.length()];
        this.bytes = new byte[text.length() / 3];
    }

    /** The text without its percent-encoding, and where wanted with blanks for plus signs. */
    static String decode(String text, boolean plus) {
        if (text.indexOf('%') < 0) {
            return plus ? text.replace('+', ' ') : text;
        }
        return new Percent(text).decoded(plus);
    }

    private String decoded(boolean plus) {
        for (var at = 0; at < text.length(); ) {
            var mark = text.indexOf('%', at);
            var plain = mark < 0 ? text.length() : mark;
            copy(at, plain, plus);
            at = plain < text.length() ? mark(plain) : plain;
        }
        return new String(decoded, 0, count);
    }

    private void copy(int from, int to, boolean plus) {
        text.getChars(from, to, decoded, count);
        for (var i = count; plus && i < count + to - from; i++) {
            decoded[i] = decoded[i] == '+' ? ' ' : decoded[i];
        }
        count += to - from;
    }

    /** Reads what a percent sign begins, and says where that ends. */
    private int mark(int at) {
        var octets = octets(text, at, bytes);
        if (octets > 0) {
            octets(octets);
            return at + 3 * octets;
        }
        var wide = wide(text, at);
        decoded[count++] = wide < 0 ? '%' : (char) wide;
        return wide < 0 ? at + 1 : at + 6;
    }

    /** Takes so many octets that were read, of which there are more than characters. */
    private void octets(int octets) {
        var plain = true;
        for (var i = 0; i < octets; i++) {
            plain &= bytes[i] >= 0;
        }
        if (plain) {
            for (var i = 0; i < octets; i++) {
                decoded[count++] = (char) bytes[i];
            }
            return;
        }
        var some = new StringBuilder(octets);
        append(bytes, octets, some);
        some.getChars(0, some.length(), decoded, count);
        count += some.length();
    }

    /** Reads the run of encoded octets that begins at the index, and says how many there are. */
    private static int octets(String text, int from, byte[] bytes) {
        var count = 0;
        for (var i = from; i + 2 < text.length() && text.charAt(i) == '%'; i += 3) {
            var octet = hex(text, i + 1, i + 3);
            if (octet < 0) {
                break;
            }
            bytes[count++] = (byte) octet;
        }
        return count;
    }

    private static int wide(String text, int from) {
        var marked = from + 5 < text.length() && text.charAt(from) == '%' && Text.lower(text.charAt(from + 1)) == 'u';
        return marked ? hex(text, from + 2, from + 6) : -1;
    }

    /** The number that the hexadecimal digits say; -1 when there are others among them. */
    static int hex(String text, int from, int to) {
        var value = 0;
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            var digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Appends octets that are meant to be UTF-8. */
    static void append(byte[] bytes, int count, StringBuilder out) {
        var i = 0;
        while (i < count) {
            var length = length(bytes, i, count);
            if (length == 1) {
                out.append((char) (bytes[i] & 0xff));
            } else {
                appendSequence(bytes, i, length, out);
            }
            i += length;
        }
    }

    /** How many octets from the index on make one character: 1 for ASCII, and for what is no UTF-8. */
    private static int length(byte[] bytes, int at, int count) {
        var lead = bytes[at] & 0xff;
        var length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
        if (at + length > count) {
            return 1;
        }
        for (var i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    private static void appendSequence(byte[] bytes, int at, int length, StringBuilder out) {
        var code = bytes[at] & 0xff >> length + 1;
        for (var i = at + 1; i < at + length; i++) {
            code = code << 6 | bytes[i] & 0x3f;
        }
        if (code < 128) {
            out.append((char) code);
        } else {
            out.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        }
    }
}
