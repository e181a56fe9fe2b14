package dev.portcullis.respond.leak;

/**
 * JSON Web Tokens.
 *
 * <p>Looks for: a header and a payload that begin like objects of JSON, in base64url, and a signature or an encrypted part.
 *
 * <p>Does not look for: whether it is valid, nor whom it is for. A service that hands out tokens leaves the pattern off where it does.
 *
 * <p>Caught: {@code eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl}
 *
 * <p>Let through: {@code eyJhbGciOiJub25lIn0}
 */
final class Jwt implements Leak {

    private static final String OBJECT = "eyJ";
    private static final int MIN_PART = 8;
    private static final int ENCRYPTED_PARTS = 5;

    @Override
    public String id() {
        return "jwt";
    }

    @Override
    public String beginnings() {
        return "e";
    }

    @Override
    public int end(Text text, int at) {
        if (!text.has(at, OBJECT) || !text.begins(at) || text.at(at - 1) == '-' || text.at(at - 1) == '.') {
            return -1;
        }
        var header = text.run(at, Ascii.URL_SAFE, MAX_MATCH);
        if (header - at < MIN_PART || text.at(header) != '.') {
            return -1;
        }
        return text.has(header + 1, OBJECT) ? signed(text, header + 1) : encrypted(text, header);
    }

    /** Where a token ends whose payload begins here. */
    private static int signed(Text text, int from) {
        var payload = text.run(from, Ascii.URL_SAFE, MAX_MATCH);
        if (payload - from == MAX_MATCH) {
            return payload;
        }
        var end = text.run(payload + 1, Ascii.URL_SAFE, MAX_MATCH);
        return text.at(payload) == '.' && payload - from >= MIN_PART && end - payload > MIN_PART ? end : -1;
    }

    /** Where a token of five parts ends whose header ends here; that of the key may be empty. */
    private static int encrypted(Text text, int header) {
        var end = header;
        var parts = 1;
        while (text.at(end) == '.' && parts < ENCRYPTED_PARTS) {
            end = text.run(end + 1, Ascii.URL_SAFE, MAX_MATCH / ENCRYPTED_PARTS);
            parts++;
        }
        var cut = end - header >= MAX_MATCH / ENCRYPTED_PARTS;
        return cut || parts == ENCRYPTED_PARTS && end - header > 3 * MIN_PART ? end : -1;
    }
}
