package dev.portcullis.auth;

import java.util.concurrent.CompletableFuture;

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
     * @param issued when the token says it was issued, in milliseconds of the epoch; {@link Terms#EVER} when it does not say
     * @throws KeysUnavailable when it cannot be told whether there are newer ones
     */
    KeySet newerThan(KeySet seen, long issued);

    /** Completed, never exceptionally, when keys are there or a fetch of them has failed. Starts one if need be. */
    CompletableFuture<?> fetched();

    /** Starts to fetch the keys again when that is due. Waits for nothing. */
    void tend();

    /** How it stands with these keys, of the issuer of this name. */
    KeyReport report(String issuer);
}
