package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * How an issuer is asked about tokens, as written. Immutable.
 *
 * @param endpoint where
 * @param auth how this application proves who it is
 * @param clientId what the issuer calls this application
 * @param clientSecret the secret that the issuer shares with it
 * @param key the private key that it signs with
 * @param cache how long an answer about an active token is kept
 * @param negativeCache how long any other answer is kept
 * @param timeout how long a request waits for an answer
 * @param unsafeAnyAudience whether tokens are taken of which the issuer does not say whom they are for
 */
public record IntrospectionSettings(
        @Key(
                description = "The address of the introspection endpoint (RFC 7662).",
                defaultValue = "what the issuer's metadata name")
        @Nullable
        String endpoint,

        @Key(
                description = "How the application proves to the issuer who it is.",
                defaultValue = "basic with a secret, private_key_jwt with a key",
                oneOf = {"basic", "post", "private_key_jwt"})
        @Nullable
        String auth,

        @Key(description = "What the issuer calls this application.") @Nullable
        String clientId,

        @Key(
                description = "The secret that the issuer shares with this application, such as `${CLIENT_SECRET}`.",
                type = Key.Type.SECRET)
        @Nullable
        String clientSecret,

        @Key(
                description =
                        "The private key that the application signs with: a location of a JWK, or of PKCS #8 in PEM.",
                type = Key.Type.SECRET)
        @Nullable
        String key,

        @Key(
                description =
                        "How long an answer about an active token is kept, at most until the token is over; a token that is revoked works for so long.",
                defaultValue = "30s",
                type = Key.Type.DURATION)
        @Nullable
        String cache,

        @Key(description = "How long any other answer is kept.", defaultValue = "5s", type = Key.Type.DURATION)
        @Nullable
        String negativeCache,

        @Key(
                description = "How long a request waits for an answer, up to `30s`.",
                defaultValue = "1s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(
                description =
                        "Takes tokens of which the issuer does not say whom they are for; those that are for others stay denied.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String unsafeAnyAudience) {}
