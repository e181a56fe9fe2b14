package dev.portcullis.auth;

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
    public KeySet newerThan(KeySet seen) {
        return keys;
    }
}
