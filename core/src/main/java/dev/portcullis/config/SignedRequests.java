package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way in which some clients sign their requests, as written. Immutable.
 *
 * @param preset the style of a service that sends webhooks; null: HTTP message signatures
 * @param keys the keys, by the id that signatures name
 * @param required what a signature must cover
 * @param maxAge how old a signature may be
 * @param clockSkew how far clocks may differ
 * @param nonce which requests must carry a nonce
 * @param tag the tag that a signature must have
 * @param label the label that a signature must have
 * @param unsafeUnsignedBodies whether bodies may be unsigned
 */
public record SignedRequests(
        @Key(
                description =
                        "The service whose webhooks these are; without it, signatures are HTTP message signatures (RFC 9421).",
                oneOf = {"github", "stripe", "slack"})
        @Nullable
        String preset,

        @Key(
                description =
                        "The keys, by the `keyid` that signatures name; for webhooks by a name of your choice, any of which may have signed.",
                type = Key.Type.PART)
        @Nullable
        Map<String, SigningKey> keys,

        @Key(
                description =
                        "What a signature must cover, beside `content-digest` where there is a body, such as `@method` or `content-type`.",
                defaultValue = "@method, @target-uri")
        @Nullable
        List<String> required,

        @Key(
                description = "How old a signature may be.",
                defaultValue = "60s; for webhooks 5m",
                type = Key.Type.DURATION)
        @Nullable
        String maxAge,

        @Key(description = "How far clocks may differ.", defaultValue = "5s", type = Key.Type.DURATION) @Nullable
        String clockSkew,

        @Key(
                description =
                        "Which requests must carry a nonce, which is good once: all, those of unsafe methods, or none. For webhooks `required` denies one that comes again.",
                defaultValue = "unsafe; for webhooks required, for GitHub's off",
                oneOf = {"required", "unsafe", "off"})
        @Nullable
        String nonce,

        @Key(description = "The `tag` that a signature must have, so that those of others are left alone.") @Nullable
        String tag,

        @Key(description = "The label that a signature must have, so that those of others are left alone.") @Nullable
        String label,

        @Key(
                description = "Lets bodies pass that no signature covers: whoever is on the way can change them.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String unsafeUnsignedBodies) {

    /**
     * A key that signs. Immutable.
     *
     * @param algorithm its algorithm
     * @param publicKey the public key
     * @param secret the shared secret
     * @param client who signs with it
     */
    public record SigningKey(
            @Key(
                    description = "The algorithm, which is the key's alone and never the message's choice.",
                    oneOf = {
                        "rsa-pss-sha512",
                        "rsa-v1_5-sha256",
                        "hmac-sha256",
                        "ecdsa-p256-sha256",
                        "ecdsa-p384-sha384",
                        "ed25519"
                    })
            @Nullable
            String algorithm,

            @Key(description = "The public key, PEM or JWK: the text itself, `file:` or `classpath:`.") @Nullable
            String publicKey,

            @Key(
                    description =
                            "The secret for `hmac-sha256` (at least 32 bytes) and webhooks (16), such as `${SECRET}`; `base64:` before encoded bytes.",
                    type = Key.Type.SECRET)
            @Nullable
            String secret,

            @Key(description = "Who signs with it: a name under `clients`, or one of your choice.") @Nullable
            String client) {

        /** Does not show the secret. */
        @Override
        public String toString() {
            return "SigningKey[algorithm=" + algorithm + ", client=" + client + "]";
        }
    }
}
