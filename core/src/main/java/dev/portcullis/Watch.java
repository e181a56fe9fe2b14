package dev.portcullis;

import org.jspecify.annotations.Nullable;

/**
 * What a check wants to learn or judge after its rule has passed.
 *
 * <p>An adapter calls {@link #reading} while the application reads a body that was not read before, and {@link #ended} exactly
 * once, whatever happened. Belongs to one request, unless it keeps no state.
 */
public interface Watch {

    /** The watch that nobody keeps. */
    Watch NONE = new Watch() {};

    /**
     * Judges the body as the application reads it.
     *
     * @param total how many bytes the application has read so far, this read included
     * @return a pass to read on, or the denial that ends the request
     */
    default Verdict reading(long total) {
        return Verdict.pass();
    }

    /**
     * Learns that a later rule has denied the request, so that what it has used of a limit can be given back. An observed denial is
     * told to the watches of observed rules only.
     *
     * @param deny the denial
     */
    default void denied(Verdict.Deny deny) {}

    /**
     * Learns how the exchange ended.
     *
     * @param request the request as the rule saw it
     * @param ending how it ended
     * @param status the status that was sent; 0 when none was
     */
    default void ended(Request request, Ending ending, int status) {}

    /** Learns how the exchange ended, and what was sent. Whoever needs the status only overrides the other one. */
    default void ended(Request request, Ending ending, Sent sent) {
        ended(request, ending, sent.status());
    }

    /** Whether it asks how many bytes were sent, which nobody counts unless somebody does. */
    default boolean asksBytes() {
        return false;
    }

    /** What was sent. */
    interface Sent {

        /** The status; 0 when none was sent. */
        int status();

        /** A header's value; null when there is none, or nobody knows. */
        @Nullable
        String header(String name);

        /** How many bytes of content the application wrote; 0 when nobody counted them. */
        long bytes();

        /** A status of which nothing else is known. */
        static Sent of(int status) {
            return new Sent() {
                @Override
                public int status() {
                    return status;
                }

                @Override
                public @Nullable String header(String name) {
                    return null;
                }

                @Override
                public long bytes() {
                    return 0;
                }
            };
        }
    }
}
