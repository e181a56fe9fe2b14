package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which attacks are looked for. Immutable.
 *
 * @param mode the mode of this part
 * @param level how suspicious the detectors are
 * @param exclude what is not looked at
 * @param onFailure what happens when a detector cannot tell
 */
public record Detection(
        @Key(
                description = "The mode of the attack rule.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description = "How suspicious the detectors are.",
                defaultValue = "balanced",
                oneOf = {"low", "balanced", "strict"})
        @Nullable
        String level,

        @Key(description = "Which parameters a detector does not look at.", type = Key.Type.PART) @Nullable
        List<Exclusion> exclude,

        @Key(
                description = "What happens to a request of which the detectors cannot tell.",
                defaultValue = "deny",
                oneOf = {"deny", "proceed"})
        @Nullable
        String onFailure) {}
