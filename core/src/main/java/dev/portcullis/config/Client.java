package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered here, as written. Immutable.
 *
 * @param apiKeys the hashes of its keys
 * @param keys its keys with all that is said of each, by their ids
 * @param certificates its client certificates
 * @param tokens the clients of issuers that it is
 * @param scopes what it may do
 * @param roles what it is
 * @param tenant its tenant
 * @param tier its plan
 * @param owner who is to be told about it
 */
public record Client(
        @Key(
                description =
                        "The hashes of keys that are good for everything the client may do, `sha256:...`; `portcullis keys hash` makes them.")
        @Nullable
        List<String> apiKeys,

        @Key(
                description = "The keys `prefix_ID.secret`, by their ids; `portcullis keys new` makes them.",
                type = Key.Type.PART)
        @Nullable
        Map<String, ClientKey> keys,

        @Key(
                description =
                        "Its client certificates, by alternative names or public keys: `spiffe://...`, `uri:...`, `dns:...`, `email:...`, `spki-sha256:...`.")
        @Nullable
        List<String> certificates,

        @Key(
                description =
                        "The clients of issuers that are this client, as `ISSUER/CLIENT` with the name under `issuers`: rate limits, quotas and limits of what is in flight count their tokens with its other credentials.")
        @Nullable
        List<String> tokens,

        @Key(description = "What the client may do.") @Nullable
        List<String> scopes,

        @Key(description = "What the client is.") @Nullable List<String> roles,
        @Key(description = "The client's tenant.") @Nullable String tenant,
        @Key(description = "The client's plan.") @Nullable String tier,

        @Key(description = "Who is to be told about the client; for people only.") @Nullable
        String owner) {}
