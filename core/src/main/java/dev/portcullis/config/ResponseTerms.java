package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What responses must be. Immutable.
 *
 * @param document the JSON Schema of successful responses
 * @param statuses the statuses that there may be
 * @param mediaTypes the media types of successful responses
 * @param mode the mode of this part
 */
public record ResponseTerms(
        @Key(
                description =
                        "The JSON Schema that the JSON of successful responses must obey: `classpath:`, `file:`, or the JSON itself.")
        @Nullable
        String document,

        @Key(description = "The statuses that there may be, such as `200` or `4XX`.", defaultValue = "all") @Nullable
        List<String> statuses,

        @Key(
                description = "The media types that successful responses may have, or ranges such as `text/*`.",
                defaultValue = "all")
        @Nullable
        List<String> mediaTypes,

        @Key(
                description =
                        "Whether the operator is told of responses that are otherwise, or 502 `response-denied` is sent in their stead.",
                defaultValue = "observe",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
