package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an issuer is asked about tokens (RFC 7662), and for how long its answers are kept. Immutable.
 *
 * @param address where; null for what the issuer's metadata name
 * @param proof how this application proves who it is
 * @param cache how long an answer about an active token is kept, at most; a token that was revoked goes on working for so long
 * @param negativeCache how long any other answer is kept
 * @param timeout how long a request waits for an answer
 * @param anyAudience whether a token of which the issuer does not say whom it is for is taken
 */
public record IntrospectionEndpoint(
        @Nullable URI address,
        ClientProof proof,
        Duration cache,
        Duration negativeCache,
        Duration timeout,
        boolean anyAudience) {

    /** How long an answer about an active token is kept unless told otherwise: 30 seconds. */
    public static final Duration DEFAULT_CACHE = Duration.ofSeconds(30);

    /** How long any other answer is kept unless told otherwise: 5 seconds. */
    public static final Duration DEFAULT_NEGATIVE_CACHE = Duration.ofSeconds(5);

    /** How long a request waits for an answer unless told otherwise: 1 second. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    /** The longest that answers may be kept: 1 hour. */
    public static final Duration MAX_CACHE = Duration.ofHours(1);

    /** The longest that a request may wait: 30 seconds. */
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

    /** Checks the address and the times. */
    public IntrospectionEndpoint {
        requireNonNull(proof, "proof");
        if (address != null) {
            KeySource.Address.http("endpoint", address);
        }
        demand("cache", cache, MAX_CACHE);
        demand("negative-cache", negativeCache, MAX_CACHE);
        demand("timeout", timeout, MAX_TIMEOUT);
        if (timeout.isZero()) {
            throw new IllegalArgumentException("timeout: none (expected: more than none)");
        }
    }

    private static void demand(String what, Duration span, Duration most) {
        if (span.isNegative() || span.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": `" + span + "` (expected: 0s to " + most.toSeconds() + "s)");
        }
    }
}
