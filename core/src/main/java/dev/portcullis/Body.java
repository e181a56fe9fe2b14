package dev.portcullis;

import static java.util.Objects.requireNonNull;

/**
 * A request's body, read when a check first asks, within that check's bound.
 *
 * <p>What was read is kept and replayed to the application byte for byte. Belongs to one request and one thread at a time.
 */
public interface Body {

    /** The bound, in bytes, for whoever has no other: 1 MiB. */
    long DEFAULT_BOUND = 1L << 20;

    /** The body's length in bytes as the client declared it; -1 when it did not. */
    long declaredLength();

    /** Tells whether the request carries no body at all. */
    boolean isEmpty();

    /**
     * Reads the whole body, which must be at most {@code bound} bytes long.
     *
     * @return the bytes, or the denial that a check returns in their stead: 413 for a longer body, 400 for one that breaks off or
     *     is not well framed
     */
    Content content(long bound);

    /** What came of reading a body. */
    sealed interface Content {

        /**
         * All of the body.
         *
         * @param bytes the bytes as they came; not to be changed
         */
        @SuppressWarnings("ArrayRecordComponent") // a megabyte is not copied to please equals()
        record Whole(byte[] bytes) implements Content {}

        /**
         * No body within the bound.
         *
         * @param deny the verdict to return
         */
        record Refused(Verdict.Deny deny) implements Content {

            /** Checks that the verdict is there. */
            public Refused {
                requireNonNull(deny, "deny");
            }
        }
    }
}
