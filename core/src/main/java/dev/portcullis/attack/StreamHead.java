package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How the streams of serialised objects begin, be they written in Base64 or as hexadecimal digits, and packed or not. */
final class StreamHead {

    /** How much of a text is read, and of what is packed in it: more than any beginning needs. */
    private static final int DIGITS = 512;

    private static final int OCTETS = 256;
    /** How many digits make a stream at least. */
    private static final int SHORTEST = 16;

    /** How the hexadecimal digits of streams begin. */
    private static final Phrases HEX =
            Phrases.of("aced0005", "0408", "0001000000ffffffff", "8002", "8003", "8004", "8005", "1f8b08");

    private static final byte[] JAVA = HexFormat.of().parseHex("aced0005");
    private static final byte[] NET = HexFormat.of().parseHex("0001000000ffffffff");
    private static final byte[] RUBY = HexFormat.of().parseHex("0408");
    /** Which types objects of Ruby have that are more than numbers and strings. */
    private static final String RUBY_TYPES = "oUuecmSC[";

    private StreamHead() {}

    /** Tells whether a stream begins at the index. */
    static boolean at(Text text, int at) {
        var first = text.at(at);
        if (first == 'H' || first == 'e' || first == 'g' || first == 'B' || first == 'T' || first == 'Y') {
            return isCoded(text, at) && isObject(coded(text, at));
        }
        if (HEX.begin(text, at)) {
            return isObject(hex(text, at));
        }
        return (first == '(' || first == 'c' || first == '\u0080' || first == '\u0004') && isObject(raw(text, at));
    }

    /** Tells whether the digits at the index are how Base64 writes the beginning of a stream. */
    private static boolean isCoded(Text text, int at) {
        var next = text.at(at + 1);
        var third = text.at(at + 2);
        return switch (text.at(at)) {
            case 'H' -> next == '4' && third == 's';
            case 'e' -> next == 'J' || next == 'N' || next == 'A' || next == 'F';
            case 'g' -> next == 'A' && third >= 'I' && third <= 'X';
            case 'B' -> next == 'A' && third == 'h';
            case 'T' -> next == 'z' && third == 'o';
            default -> next == 'T' && third == 'o';
        };
    }

    private static byte[] coded(Text text, int at) {
        var end = at;
        while (end < at + DIGITS && isDigit(text.at(end))) {
            end++;
        }
        var signed = text.says("--", end - 2);
        var digits = text.toString().substring(at, end - (end - at) % 4);
        return signed || end - at < SHORTEST || digits.contains("--")
                ? new byte[0]
                : Base64.getDecoder().decode(digits.replace('-', '+').replace('_', '/'));
    }

    private static boolean isDigit(char c) {
        return Text.isWord(c) || c == '+' || c == '/' || c == '-';
    }

    private static byte[] hex(Text text, int at) {
        var end = at;
        while (end < at + DIGITS && text.at(end) < 128 && Character.digit(text.at(end), 16) >= 0) {
            end++;
        }
        return end - at < SHORTEST
                ? new byte[0]
                : HexFormat.of().parseHex(text.toString().substring(at, end - (end - at) % 2));
    }

    /** The characters at the index as octets, up to one that is none. */
    private static byte[] raw(Text text, int at) {
        var end = at;
        while (end < at + OCTETS && end < text.length() && text.at(end) < 256) {
            end++;
        }
        return text.toString().substring(at, end).getBytes(ISO_8859_1);
    }

    private static boolean isObject(byte[] octets) {
        return isPlain(octets) || isPlain(unpacked(octets));
    }

    private static boolean isPlain(byte[] octets) {
        if (octets.length < 4) {
            return false;
        }
        return begins(octets, JAVA)
                || begins(octets, NET)
                || begins(octets, RUBY) && RUBY_TYPES.indexOf(octets[2]) >= 0 && octets[3] != 0
                || PickleProgram.begins(octets)
                || isPhp(octets);
    }

    private static boolean isPhp(byte[] octets) {
        if (octets[1] != ':') {
            return false;
        }
        var text = new Text(new String(octets, ISO_8859_1));
        return ForeignObjects.isPhp(text, 0) || ForeignObjects.isArray(text, 0);
    }

    private static boolean begins(byte[] octets, byte[] with) {
        return octets.length >= with.length && Arrays.equals(octets, 0, with.length, with, 0, with.length);
    }

    /** The beginning of what is packed with gzip or zlib; nothing where nothing is. */
    private static byte[] unpacked(byte[] octets) {
        if (octets.length < 8 || octets[0] != 0x1f && octets[0] != 0x78) {
            return new byte[0];
        }
        var packed = new ByteArrayInputStream(octets);
        try (var in = octets[0] == 0x1f ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            return some(in);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** What can be read, until the packed octets end that were cut short. */
    private static byte[] some(InputStream in) {
        var some = new byte[OCTETS];
        var length = 0;
        try {
            for (var octet = in.read(); octet >= 0 && length < OCTETS; octet = in.read()) {
                some[length++] = (byte) octet;
            }
        } catch (IOException e) {
            return Arrays.copyOf(some, length);
        }
        return Arrays.copyOf(some, length);
    }
}
