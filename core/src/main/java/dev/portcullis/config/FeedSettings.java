package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that somebody else lists. Immutable.
 *
 * @param source where they are listed
 * @param format how they are written
 * @param column the column in which they are
 * @param separator what stands between columns
 * @param pointers the places at which they are
 * @param refresh how often they are fetched
 * @param timeout how long an answer may take
 * @param maxSize how large the list may be
 * @param maxEntries how many entries it may have
 * @param maxStale how old the last good copy may become
 * @param copy the file in which that copy is kept
 * @param mayBeEmpty whether a list without entries is taken
 * @param except what is never denied by it
 * @param mode whether its denials are enforced
 * @param onFailure what happens while nobody can tell what it lists
 */
public record FeedSettings(
        @Key(description = "Where the list is: an `https://` address, or `file:` and a path.") @Nullable
        String source,

        @Key(
                description =
                        "How the list is written: a range a line, a column of separated values, texts in a JSON document or in one for each line, or the exit list of Tor.",
                defaultValue = "plain",
                oneOf = {"plain", "csv", "json", "json-lines", "tor"})
        @Nullable
        String format,

        @Key(
                description = "For `csv`: the column's number, from 1 on, or its name in the first line.",
                defaultValue = "1")
        @Nullable
        String column,

        @Key(description = "For `csv`: the character between columns, or `tab`.", defaultValue = ",") @Nullable
        String separator,

        @Key(
                description =
                        "For `json` and `json-lines`: JSON Pointers to the ranges, in which `*` stands for every item, such as `/prefixes/*/ip_prefix`.")
        @Nullable
        List<String> pointers,

        @Key(
                description = "How often the list is fetched, from `1m` on.",
                defaultValue = "1h",
                type = Key.Type.DURATION)
        @Nullable
        String refresh,

        @Key(
                description = "How long an answer may take, its body included.",
                defaultValue = "30s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(description = "How large the list may be.", defaultValue = "10MB", type = Key.Type.SIZE) @Nullable
        String maxSize,

        @Key(description = "How many entries the list may have.", defaultValue = "1000000", type = Key.Type.COUNT)
        @Nullable
        String maxEntries,

        @Key(
                description =
                        "How old the last good copy may become before nobody can tell what is listed; without it, it stays in use.",
                type = Key.Type.DURATION)
        @Nullable
        String maxStale,

        @Key(
                description =
                        "A file, `file:` and a path, in which the last good copy is kept for the next start; the service alone may write it.")
        @Nullable
        String copy,

        @Key(
                description = "Whether a list without entries is taken, instead of the last good copy.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String mayBeEmpty,

        @Key(description = "Addresses that this feed never denies, as ranges.") @Nullable
        List<String> except,

        @Key(
                description =
                        "Whether denials by this feed are enforced where policies name it in `deny-feeds` and are enforced themselves.",
                defaultValue = "observe",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description =
                        "What happens to a request while nobody can tell what the feed lists: a denial with 503, or, where it only denies, nothing.",
                defaultValue = "deny",
                oneOf = {"deny", "proceed"})
        @Nullable
        String onFailure) {}
