package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the labels of internationalized domain names (RFC 3492). */
public final class Punycode {

    private static final int MAX_LENGTH = 63;
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private final List<Integer> points = new ArrayList<>();
    private final String encoded;
    private int at;
    private int bias = 72;
    private long codePoint = 128;
    private long index;

    private Punycode(String encoded) {
        this.encoded = encoded;
    }

    /**
     * The text that the encoded one, which stands behind {@code xn--} in a label, stands for; null when it is not encoded, or is
     * longer than a label.
     */
    public static @Nullable String decode(String encoded) {
        requireNonNull(encoded, "encoded");
        return encoded.length() > MAX_LENGTH ? null : new Punycode(encoded).decode();
    }

    private @Nullable String decode() {
        var delimiter = encoded.lastIndexOf('-');
        for (var i = 0; i < delimiter; i++) {
            points.add((int) encoded.charAt(i));
        }
        at = delimiter + 1;
        var whole = at < encoded.length() && delimiter != 0;
        while (whole && at < encoded.length()) {
            whole = next();
        }
        var text = new StringBuilder();
        points.forEach(text::appendCodePoint);
        return whole ? text.toString() : null;
    }

    /** Reads one character that was taken out of the text, and puts it back; false when there is none. */
    private boolean next() {
        var before = index;
        var weight = 1L;
        for (var k = BASE; at < encoded.length(); k += BASE) {
            var digit = digit(encoded.charAt(at++));
            index += digit * weight;
            if (digit < 0 || index > Integer.MAX_VALUE) {
                return false;
            }
            var threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
            if (digit < threshold) {
                return insert(before);
            }
            weight *= BASE - threshold;
        }
        return false;
    }

    private boolean insert(long before) {
        var count = points.size() + 1;
        bias = adapt(index - before, before == 0, count);
        codePoint += index / count;
        index %= count;
        if (codePoint > Character.MAX_CODE_POINT
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return false;
        }
        points.add((int) index++, (int) codePoint);
        return true;
    }

    private static int adapt(long delta, boolean first, int count) {
        var rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        var k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
