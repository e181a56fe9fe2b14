package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request.Proven.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handler of the application reads of a request, as its parameters and their types say. Immutable.
 *
 * @param parameters what it reads from path, query and form, header and cookies
 * @param body the body that it reads as JSON; null when it reads none, or none of which the schema is known
 * @param complete whether it reads no other parameter of the query or of a form
 * @param open what could not be derived and is therefore not judged, as phrases for the operator
 */
public record Signature(
        List<Parameter> parameters, @Nullable Input body, boolean complete, List<String> open) {

    /** Stands in the name of a parameter for any index or key in brackets: {@code items[*].name} for {@code items[0].name}. */
    public static final String INDEX = "[*]";

    /** Copies the lists. */
    public Signature {
        parameters = List.copyOf(parameters);
        open = List.copyOf(open);
    }

    /**
     * A parameter. Immutable.
     *
     * @param place where it stands; {@link Where#QUERY} is the query and an urlencoded form
     * @param name its name
     * @param required whether the handler is not run without it
     * @param type what it may be
     */
    public record Parameter(Where place, String name, boolean required, Type type) {

        /** Checks that all parts are there. */
        public Parameter {
            requireNonNull(place, "place");
            requireNonNull(name, "name");
            requireNonNull(type, "type");
        }
    }

    /**
     * What a parameter may be. Immutable.
     *
     * @param schema what must hold of its value, once it was read
     * @param conversion how it is read
     * @param many whether it may be sent more than once
     */
    public record Type(JsonNode schema, Conversion conversion, boolean many) {

        /** Copies the schema. */
        public Type {
            schema = schema.deepCopy();
            requireNonNull(conversion, "conversion");
        }
    }

    /** Reads the texts of a parameter as the application does. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Conversion {

        /** The value of what was sent, in order; null of JSON when that stands for nothing sent; null when it cannot be read. */
        @Nullable
        JsonNode value(List<String> texts);
    }

    /**
     * A body that is read as JSON. Immutable.
     *
     * @param required whether there must be one
     * @param exact the schema of bodies in which nothing is converted
     * @param read the schema of all that the application reads; it allows whatever {@code exact} does
     * @param others whether the application reads bodies of other media types too, which are not judged
     */
    public record Input(boolean required, JsonNode exact, JsonNode read, boolean others) {

        /**
         * The key in schemas of objects that says what becomes of members without a name of the schema's: {@code deny} and {@code
         * ignore}, as the application does.
         */
        public static final String UNKNOWN = "x-unknown";

        /** Copies the schemas. */
        public Input {
            exact = exact.deepCopy();
            read = read.deepCopy();
        }
    }
}
