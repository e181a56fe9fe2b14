package dev.portcullis.auth;

/** The keys of one issuer as they are at the moment. Implementations are thread-safe. */
interface KeyRing {

    /**
     * The keys to verify with.
     *
     * @throws KeysUnavailable when there are none that may still be used, and none can be had now
     */
    KeySet current();

    /**
     * Keys that may be newer than those in which a token's key was not found.
     *
     * @throws KeysUnavailable when it cannot be told whether there are newer ones
     */
    KeySet newerThan(KeySet seen);
}
