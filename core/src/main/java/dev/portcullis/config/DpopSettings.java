package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What the proofs must be like that come with tokens which are bound to a key (RFC 9449), as written. Immutable.
 *
 * @param lifetime how old a proof may be
 * @param nonces whether proofs must carry a nonce of the gate's
 * @param nonceSecret what nonces are made with
 */
public record DpopSettings(
        @Key(
                description = "How old a proof may be, up to `10m`; each is good once.",
                defaultValue = "1m",
                type = Key.Type.DURATION)
        @Nullable
        String lifetime,

        @Key(
                description =
                        "Whether a proof must carry a nonce that the gate has handed out, so that none can be made in advance.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String nonces,

        @Key(
                description =
                        "The secret that nonces are made with, at least 32 characters, the same on every node, such as `${NONCE_SECRET}`.",
                defaultValue = "a random one, so that every node takes its own nonces alone",
                type = Key.Type.SECRET)
        @Nullable
        String nonceSecret) {

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "DpopSettings[lifetime=" + lifetime + ", nonces=" + nonces + "]";
    }
}
