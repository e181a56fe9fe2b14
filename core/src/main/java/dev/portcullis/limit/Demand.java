package dev.portcullis.limit;

import java.util.List;

/**
 * What one request would use of a limit, without using any. Immutable.
 *
 * @param exempt whether it is not counted at all
 * @param high the upper half of a number that only requests which count together have in common
 * @param low the lower half
 * @param permits how many permits it would use, as far as is known when it comes
 * @param windows what is granted to its caller
 */
public record Demand(boolean exempt, long high, long low, long permits, List<Window> windows) {

    /** Copies the windows. */
    public Demand {
        windows = List.copyOf(windows);
    }
}
