package dev.portcullis.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is judged and changed in the bodies of responses. Immutable.
 *
 * @param maxSize how much of a body is held back until it has been judged
 * @param alarmSize from which size on the operator is told
 * @param schema what responses must be
 * @param leaks what must not leave
 * @param masks which fields not everybody may see, by names of the operator's choice
 */
public record ResponseContent(
        @Key(
                description = "How long a body that is judged may be; of a longer one, rules say what becomes.",
                defaultValue = "1MB",
                type = Key.Type.SIZE)
        @Nullable
        String maxSize,

        @Key(
                description = "From which size on the operator is told that a response was large, such as `10MB`.",
                type = Key.Type.SIZE)
        @Nullable
        String alarmSize,

        @Key(description = "What the status, the media type and the JSON of responses must be.", type = Key.Type.PART)
        @Nullable
        ResponseTerms schema,

        @Key(
                description =
                        "Looks for what must not leave: card numbers, keys, tokens, stack traces, errors of databases.",
                type = Key.Type.PART)
        @Nullable
        LeakSettings leaks,

        @Key(
                description = "Which fields of JSON not everybody may see, by a name of your choice.",
                type = Key.Type.PART)
        @Nullable
        Map<String, MaskSettings> masks) {}
