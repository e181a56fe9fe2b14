package dev.portcullis.auth;

import dev.portcullis.Principal;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.security.Key;
import java.util.Map;

/**
 * A key that signs requests, bound to one algorithm and one caller. Immutable.
 *
 * <p>The algorithm is the key's and never the message's: a message that names another is denied.
 */
@TrustedBase
public final class SignatureKey {

    /** The longest key id, in characters. */
    public static final int MAX_ID = 256;

    /** The shortest secret of a service that sends webhooks, in bytes. */
    public static final int MIN_WEBHOOK_SECRET = 16;

    /** How callers who sign are proven. */
    static final String PROOF = "signature";

    /** The claim that names the way in which a caller signed. */
    static final String WAY = "signature";

    private final String id;
    private final SignatureAlgorithm algorithm;
    private final Key key;
    private final Verdict.Pass pass;

    private final Principal caller;

    private SignatureKey(String id, SignatureAlgorithm algorithm, Key key, Principal caller) {
        this.id = id;
        this.algorithm = algorithm;
        this.key = key;
        this.caller = caller;
        this.pass = Verdict.Pass.identifying(caller);
    }

    /**
     * A key.
     *
     * @param id the {@code keyid} by which messages name it
     * @param text a public key as PEM or JWK (RFC 7517), or for HMAC a secret: its own characters, or {@code base64:} and its bytes
     * @param caller who signs with it
     * @throws IllegalArgumentException when the key cannot be read, or is none for the algorithm; the message never shows it
     */
    public static SignatureKey of(String id, SignatureAlgorithm algorithm, String text, Principal caller) {
        requireId(id);
        var key = algorithm == SignatureAlgorithm.HMAC_SHA256 ? KeyText.secret(text) : KeyText.publicKey(text);
        var objection = algorithm.objectionTo(key);
        if (objection != null) {
            throw new IllegalArgumentException("key: " + objection + " (expected: one for " + algorithm.id() + ")");
        }
        return new SignatureKey(id, algorithm, key, caller);
    }

    /**
     * A secret that a service signs its webhooks with.
     *
     * @param name its name for the operator
     * @throws IllegalArgumentException when it has less than {@link #MIN_WEBHOOK_SECRET} bytes; the message never shows it
     */
    public static SignatureKey ofWebhook(String name, String secret, Principal caller) {
        requireId(name);
        var key = KeyText.secret(secret);
        if (key.getEncoded().length < MIN_WEBHOOK_SECRET) {
            throw new IllegalArgumentException(
                    "key: a secret of less than " + MIN_WEBHOOK_SECRET + " bytes (expected: a long random one)");
        }
        return new SignatureKey(name, SignatureAlgorithm.HMAC_SHA256, key, caller);
    }

    private static void requireId(String id) {
        if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("key id: not one that a signature can name (expected: 1 to " + MAX_ID
                    + " visible ASCII characters)");
        }
    }

    /** The same key, whose caller says in which way he signed. */
    SignatureKey under(String way) {
        return new SignatureKey(id, algorithm, key, saying(Map.of(WAY, way, "keyid", id)));
    }

    /** Tells whether the same caller, with the same rights, signs with the other key. */
    boolean isOfTheCallerOf(SignatureKey other) {
        return nameless().equals(other.nameless());
    }

    /** The caller without what the key says of him. */
    private Principal nameless() {
        return saying(Map.of());
    }

    private Principal saying(Map<String, Object> claims) {
        return new Principal(
                caller.id(),
                caller.kind(),
                caller.issuer(),
                caller.client(),
                caller.tenant(),
                caller.tier(),
                caller.scopes(),
                caller.roles(),
                claims,
                PROOF);
    }

    String id() {
        return id;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    Verdict.Pass pass() {
        return pass;
    }

    boolean verifies(byte[] signature, byte[] signed) {
        return algorithm.verifies(signature, key, signed);
    }
}
