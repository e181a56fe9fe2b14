package dev.portcullis.http;

import java.security.SecureRandom;
import java.util.Base64;

/** Values that nobody can guess, for one exchange each, safe in headers and pages. Stateless. */
public final class Nonce {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 18;

    private Nonce() {}

    /** A new one: 144 random bits in base64. */
    public static String made() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
