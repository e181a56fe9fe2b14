package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a multipart form may be. Immutable.
 *
 * @param maxSize how large the whole body may be
 * @param maxFiles how many files there may be
 * @param maxFileSize how large one file may be
 * @param fields the names of the fields that may hold files
 * @param extensions the endings that their names may have
 * @param mediaTypes the media types that they may be declared as
 * @param content whether their bytes are held against what is declared
 * @param doubleExtensions what happens to names with a dangerous ending before the last
 * @param mode the mode of this part
 */
public record FileUploads(
        @Key(
                description = "How large the whole multipart body may be; `body.max-size` holds beside it.",
                defaultValue = "10MB",
                type = Key.Type.SIZE)
        @Nullable
        String maxSize,

        @Key(description = "How many files there may be.", defaultValue = "10", type = Key.Type.COUNT) @Nullable
        String maxFiles,

        @Key(description = "How large one file may be.", defaultValue = "10MB", type = Key.Type.SIZE) @Nullable
        String maxFileSize,

        @Key(description = "The names of the fields that may hold files.", defaultValue = "all") @Nullable
        List<String> fields,

        @Key(
                description =
                        "The endings that names of files may have, without the dot; without, all but those of files that something runs, such as `html`, `svg`, `jsp` and `exe`.")
        @Nullable
        List<String> extensions,

        @Key(
                description = "The media types that files may be declared as, such as `application/pdf` or `image/*`.",
                defaultValue = "all")
        @Nullable
        List<String> mediaTypes,

        @Key(
                description = "Whether the bytes of a file are held against its ending and its media type.",
                defaultValue = "verify",
                oneOf = {"verify", "ignore"})
        @Nullable
        String content,

        @Key(
                description =
                        "What happens to a name like `a.php.jpg`, with an ending that something runs before the last.",
                defaultValue = "deny",
                oneOf = {"deny", "allow"})
        @Nullable
        String doubleExtensions,

        @Key(
                description = "The mode of the rule about files.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
