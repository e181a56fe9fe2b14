package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done about what must not leave. Immutable.
 *
 * @param mask the kinds that are masked
 * @param stop the kinds that stop a response
 * @param ignore the kinds that are not looked for
 * @param unjudged what becomes of text that cannot be looked at
 * @param mode the mode of this part
 */
public record LeakSettings(
        @Key(description = "The kinds that go out as asterisks; all that no list names are counted.") @Nullable
        List<String> mask,

        @Key(description = "The kinds for which the response does not go out: 502 `response-denied`.") @Nullable
        List<String> stop,

        @Key(description = "The kinds that are not looked for.") @Nullable
        List<String> ignore,

        @Key(
                description =
                        "What becomes of text that cannot be looked at: streamed, compressed, a part, or longer than `max-size`.",
                defaultValue = "proceed",
                oneOf = {"proceed", "deny"})
        @Nullable
        String unjudged,

        @Key(
                description = "The mode of this part.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
