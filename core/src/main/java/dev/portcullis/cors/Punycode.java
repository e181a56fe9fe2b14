package dev.portcullis.cors;

/** Tells whether a label is Punycode (RFC 3492), which nothing but an encoder makes by accident. */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private int bias = 72;
    private long codePoint = 128;
    private long index;
    private int points;

    private Punycode(int basicPoints) {
        this.points = basicPoints;
    }

    /** Tells whether this part of the text decodes to Unicode characters, at least one of them outside ASCII. */
    static boolean decodes(String text, int start, int end) {
        var delimiter = text.lastIndexOf('-', end - 1);
        var basic = Math.max(delimiter - start, 0);
        var at = delimiter > start ? delimiter + 1 : start;
        var decoder = new Punycode(basic);
        var found = at < end;
        while (found && at < end) {
            at = decoder.next(text, at, end);
            found = at > 0;
        }
        return found;
    }

    /** Reads one delta; where the next begins, or -1 when this is none. */
    private int next(String text, int from, int end) {
        var before = index;
        var weight = 1L;
        var at = from;
        for (var k = BASE; at < end; k += BASE) {
            var digit = digit(text.charAt(at++));
            index += digit * weight;
            if (digit < 0 || index > Integer.MAX_VALUE) {
                return -1;
            }
            var threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
            if (digit < threshold) {
                return insert(before) ? at : -1;
            }
            weight *= BASE - threshold;
        }
        return -1;
    }

    private boolean insert(long before) {
        points++;
        bias = adapt(index - before, before == 0);
        codePoint += index / points;
        index = index % points + 1;
        return codePoint <= Character.MAX_CODE_POINT && Character.isDefined((int) codePoint);
    }

    private int adapt(long delta, boolean first) {
        var rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
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
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
