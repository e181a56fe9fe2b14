package dev.portcullis.auth;

import java.util.concurrent.CompletableFuture;

/**
 * Keys that are written in the configuration. Immutable.
 *
 * @param keys the keys
 */
record FixedKeys(KeySet keys) implements KeyRing {

    @Override
    public KeySet current() {
        return keys;
    }

    @Override
    public KeySet newerThan(KeySet seen, long issued) {
        return keys;
    }

    @Override
    public CompletableFuture<?> fetched() {
        return CompletableFuture.completedFuture(keys);
    }

    @Override
    public void tend() {
        // what is written in the configuration does not age
    }

    @Override
    public KeyReport report(String issuer) {
        return new KeyReport(issuer, true, keys.keys().size(), null, null, keys.notes());
    }
}
