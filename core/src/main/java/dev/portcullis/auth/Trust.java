package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;

/**
 * An issuer and its keys. Thread-safe.
 *
 * @param issuer whose tokens are trusted
 * @param ring the keys
 */
@TrustedBase
record Trust(Issuer issuer, KeyRing ring) {

    /** What is known of a signature. */
    sealed interface Finding permits Signed, Unsigned {}

    /** The token is signed by a key of this set. */
    record Signed(KeySet keys) implements Finding {}

    /** The token is not signed by the issuer, as far as anybody can tell. */
    record Unsigned(Verdict.Deny deny) implements Finding {}

    /**
     * Judges the signature.
     *
     * @param issued when the token says it was issued
     * @throws KeysUnavailable when the keys cannot be had
     */
    Finding find(CompactJws jws, long issued) {
        var algorithm = Algorithm.named(jws.algorithm(), issuer.algorithms());
        if (algorithm == null) {
            return new Unsigned(Denials.ALGORITHM);
        }
        var keys = ring.current();
        var candidates = keys.candidates(jws.kid(), algorithm);
        if (candidates.isEmpty()) {
            var named = !jws.kid().isEmpty() && !keys.holds(jws.kid());
            keys = ring.newerThan(keys, named ? issued : Terms.EVER);
            candidates = keys.candidates(jws.kid(), algorithm);
        }
        for (var key : candidates) {
            if (key.verifies(algorithm, jws)) {
                return new Signed(keys);
            }
        }
        return new Unsigned(candidates.isEmpty() ? Denials.UNKNOWN_KEY : Denials.SIGNATURE);
    }

    /** Judges what may change from one request to the next, whoever signed. */
    Verdict judge(Terms terms, long now) {
        return terms.judge(
                issuer.audiences(), now, issuer.clockSkew(), issuer.rules().maxLifetime());
    }
}
