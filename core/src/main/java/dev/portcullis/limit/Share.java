package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What one of many callers has used of a quota. Immutable.
 *
 * @param issuer who vouches for the client
 * @param client the client; one of a tenant's where the quota counts by tenant
 * @param tenant its tenant; null when it has none
 * @param usage what is used
 */
public record Share(String issuer, String client, @Nullable String tenant, Usage usage) {

    /** Checks what must be there. */
    public Share {
        requireNonNull(issuer, "issuer");
        requireNonNull(client, "client");
        requireNonNull(usage, "usage");
    }
}
