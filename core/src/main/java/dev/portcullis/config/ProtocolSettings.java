package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of what every request may ask for. Immutable.
 *
 * @param maxRanges how many ranges of a representation
 */
public record ProtocolSettings(
        @Key(
                description =
                        "How many ranges a request may ask for in `Range`; more are 416, since an answer to many overlapping ones is many times as long as what is asked for.",
                defaultValue = "10",
                type = Key.Type.COUNT)
        @Nullable
        String maxRanges) {}
