package dev.portcullis.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer as they are fetched, and their copy on disk. Thread-safe.
 *
 * @param issuer whose keys they are
 * @param fetcher fetches them
 * @param copy keeps the last good ones; null: nobody does
 */
record IssuerKeys(Issuer issuer, Fetcher fetcher, @Nullable KeyCopy copy) implements KeySupply {

    @Override
    public CompletableFuture<KeySet> fetch() {
        return fetcher.fetch(issuer).thenApply(this::take);
    }

    private KeySet take(byte[] jwks) {
        var keys = JwkReader.of(issuer).read(jwks);
        if (copy != null && !keys.isEmpty()) {
            copy.write(jwks);
        }
        return keys;
    }

    @Override
    public @Nullable Kept kept() {
        return copy == null ? null : copy.read();
    }

    @Override
    public Duration maxStale() {
        return issuer.keyCare().maxStale();
    }
}
