package dev.portcullis.attack;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads values that are text in Base64 (RFC 4648), with either alphabet. */
final class BaseSixtyFour {

    private static final int SHORTEST = 12;
    private static final int NO_DIGIT = -1;

    private BaseSixtyFour() {}

    /** The text that the value encodes; null when it encodes no printable text. */
    static @Nullable String decode(String value) {
        var length = value.length();
        while (length > 0 && value.charAt(length - 1) == '=') {
            length--;
        }
        if (length < SHORTEST || value.length() - length > 2 || length % 4 == 1 || !isText(value, length)) {
            return null;
        }
        var plain = value.substring(0, length).replace('-', '+').replace('_', '/');
        var text = new StringBuilder(length);
        for (var octet : Base64.getDecoder().decode(plain)) {
            text.append((char) (octet & 0xff));
        }
        return text.toString();
    }

    private static boolean isPrintable(int octet) {
        return octet >= ' ' && octet <= '~' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    /** Tells whether the digits encode nothing but printable ASCII; most values end the question at their first octets. */
    private static boolean isText(String value, int length) {
        var bits = 0;
        var count = 0;
        for (var i = 0; i < length; i++) {
            var digit = digit(value.charAt(i));
            if (digit == NO_DIGIT) {
                return false;
            }
            bits = bits << 6 | digit;
            count += 6;
            if (count >= 8 && !isPrintable(bits >>> count - 8 & 0xff)) {
                return false;
            }
            count -= count >= 8 ? 8 : 0;
        }
        return true;
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
