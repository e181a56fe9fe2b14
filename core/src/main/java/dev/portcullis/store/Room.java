package dev.portcullis.store;

import java.time.Clock;

/**
 * How much may be in each space, and by which clock it expires.
 *
 * @param clock by which entries expire
 * @param most how many entries there may be
 */
record Room(Clock clock, long most) {}
