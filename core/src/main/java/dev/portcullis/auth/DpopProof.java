package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;

/**
 * A proof that whoever sends a request holds a key (RFC 9449, section 4.2), taken apart. Nothing in it is proven yet. Immutable, but
 * for the tree, which nobody changes.
 *
 * @param jws the signed text
 * @param key the key that it brings along
 * @param algorithm what it is signed by
 * @param claims what it says
 * @param issued when it says it was made, in milliseconds of the epoch
 */
@TrustedBase
record DpopProof(CompactJws jws, ProofKey key, Algorithm algorithm, JsonNode claims, long issued) implements ProofText {

    /** The longest proof, in characters: 4 Ki. */
    static final int MAX_LENGTH = 4 * 1024;

    /** The longest {@code jti}, in characters. */
    static final int MAX_ID = 256;

    private static final String TYPE = "dpop+jwt";

    /** Takes a proof apart. */
    static ProofText read(String text) {
        if (text.length() > MAX_LENGTH || !(CompactJws.parse(text) instanceof CompactJws jws)) {
            return new Unusable(DpopDenials.MALFORMED);
        }
        if (!jws.type().equals(TYPE)) {
            return new Unusable(DpopDenials.TYPE);
        }
        var algorithm = Algorithm.named(jws.algorithm(), Algorithm.asymmetric());
        if (algorithm == null) {
            return new Unusable(DpopDenials.ALGORITHM);
        }
        var header = StrictJson.object(requireNonNull(StrictBase64.decode(text.substring(0, text.indexOf('.')))));
        var key = ProofKey.read(header.path("jwk"));
        return key == null || !key.key().isFor(algorithm)
                ? new Unusable(DpopDenials.KEY)
                : claiming(jws, key, algorithm);
    }

    private static ProofText claiming(CompactJws jws, ProofKey key, Algorithm algorithm) {
        var claims = StrictJson.object(jws.payload());
        var issued = claims.has("iat") ? Claims.time(claims.get("iat")) : -1;
        var id = claims.path("jti").asText("");
        return issued < 0 || !claims.path("jti").isTextual() || id.isBlank() || id.length() > MAX_ID
                ? new Unusable(DpopDenials.MALFORMED)
                : new DpopProof(jws, key, algorithm, claims, issued);
    }

    /** What it says under a name; empty when that is no text. */
    String said(String name) {
        var found = claims.path(name);
        return found.isTextual() ? found.textValue() : "";
    }

    /** What it can be used once under: its id and its key, neither of which anybody keeps. */
    String once() {
        return Fingerprint.of(key.thumbprint() + "." + said("jti")).hex();
    }

    /** Tells whether it is signed by the key that it brings along. Any key that the platform cannot use has signed nothing. */
    boolean isSigned() {
        try {
            return key.key().verifies(algorithm, jws);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
