package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What the body must be. Immutable.
 *
 * @param maxSize how large it may be
 * @param schema the JSON Schema that it must obey
 * @param mode the mode of this part
 */
public record Content(
        @Key(description = "How large the body may be, such as `64KB`.", type = Key.Type.SIZE) @Nullable
        String maxSize,

        @Key(description = "The JSON Schema that the body must obey: `classpath:`, `file:`, or the JSON itself.")
        @Nullable
        String schema,

        @Key(
                description = "The mode of the body rules.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
