package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * A key that nobody has seen yet, {@code prefix_id.secret}. Immutable.
 *
 * <p>The secret is 32 characters drawn from 62, which are 190 bits, and six more that are the CRC-32 of all before in the same
 * alphabet: whoever scans for leaked keys can tell one from a word that looks like it.
 *
 * @param id its public id
 * @param text the whole key
 */
record FreshKey(String id, String text) {

    /** What keys begin with unless told otherwise. */
    static final String PREFIX = "pcl";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 32;
    private static final int CHECK_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Draws an id and a secret. */
    static FreshKey draw(String prefix) {
        return draw(prefix, drawn(ID_ALPHABET, ID_LENGTH));
    }

    /** Draws a secret for an id. */
    static FreshKey draw(String prefix, String id) {
        var text = prefix + "_" + id + "." + drawn(ALPHABET, SECRET_LENGTH);
        return new FreshKey(id, text + check(text));
    }

    private static String drawn(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .mapToObj(alphabet::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    /** The check at the end of a key, of what stands before it. */
    static String check(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); digits.length() < CHECK_LENGTH; rest /= ALPHABET.length()) {
            digits.insert(0, ALPHABET.charAt((int) (rest % ALPHABET.length())));
        }
        return digits.toString();
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "FreshKey[" + id + "]";
    }
}
