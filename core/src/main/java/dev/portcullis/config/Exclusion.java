package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What is not looked at. Immutable.
 *
 * @param detector the detector that does not look
 * @param parameter the parameter that it does not look at
 */
public record Exclusion(
        @Key(description = "The id of the detector that does not look.") @Nullable
        String detector,

        @Key(description = "The name of the parameter that it does not look at.") @Nullable
        String parameter) {}
