package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Which requests the application's own detectors look at in the background, as written. Immutable.
 *
 * @param rate which share of requests
 * @param perSecond how many in a second at most
 * @param timeOut how long a detector may look at one
 */
public record BackgroundSettings(
        @Key(description = "Which share of requests they look at, such as `10%` or `0.1`.", defaultValue = "10%")
        @Nullable
        String rate,

        @Key(
                description = "How many requests they look at in a second at most.",
                defaultValue = "100",
                type = Key.Type.COUNT)
        @Nullable
        String perSecond,

        @Key(
                description = "How long a detector may look at one request.",
                defaultValue = "2s",
                type = Key.Type.DURATION)
        @Nullable
        String timeOut) {}
