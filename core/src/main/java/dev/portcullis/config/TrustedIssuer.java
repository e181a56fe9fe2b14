package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may issue tokens, as written. Immutable.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param audiences who the tokens must be for
 * @param jwks where its keys are; null: where its metadata say
 * @param algorithms the signature algorithms that are accepted
 * @param clockSkew how far its clock may be off
 * @param introspection how it is asked about tokens
 * @param claims which claims say what
 * @param environment the environment whose tokens it issues
 * @param types the types that tokens may have
 * @param requiredClaims what tokens must say
 * @param forbiddenClaims what tokens must not say
 * @param subjects who tokens may be about
 * @param maxLifetime how long tokens may last
 * @param maxStale how old keys may become while they cannot be fetched
 * @param keyCache where the last good keys are kept
 * @param keyTimeout how long fetching keys may take
 * @param decryptionKeys what tokens may be encrypted to
 * @param proof what tokens must be bound to
 */
public record TrustedIssuer(
        @Key(description = "The exact `iss` of the issuer's tokens.") @Nullable
        String issuer,

        @Key(description = "Who tokens must be for: one of these must be in `aud`.") @Nullable
        List<String> audiences,

        @Key(
                description = "The issuer's keys: a URL, `file:`, `classpath:`, or the JSON itself.",
                defaultValue = "what `ISSUER/.well-known/openid-configuration` names")
        @Nullable
        String jwks,

        @Key(
                description = "The signature algorithms that are accepted, such as `[RS256, ES256]`.",
                defaultValue = "all with public keys")
        @Nullable
        List<String> algorithms,

        @Key(description = "How far the issuer's clock may be off.", defaultValue = "30s", type = Key.Type.DURATION)
        @Nullable
        String clockSkew,

        @Key(description = "How the issuer is asked about tokens that only it can read.", type = Key.Type.PART)
        @Nullable
        IntrospectionSettings introspection,

        @Key(description = "Which claims say what, where they differ from the usual.", type = Key.Type.PART) @Nullable
        Claims claims,

        @Key(
                description =
                        "The environment whose tokens it issues; where it is not the one at the top, its tokens are denied.",
                defaultValue = "the environment at the top")
        @Nullable
        String environment,

        @Key(
                description = "The types that tokens may have in their header, such as `[at+jwt]`; `absent` is none.",
                defaultValue = "JWT, at+jwt, absent")
        @Nullable
        List<String> types,

        @Key(description = "Claims that tokens must have, and what these must hold.", type = Key.Type.PART) @Nullable
        List<RequiredClaim> requiredClaims,

        @Key(description = "Claims that tokens must not have, such as `[act]`.") @Nullable
        List<String> forbiddenClaims,

        @Key(
                description = "Who tokens may be about: whole subjects, or beginnings such as `service-account-*`.",
                defaultValue = "anybody")
        @Nullable
        List<String> subjects,

        @Key(
                description = "How long tokens may last, from their issue and from now.",
                defaultValue = "as long as they say",
                type = Key.Type.DURATION)
        @Nullable
        String maxLifetime,

        @Key(
                description = "How old keys may become while they cannot be fetched, from `1m` to `30d`.",
                defaultValue = "24h",
                type = Key.Type.DURATION)
        @Nullable
        String maxStale,

        @Key(
                description =
                        "The file in which the last good keys are kept, such as `file:/var/lib/orders/keys.json`, for a start while the issuer is away.")
        @Nullable
        String keyCache,

        @Key(
                description = "How long one answer of the issuer may take when keys are fetched, up to `30s`.",
                defaultValue = "5s",
                type = Key.Type.DURATION)
        @Nullable
        String keyTimeout,

        @Key(
                description =
                        "The private keys to which the issuer may encrypt its tokens: a location of a JWK, a JWK set, or PKCS #8 in PEM; without, encrypted tokens are denied.",
                type = Key.Type.SECRET)
        @Nullable
        String decryptionKeys,

        @Key(
                description = "Whether tokens must be bound to something that their holder alone has.",
                type = Key.Type.PART)
        @Nullable
        Proof proof) {

    /**
     * What tokens must be bound to. Immutable.
     *
     * @param dpop whether to a key
     * @param certificate whether to a client certificate
     */
    public record Proof(
            @Key(
                    description =
                            "Whether tokens are bound to a key of which every request brings a proof (DPoP); tokens that are bound so are denied while it is `off`.",
                    defaultValue = "off",
                    oneOf = {"off", "optional", "required"})
            @Nullable
            String dpop,

            @Key(
                    description =
                            "Whether tokens are bound to the client's certificate (RFC 8705); tokens that are bound so are denied while it is `off`.",
                    defaultValue = "off",
                    oneOf = {"off", "optional", "required"})
            @Nullable
            String certificate) {}

    /**
     * A claim that tokens must have. Immutable.
     *
     * @param claim the claim
     * @param any what it must hold one of
     * @param all what it must hold all of
     */
    public record RequiredClaim(
            @Key(description = "The claim; dots lead into objects.") @Nullable
            String claim,

            @Key(
                    description = "Values of which the claim, or an element of it, must be one.",
                    defaultValue = "any value")
            @Nullable
            List<String> any,

            @Key(description = "Values that must all be among the claim's elements.") @Nullable
            List<String> all) {}

    /**
     * Which claims say what. Immutable.
     *
     * @param scopes the claim with the scopes
     * @param roles the claim with the roles
     * @param client the claim with the client
     * @param tenant the claim with the tenant
     * @param tier the claim with the tier
     * @param environment the claim with the environment
     */
    public record Claims(
            @Key(description = "The claim with the scopes.", defaultValue = "scope, else scp") @Nullable
            String scopes,

            @Key(description = "The claim with the roles; dots lead into objects.", defaultValue = "roles") @Nullable
            String roles,

            @Key(description = "The claim with the client.", defaultValue = "azp, else client_id") @Nullable
            String client,

            @Key(description = "The claim with the tenant.") @Nullable
            String tenant,

            @Key(description = "The claim with the tier.") @Nullable
            String tier,

            @Key(description = "The claim that must name the environment at the top.") @Nullable
            String environment) {}
}
