package dev.portcullis.limit;

/**
 * What a meter says of one request. Immutable.
 *
 * @param passed whether there was a permit in every window
 * @param window the window with the fewest permits left, by its place among the windows
 * @param left how many permits it has left
 * @param nanos the nanoseconds until more permits are there
 * @param shared whether the meter counts more than one key, because the table is full
 */
record Reading(boolean passed, int window, long left, long nanos, boolean shared) {}
