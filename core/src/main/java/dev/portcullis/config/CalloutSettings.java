package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked whether a request may be, as written. Immutable.
 *
 * @param url where
 * @param token what the gate proves itself by
 * @param timeout how long a request waits
 * @param cache how long an answer is kept
 * @param send what is told
 */
public record CalloutSettings(
        @Key(
                description =
                        "The address that is asked, such as `https://opa.example.com/v1/data/orders/allow`; https, or the loopback address.")
        @Nullable
        String url,

        @Key(
                description = "The bearer token by which the gate proves itself there, such as `${OPA_TOKEN}`.",
                type = Key.Type.SECRET)
        @Nullable
        String token,

        @Key(
                description = "How long a request waits for the answer, up to `10s`; no answer is 503.",
                defaultValue = "1s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(
                description = "How long an answer is kept, by all that was sent, up to `5m`.",
                defaultValue = "0s",
                type = Key.Type.DURATION)
        @Nullable
        String cache,

        @Key(
                description =
                        "The attributes that are sent, by the names that conditions have for them, such as `principal.claims.org` or `request.headers['X-Region']`.",
                defaultValue =
                        "method, path, route template, path variables; id, kind, issuer, client, tenant, tier, scopes and roles of the caller")
        @Nullable
        List<String> send) {

    /** Does not show the token. */
    @Override
    public String toString() {
        return "CalloutSettings[url=" + url + "]";
    }
}
