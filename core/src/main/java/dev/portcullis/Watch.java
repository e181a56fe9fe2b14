package dev.portcullis;

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
}
