package dev.portcullis.respond.leak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.zip.CRC32;

/**
 * API keys of clients of this gate.
 *
 * <p>Looks for: {@code prefix_id.secret} as {@code portcullis keys new} makes them, whatever their prefix, with the right check at the end.
 *
 * <p>Does not look for: keys that others have made.
 *
 * <p>Caught: {@code pcl_} with an id and a secret
 *
 * <p>Let through: the same with another last letter
 */
final class OwnKey implements Leak {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 12;
    private static final int SECRET = 32;
    private static final int CHECK = 6;
    private static final int MAX_PREFIX = 32;

    @Override
    public String id() {
        return "own-api-key";
    }

    @Override
    public String beginnings() {
        return "_";
    }

    @Override
    public int end(Text text, int at) {
        var dot = text.run(at + 1, Ascii.LOWER_OR_DIGIT, ID + 1);
        if (dot - at - 1 != ID || text.at(dot) != '.') {
            return -1;
        }
        var end = text.run(dot + 1, Ascii.ALPHANUMERIC, SECRET + CHECK + 1);
        return end - dot - 1 == SECRET + CHECK && isChecked(text, at, end) ? end : -1;
    }

    private static boolean isChecked(Text text, int at, int end) {
        var from = at;
        while (at - from < MAX_PREFIX && Ascii.URL_SAFE.has(text.at(from - 1)) && !text.isAfterEscape(from)) {
            from--;
        }
        var crc = new CRC32();
        crc.update(text.string(from, end - CHECK).getBytes(US_ASCII));
        var rest = crc.getValue();
        for (var i = end - 1; i >= end - CHECK; i--) {
            if (text.at(i) != ALPHABET.charAt((int) (rest % ALPHABET.length()))) {
                return false;
            }
            rest /= ALPHABET.length();
        }
        return true;
    }
}
