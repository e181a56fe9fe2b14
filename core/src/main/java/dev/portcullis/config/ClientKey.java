package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a client, as written. Immutable.
 *
 * @param hash the hash of the key
 * @param notBefore when it may first be used
 * @param expires when it is over
 * @param previous the key that it replaces
 * @param scopes what it may be used for
 * @param routes where it may be used
 * @param addresses from where it may be used
 * @param tier its plan
 * @param description what it is for
 */
public record ClientKey(
        @Key(description = "The hash of the whole key, `sha256:...` or, with a pepper, `hmac-sha256:...`.") @Nullable
        String hash,

        @Key(description = "When the key may first be used, such as `2026-07-01` or `2026-07-01T12:00:00Z`.") @Nullable
        String notBefore,

        @Key(description = "When the key is over.", defaultValue = "never") @Nullable
        String expires,

        @Key(description = "The key of the same id that this one replaces.", type = Key.Type.PART) @Nullable
        Previous previous,

        @Key(
                description = "What the key may be used for, of what the client may do.",
                defaultValue = "all that the client may do")
        @Nullable
        List<String> scopes,

        @Key(description = "The paths that the key may be used on, such as `/orders/**`.", defaultValue = "all")
        @Nullable
        List<String> routes,

        @Key(description = "The addresses or ranges that the key may be used from.", defaultValue = "all") @Nullable
        List<String> addresses,

        @Key(description = "The plan of whoever uses the key.", defaultValue = "the client's") @Nullable
        String tier,

        @Key(description = "What the key is for; for people only.") @Nullable
        String description) {

    /**
     * A key that is being replaced. Immutable.
     *
     * @param hash its hash
     * @param expires when it is over
     */
    public record Previous(
            @Key(description = "The hash of the key that is replaced.") @Nullable
            String hash,

            @Key(description = "Until when it still works beside the new one.") @Nullable
            String expires) {}
}
