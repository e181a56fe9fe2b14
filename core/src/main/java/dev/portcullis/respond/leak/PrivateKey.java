package dev.portcullis.respond.leak;

/**
 * Private keys as PEM.
 *
 * <p>Looks for: {@code -----BEGIN ... PRIVATE KEY-----} with something of the key behind it, up to the end of the key; ends of lines may be
 * written as JSON does.
 *
 * <p>Does not look for: public keys and certificates, nor the mere words.
 *
 * <p>Caught: {@code -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC...}
 *
 * <p>Let through: {@code a file with -----BEGIN PRIVATE KEY----- in its first line}
 */
final class PrivateKey implements Leak {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final Ascii LABEL = Ascii.UPPER_OR_DIGIT.with(" ");
    private static final int MAX_LABEL = 48;
    private static final int MAX_GAP = 8;
    private static final int MIN_KEY = 16;
    private static final int MAX_KEY = 16_384;

    @Override
    public String id() {
        return "private-key";
    }

    @Override
    public String beginnings() {
        return "-";
    }

    @Override
    public int end(Text text, int at) {
        if (!text.has(at, BEGIN)) {
            return -1;
        }
        var label = text.run(at + BEGIN.length(), LABEL, MAX_LABEL);
        var name = text.string(at + BEGIN.length(), label);
        if (!text.has(label, "-----") || !(name.endsWith("PRIVATE KEY") || name.endsWith("PRIVATE KEY BLOCK"))) {
            return -1;
        }
        var key = text.gap(label + 5, MAX_GAP);
        return text.run(key, Ascii.BASE64.with("-:"), MIN_KEY) - key == MIN_KEY ? whole(text, key) : -1;
    }

    /** Where the key ends, as far as it is there. */
    private static int whole(Text text, int key) {
        var most = Math.min(text.length(), key + MAX_KEY);
        for (var i = key; i < most; i++) {
            var c = text.at(i);
            if (c == '"' || c == '<') {
                return i;
            }
            if (c == '-' && text.has(i, END)) {
                return text.line(i, END.length() + MAX_LABEL);
            }
        }
        return most;
    }
}
