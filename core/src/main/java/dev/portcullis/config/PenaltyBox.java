package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * From which score on callers are denied, as written. Immutable.
 *
 * @param denyAt the score
 * @param mode the mode of this part
 */
public record PenaltyBox(
        @Key(
                description = "The score from which on a caller is denied until it is less.",
                defaultValue = "100",
                type = Key.Type.COUNT)
        @Nullable
        String denyAt,

        @Key(
                description = "The mode of the penalty rules.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
