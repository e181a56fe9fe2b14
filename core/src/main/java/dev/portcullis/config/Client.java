package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that calls with an API key, as written. Immutable.
 *
 * @param apiKeys the hashes of its keys
 * @param scopes what it may do
 * @param roles what it is
 * @param tenant its tenant
 * @param tier its plan
 */
public record Client(
        @Key(description = "The hashes of the client's keys, `sha256:...`; `portcullis keys hash` makes them.")
        @Nullable
        List<String> apiKeys,

        @Key(description = "What the client may do.") @Nullable
        List<String> scopes,

        @Key(description = "What the client is.") @Nullable List<String> roles,
        @Key(description = "The client's tenant.") @Nullable String tenant,
        @Key(description = "The client's plan.") @Nullable String tier) {}
