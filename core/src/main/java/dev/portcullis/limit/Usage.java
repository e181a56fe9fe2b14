package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

/**
 * What a caller has used of a limit. Immutable.
 *
 * @param limit the name of the limit's rule
 * @param window the window with the fewest permits left
 * @param permits how many permits it has
 * @param used how many are used; more than there are when a quota is soft or was charged afterwards
 * @param nanos the nanoseconds until there are more
 */
public record Usage(String limit, String window, long permits, long used, long nanos) {

    /** Checks that the names are there. */
    public Usage {
        requireNonNull(limit, "limit");
        requireNonNull(window, "window");
    }
}
