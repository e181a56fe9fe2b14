package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields that not everybody may see. Immutable.
 *
 * @param pointers where they are
 * @param plainForRoles the roles that see them
 * @param plainForScopes the scopes that see them
 * @param show what others see
 */
public record MaskSettings(
        @Key(description = "JSON Pointers to the fields, such as `/items/*/card`; `*` is every member and every item.")
        @Nullable
        List<String> pointers,

        @Key(description = "The roles that see the fields, of which one suffices.") @Nullable
        List<String> plainForRoles,

        @Key(description = "The scopes that see the fields, of which one suffices.") @Nullable
        List<String> plainForScopes,

        @Key(
                description =
                        "What others see: `nothing` is `****` for a text and null for anything else, `last-four` adds the end of a text.",
                defaultValue = "nothing",
                oneOf = {"nothing", "last-four", "null"})
        @Nullable
        String show) {}
