package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which attacks are looked for. Immutable.
 *
 * @param mode the mode of this part
 * @param level how suspicious the detectors are
 * @param detectors what is said of single detectors, by their ids
 * @param trusted callers of whom detectors must be surer
 * @param exclude what is not looked at
 * @param sample which requests observed detectors look at
 * @param multipart whether multipart forms are read
 * @param background which requests the application's own detectors look at in the background
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

        @Key(description = "What holds for single detectors, by their ids.", type = Key.Type.PART) @Nullable
        Map<String, DetectorSettings> detectors,

        @Key(description = "Callers of whom the detectors must be surer.", type = Key.Type.PART) @Nullable
        TrustedCallers trusted,

        @Key(description = "Which parameters a detector does not look at.", type = Key.Type.PART) @Nullable
        List<ExclusionSettings> exclude,

        @Key(
                description =
                        "Which requests observed detectors look at, all unless said otherwise; enforced ones look at all.",
                type = Key.Type.PART)
        @Nullable
        SampleSettings sample,

        @Key(
                description =
                        "Whether the fields of multipart forms and the names of their files are read, where the container was told to take such bodies apart; `ignore` is for applications that do so themselves. `form` and `uploads` read them in any case.",
                defaultValue = "read",
                oneOf = {"read", "ignore"})
        @Nullable
        String multipart,

        @Key(
                description = "Which requests the application's own detectors look at in the background.",
                type = Key.Type.PART)
        @Nullable
        BackgroundSettings background,

        @Key(
                description = "What happens to a request of which the detectors cannot tell.",
                defaultValue = "deny",
                oneOf = {"deny", "proceed"})
        @Nullable
        String onFailure) {

    /** Detection at a level in a mode, of which nothing else is written. */
    public static Detection of(@Nullable String mode, @Nullable String level) {
        return new Detection(mode, level, null, null, null, null, null, null, null);
    }
}
