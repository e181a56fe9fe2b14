package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token is bound to (RFC 7800), as it says itself or its issuer says of it. Immutable.
 *
 * @param known whether all of it is understood; a token that is bound in another way is good for nothing
 * @param key the thumbprint of the key (RFC 9449, section 6.1); null when it is bound to none
 * @param certificate the SHA-256 of the certificate (RFC 8705, section 3.1); null when it is bound to none
 */
@TrustedBase
record Binding(
        boolean known, @Nullable String key, @Nullable String certificate) {

    static final Binding NONE = new Binding(true, null, null);

    private static final Binding UNKNOWN = new Binding(false, null, null);
    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";
    private static final Set<String> MEMBERS = Set.of(KEY, CERTIFICATE);

    /** The length of a SHA-256 in base64url. */
    private static final int LENGTH = 43;

    /** Reads it from what a token says, or its issuer says of it. */
    static Binding of(JsonNode claims) {
        var cnf = claims.get("cnf");
        if (cnf == null) {
            return saysDpop(claims) ? UNKNOWN : NONE;
        }
        if (!cnf.isObject() || cnf.isEmpty() || !cnf.properties().stream().allMatch(one -> understood(one.getKey()))) {
            return UNKNOWN;
        }
        var key = cnf.get(KEY);
        var certificate = cnf.get(CERTIFICATE);
        return !isHash(key) || !isHash(certificate) || key == null && saysDpop(claims)
                ? UNKNOWN
                : new Binding(true, text(key), text(certificate));
    }

    /** Tells whether it is called a token of this kind, which a token without a key is not. */
    private static boolean saysDpop(JsonNode claims) {
        return claims.path("typ").asText("").equalsIgnoreCase("dpop")
                || claims.path("token_type").asText("").equalsIgnoreCase("dpop");
    }

    private static boolean understood(String member) {
        return MEMBERS.contains(member);
    }

    private static boolean isHash(@Nullable JsonNode node) {
        return node == null || node.isTextual() && node.textValue().length() == LENGTH;
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.textValue();
    }

    /** Tells whether it is bound to nothing. */
    boolean isNone() {
        return known && key == null && certificate == null;
    }
}
