package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one detector. Immutable.
 *
 * @param mode whether what it finds is denied
 * @param level how suspicious it is
 */
public record DetectorSettings(
        @Key(
                description = "The mode of this detector; `off`: it does not look.",
                defaultValue = "the mode of the attack rule",
                oneOf = {"enforce", "observe", "off"})
        @Nullable
        String mode,

        @Key(
                description = "How suspicious this detector is.",
                defaultValue = "the level of the attack rule",
                oneOf = {"low", "balanced", "strict"})
        @Nullable
        String level) {}
