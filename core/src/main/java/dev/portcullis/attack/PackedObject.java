package dev.portcullis.attack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** Serialised objects of Java that are packed with gzip and written in Base64. */
final class PackedObject {

    private static final String PACKED = "H4sI";
    /** How much of the text is unpacked: more than the beginning needs. */
    private static final int DIGITS = 256;
    /** How long a name of the packed file may be, and its comment. */
    private static final int[] MAGIC = {0xac, 0xed, 0x00, 0x05};

    private PackedObject() {}

    /** Tells whether such an object begins at the index. */
    static boolean begins(Text text, int at) {
        if (!text.toString().startsWith(PACKED, at)) {
            return false;
        }
        var end = at;
        while (end < at + DIGITS && isDigit(text.at(end))) {
            end++;
        }
        return isObject(text.toString().substring(at, end - (end - at) % 4));
    }

    private static boolean isDigit(char c) {
        return Text.isLetter(c) || Text.isDigit(c) || c == '+' || c == '/' || c == '-' || c == '_';
    }

    private static boolean isObject(String digits) {
        var bytes = Base64.getDecoder().decode(digits.replace('-', '+').replace('_', '/'));
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            for (var octet : MAGIC) {
                if (unpacked.read() != octet) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
