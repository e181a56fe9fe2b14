package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the body must be. Immutable.
 *
 * @param maxSize how large it may be
 * @param maxTime how long it may take to come
 * @param schema the JSON Schema that it must obey
 * @param encodings which content codings are undone for the rules that read it
 * @param maxRatio how many times longer it may become then
 * @param mode the mode of this part
 */
public record Content(
        @Key(description = "How large the body may be, such as `64KB`.", type = Key.Type.SIZE) @Nullable
        String maxSize,

        @Key(
                description =
                        "How long the body may take until the application has read it, what it does in between included, such as `2m`; of what rules read, 30 seconds hold besides.",
                defaultValue = "without bound where rules do not read it",
                type = Key.Type.DURATION)
        @Nullable
        String maxTime,

        @Key(description = "The JSON Schema that the body must obey: `classpath:`, `file:`, or the JSON itself.")
        @Nullable
        String schema,

        @Key(
                description =
                        "The encodings that are undone for rules which read the body, `gzip` and `deflate`; the application gets the bytes as they came.",
                defaultValue = "none: such a body is 415 where a rule reads it")
        @Nullable
        List<String> encodings,

        @Key(
                description = "How many times longer an encoded body may become; `max-size` holds for it too.",
                defaultValue = "100",
                type = Key.Type.COUNT)
        @Nullable
        String maxRatio,

        @Key(
                description = "The mode of the body rules.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /** A body of which only this is written. */
    public static Content of(@Nullable String maxSize, @Nullable String schema) {
        return new Content(maxSize, null, schema, null, null, null);
    }
}
