package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.http.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed of the content of a response. Immutable.
 *
 * @param types what its media types, or ranges of them, hold; empty where nothing was agreed of types
 */
record Answer(Map<String, Optional<Agreed>> types) {

    /** The answer of whose content nothing was agreed. */
    static final Answer ANY = new Answer(Map.of());

    /** What JSON must be. */
    record Agreed(CompiledSchema schema, Violations violations) {

        static Agreed of(JsonNode schema) {
            var words = SchemaWords.of(schema);
            return new Agreed(CompiledSchema.of(schema, words), new Violations(words.names()));
        }
    }

    /** Copies the types. */
    Answer {
        types = Map.copyOf(types);
    }

    /**
     * An answer of these media types; JSON of which obeys their schemas.
     *
     * @throws IllegalArgumentException when one of the schemas cannot be held against a body
     */
    static Answer of(Map<String, JsonNode> schemas) {
        var types = new HashMap<String, Optional<Agreed>>();
        schemas.forEach((range, schema) -> {
            var type = MediaType.parseOrNull(range);
            var json = type != null && (type.isJson() || range.contains("*"));
            types.put(range, json && !schema.isEmpty() ? Optional.of(Agreed.of(schema)) : Optional.empty());
        });
        return new Answer(types);
    }

    /** Tells whether content of the stated type was agreed. */
    boolean takes(@Nullable String stated) {
        return types.isEmpty() || stated == null || range(stated) != null;
    }

    /** What JSON of the stated type must be; null when it is none, or nothing was agreed of it. */
    @Nullable
    Agreed agreed(@Nullable String stated) {
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        var range = type == null || !type.isJson() ? null : range(type.essence());
        return range == null
                ? null
                : types.getOrDefault(range, Optional.empty()).orElse(null);
    }

    /** The narrowest range of the agreed ones that covers the type; null when none does. */
    private @Nullable String range(String stated) {
        var type = MediaType.parseOrNull(stated);
        if (type == null) {
            return null;
        }
        var wide = type.type() + "/*";
        if (types.containsKey(type.essence())) {
            return type.essence();
        }
        return types.containsKey(wide) ? wide : types.containsKey("*/*") ? "*/*" : null;
    }
}
