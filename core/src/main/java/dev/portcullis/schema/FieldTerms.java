package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.http.MediaType;
import dev.portcullis.schema.ApiParameter.Writing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one field of a form is sent, beside what its schema says. Immutable.
 *
 * @param types the media types that its parts may have, such as {@code image/*}; empty: those that its schema makes usual
 * @param writing how it is written in an urlencoded form; null when its values are just repeated
 * @param headers the header fields that its parts have
 */
record FieldTerms(List<String> types, @Nullable Writing writing, List<ApiParameter> headers) {

    /** Nothing but the schema. */
    static final FieldTerms NONE = new FieldTerms(List.of(), null, List.of());

    /** Copies the lists. */
    FieldTerms {
        types = List.copyOf(types);
        headers = List.copyOf(headers);
    }

    /** Tells whether a part of the type is one that was named. */
    boolean names(MediaType type) {
        return types.contains(type.essence()) || types.contains(type.type() + "/*") || types.contains("*/*");
    }

    /** Tells whether the named types are of bytes and not of text, so that the field is a file whatever its schema says. */
    boolean saysBytes() {
        return !types.isEmpty() && types.stream().noneMatch(FieldTerms::isText);
    }

    /** Tells whether the named types are such that an object in them is nothing that could be read here. */
    boolean saysNoJson() {
        return !types.isEmpty() && types.stream().map(MediaType::parseOrNull).noneMatch(FieldTerms::isJson);
    }

    /** Tells whether JSON is all that it may be. */
    boolean saysJson() {
        return !types.isEmpty()
                && types.stream().map(MediaType::parseOrNull).allMatch(type -> type != null && type.isJson());
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type == null || type.isJson() || type.type().equals("*");
    }

    private static boolean isText(String range) {
        var type = MediaType.parseOrNull(range);
        return type == null || type.type().equals("text") || type.type().equals("*") || type.isJson();
    }

    /**
     * What is asked of the bytes of a field that is a file. Immutable.
     *
     * @param min how many there must be
     * @param max how many there may be
     * @param type the one media type of its content; empty when any will do
     */
    record Bytes(long min, long max, String type) {

        private static final String ANY = "application/octet-stream";

        /** What a schema says of them. */
        static Bytes of(JsonNode schema) {
            var stated = schema.path("contentMediaType").asText();
            var type = MediaType.parseOrNull(stated);
            return new Bytes(
                    schema.path("minLength").asLong(0),
                    schema.path("maxLength").asLong(Long.MAX_VALUE),
                    type == null || type.essence().equals(ANY) ? "" : type.essence());
        }
    }
}
