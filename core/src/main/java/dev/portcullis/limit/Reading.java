package dev.portcullis.limit;

/**
 * What a meter says of one request. Immutable.
 *
 * @param passed whether there were permits in every window
 * @param window the window with the fewest permits left, or the one that denies for the longest, by its place among the windows
 * @param left how many permits it has left; negative when there are debts
 * @param nanos the nanoseconds until more permits are there, or until enough are
 * @param shared whether the meter counts more than one key, because the table is full
 * @param at by whoever counts in this process, when it was, in nanoseconds that only he knows; from a store, until when permits can be
 *     given back, in nanoseconds since 1970; below zero, that of this process where a store could not tell
 */
record Reading(boolean passed, int window, long left, long nanos, boolean shared, long at) {

    /** The same, of this process in place of a store. */
    Reading here() {
        return new Reading(passed, window, left, nanos, shared, -1 - at);
    }

    /** Whether a time is of this process, in place of a store. */
    static boolean isHere(long at) {
        return at < 0;
    }

    /** The time of this process that it is. */
    static long timeHere(long at) {
        return -1 - at;
    }

    /** The same, told so many nanoseconds later. */
    Reading later(long elapsed) {
        return new Reading(passed, window, left, Math.max(1, nanos - elapsed), shared, at);
    }

    /** The same with other permits left. */
    Reading with(long other) {
        return new Reading(passed, window, other, nanos, shared, at);
    }
}
