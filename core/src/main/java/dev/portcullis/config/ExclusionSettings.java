package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What detectors do not look at, or must be surer of, as written. Immutable.
 *
 * @param detector the detector that does not look
 * @param parameter the parameter that it does not look at
 * @param in where the parameter stands
 * @param paths the paths of the requests
 * @param level how sure the detector must be, where it looks
 * @param reason why
 */
public record ExclusionSettings(
        @Key(description = "The id of the detector that does not look; `*` for all.") @Nullable
        String detector,

        @Key(
                description =
                        "The name of the parameter that it does not look at, or a JSON pointer such as `/items/*/note`; `*` for all.")
        @Nullable
        String parameter,

        @Key(
                description =
                        "Where the parameter stands; without, in the query, a form, JSON, XML or all of a text. In a path it is the name of a variable.",
                oneOf = {"query", "form", "json", "xml", "text", "header", "cookie", "path"})
        @Nullable
        String in,

        @Key(description = "The paths of the requests that it is for.", defaultValue = "all that the policy is for")
        @Nullable
        List<String> paths,

        @Key(
                description = "How sure the detector must be of this parameter; without, it does not look at all.",
                oneOf = {"low", "balanced"})
        @Nullable
        String level,

        @Key(description = "Why, for whoever reads it later.") @Nullable
        String reason) {}
