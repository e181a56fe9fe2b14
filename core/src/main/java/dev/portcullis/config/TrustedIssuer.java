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
 * @param claims which claims say what
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

        @Key(description = "Which claims say what, where they differ from the usual.", type = Key.Type.PART) @Nullable
        Claims claims) {

    /**
     * Which claims say what. Immutable.
     *
     * @param scopes the claim with the scopes
     * @param roles the claim with the roles
     * @param client the claim with the client
     * @param tenant the claim with the tenant
     * @param tier the claim with the tier
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
            String tier) {}
}
