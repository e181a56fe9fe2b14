package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads values that are text in Base64 (RFC 4648), with either alphabet, in one line or as mail has it in several. */
final class BaseSixtyFour {

    private static final int SHORTEST = 12;
    /** How many digits of a text in UTF-16 are looked at first. */
    private static final int WIDE = 6;

    private static final int NO_DIGIT = -1;

    private BaseSixtyFour() {}

    /** The text that the value encodes; null when it encodes no printable text. */
    static @Nullable String decode(String value) {
        var from = 0;
        while (from < value.length() && isLineEnd(value.charAt(from))) {
            from++;
        }
        var length = unpadded(value);
        if (length - from < SHORTEST) {
            return null;
        }
        var wide = isWide(value, from);
        if (!wide && !isText(value, from, length)) {
            return null;
        }
        var digits = value.substring(from, length).replace('-', '+').replace('_', '/');
        var plain = digits.indexOf('\n') < 0 && digits.indexOf('\r') < 0
                ? digits
                : digits.replace("\r", "").replace("\n", "");
        if (plain.length() % 4 == 1 || wide && !areDigits(plain)) {
            return null;
        }
        var octets = Base64.getDecoder().decode(plain);
        return wide ? narrow(octets) : new String(octets, UTF_8);
    }

    /** Tells whether the first digits encode two printable characters of two octets each, as Windows writes scripts: the second is zero. */
    private static boolean isWide(String value, int from) {
        var bits = 0L;
        for (var i = from; i < from + WIDE; i++) {
            var digit = digit(value.charAt(i));
            if (digit == NO_DIGIT) {
                return false;
            }
            bits = bits << 6 | digit;
        }
        // 36 bits: two characters, and half of a third
        return isPrintable((int) (bits >>> 28))
                && (bits >>> 20 & 0xff) == 0
                && isPrintable((int) (bits >>> 12 & 0xff))
                && (bits >>> 4 & 0xff) == 0;
    }

    private static boolean areDigits(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (digit(value.charAt(i)) == NO_DIGIT) {
                return false;
            }
        }
        return true;
    }

    /** The text of UTF-16, the lower octet first; null when that is not printable. */
    private static @Nullable String narrow(byte[] octets) {
        var text = new String(octets, 0, octets.length & ~1, UTF_16LE);
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 128 && !isPrintable(text.charAt(i))) {
                return null;
            }
        }
        return text;
    }

    /** How many characters there are before line ends and at most two signs that fill up. */
    private static int unpadded(String value) {
        var length = value.length();
        var filled = 0;
        while (length > 0 && (value.charAt(length - 1) == '=' && filled < 2 || isLineEnd(value.charAt(length - 1)))) {
            length--;
            filled += value.charAt(length) == '=' ? 1 : 0;
        }
        return length;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isPrintable(int octet) {
        return octet >= ' ' && octet <= '~' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    /** Tells whether the digits encode nothing but printable UTF-8; most values end the question at their first octets. */
    private static boolean isText(String value, int from, int length) {
        var bits = 0;
        var count = 0;
        var following = 0;
        for (var i = from; i < length; i++) {
            var digit = digit(value.charAt(i));
            if (digit == NO_DIGIT && !isLineEnd(value.charAt(i))) {
                return false;
            }
            if (digit == NO_DIGIT) {
                continue;
            }
            bits = bits << 6 | digit;
            count += 6;
            if (count >= 8) {
                count -= 8;
                following = following(bits >>> count & 0xff, following);
            }
            if (following < 0) {
                return false;
            }
        }
        return following == 0;
    }

    /** How many octets of a character are to follow an octet where so many are awaited; less than 0 where it is part of no text. */
    private static int following(int octet, int awaited) {
        if (awaited > 0) {
            return (octet & 0xc0) == 0x80 ? awaited - 1 : -1;
        }
        if (octet < 0x80) {
            return isPrintable(octet) ? 0 : -1;
        }
        return octet < 0xc2 || octet > 0xf4 ? -1 : octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : NO_DIGIT;
    }
}
