package dev.portcullis.limit;

/**
 * What a meter says of one request. Immutable.
 *
 * @param passed whether there were permits in every window
 * @param window the window with the fewest permits left, or the one that denies for the longest, by its place among the windows
 * @param left how many permits it has left; negative when there are debts
 * @param nanos the nanoseconds until more permits are there, or until enough are
 * @param shared whether the meter counts more than one key, because the table is full
 * @param at when it was, in the nanoseconds of whoever counts
 */
record Reading(boolean passed, int window, long left, long nanos, boolean shared, long at) {}
