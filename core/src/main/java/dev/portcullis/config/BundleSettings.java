package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Where an application's policies come from, signed, in the place of its properties, as written. Immutable.
 *
 * @param source where the bundle is
 * @param publicKey the key that has signed it
 * @param refresh how often it is looked for another one
 * @param timeout how long that may take
 * @param keep the file that keeps the last one over restarts
 */
public record BundleSettings(
        @Key(
                description =
                        "Where the signed policy file is, `file:` and a path or an `https:` address; its signature is beside it with `.sig` behind the name. In Spring Boot alone.")
        @Nullable
        String source,

        @Key(
                description =
                        "The public key that has signed it (Ed25519, as PEM), such as `file:/etc/orders/policy.pub`.")
        @Nullable
        String publicKey,

        @Key(description = "How often it is looked for another one.", defaultValue = "1m", type = Key.Type.DURATION)
        @Nullable
        String refresh,

        @Key(
                description = "How long fetching each of the two files may take.",
                defaultValue = "10s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(
                description =
                        "The file that keeps the last bundle over restarts, `file:` and a path: a start takes no older one then, and needs no source.")
        @Nullable
        String keep) {}
