package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What some callers are permitted in place of the common number. Immutable.
 *
 * @param permits how much the period grants them
 */
public record LimitShare(
        @Key(description = "How much the period grants these callers, written as for everybody.") @Nullable
        String permits) {}
