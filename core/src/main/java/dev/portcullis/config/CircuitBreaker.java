package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * When handlers are left alone because they fail. Immutable.
 *
 * @param failureRate how many of a hundred requests must fail
 * @param minRequests how many requests there must be
 * @param window of which time
 * @param openFor how long nobody is let through
 * @param probes how many requests then try
 * @param by what is judged by itself
 * @param mode the mode of this part
 */
public record CircuitBreaker(
        @Key(
                description =
                        "The share of requests that fail, by an exception or 5xx, at which nobody is let through any more.",
                defaultValue = "50%")
        @Nullable
        String failureRate,

        @Key(
                description = "How many requests there must be within the window.",
                defaultValue = "10",
                type = Key.Type.COUNT)
        @Nullable
        String minRequests,

        @Key(
                description = "The time of which requests are counted, from 1s to 1h.",
                defaultValue = "10s",
                type = Key.Type.DURATION)
        @Nullable
        String window,

        @Key(
                description = "How long nobody is let through, from 1s to 1h.",
                defaultValue = "10s",
                type = Key.Type.DURATION)
        @Nullable
        String openFor,

        @Key(
                description = "How many requests are then let through to try; all of them must succeed.",
                defaultValue = "3",
                type = Key.Type.COUNT)
        @Nullable
        String probes,

        @Key(
                description = "What is judged by itself: each `route`, or all handlers of the policy together.",
                defaultValue = "route",
                oneOf = {"route", "global"})
        @Nullable
        String by,

        @Key(
                description = "The mode of the circuit breaker.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
