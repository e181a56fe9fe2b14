package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a form may be, urlencoded or multipart. Immutable.
 *
 * @param maxFields how many there may be
 * @param maxFieldSize how long the value of one may be
 * @param fields the names of those that may come
 * @param schema the JSON Schema that they must obey together
 * @param mode the mode of this part
 */
public record Form(
        @Key(
                description = "How many fields a form may have, at most 200; files do not count.",
                defaultValue = "100",
                type = Key.Type.COUNT)
        @Nullable
        String maxFields,

        @Key(description = "How long the value of one field may be.", defaultValue = "64KB", type = Key.Type.SIZE)
        @Nullable
        String maxFieldSize,

        @Key(description = "The names of the fields that may come.", defaultValue = "all") @Nullable
        List<String> fields,

        @Key(
                description =
                        "The JSON Schema that the fields must obey as one object, read as its types say: `classpath:`, `file:`, or the JSON itself. Bodies must be forms then.")
        @Nullable
        String schema,

        @Key(
                description = "The mode of the rules about forms.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
