package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Which requests observed detectors look at, as written. Immutable.
 *
 * @param rate which share of requests
 * @param perSecond how many in a second at most
 */
public record SampleSettings(
        @Key(
                description = "Which share of requests observed detectors look at, such as `10%` or `0.1`.",
                defaultValue = "100%")
        @Nullable
        String rate,

        @Key(
                description = "How many requests observed detectors look at in a second at most.",
                defaultValue = "no limit",
                type = Key.Type.COUNT)
        @Nullable
        String perSecond) {}
