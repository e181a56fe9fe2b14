package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says. Immutable, but for the tree, which nobody changes.
 *
 * @param issuer who claims to have issued it
 * @param terms when and for whom it is
 * @param tree all that it says
 */
record Claims(String issuer, Terms terms, JsonNode tree) implements ClaimsText {

    /** The last second of the year 9999. */
    private static final double LAST_SECOND = 253_402_300_799d;

    private static final long INVALID = -1;

    /** Reads what must be there in any token (RFC 7519, section 4.1). */
    static ClaimsText read(byte[] payload) {
        var tree = StrictJson.object(payload);
        if (!tree.isObject()) {
            return new Unusable(Denials.MALFORMED);
        }
        var issuer = tree.get("iss");
        if (issuer == null || !issuer.isTextual()) {
            return new Unusable(Denials.NO_ISSUER);
        }
        if (!tree.has("exp")) {
            return new Unusable(Denials.NO_EXPIRY);
        }
        var expiry = time(tree.get("exp"));
        var begin = time(tree.get("nbf"));
        var issued = time(tree.get("iat"));
        if (expiry == INVALID || begin == INVALID || issued == INVALID) {
            return new Unusable(Denials.INVALID_TIME);
        }
        var audience = audience(tree.get("aud"));
        return audience.isEmpty()
                ? new Unusable(Denials.NO_AUDIENCE)
                : new Claims(issuer.textValue(), new Terms(expiry, begin, issued, audience), tree);
    }

    /** Milliseconds of a NumericDate (RFC 7519, section 2), which may have a fraction. */
    static long time(@Nullable JsonNode node) {
        if (node == null) {
            return Terms.EVER;
        }
        var seconds = node.isNumber() ? node.doubleValue() : INVALID;
        return seconds >= 0 && seconds <= LAST_SECOND ? (long) (seconds * 1000) : INVALID;
    }

    /** Whom the token is for: a string or an array of nothing but strings; else empty. */
    static Set<String> audience(@Nullable JsonNode node) {
        if (node == null || node.isTextual()) {
            return node == null ? Set.of() : Set.of(node.textValue());
        }
        var all = new HashSet<String>();
        for (var element : node) {
            if (!element.isTextual()) {
                return Set.of();
            }
            all.add(element.textValue());
        }
        return node.isArray() ? Set.copyOf(all) : Set.of();
    }
}
