package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.Body.Part;
import dev.portcullis.Body.Parts;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges a multipart form, of which the container takes the parts apart: as the object that its schema speaks of. Files are not read;
 * of them there are the media type, the length, and how many. Immutable.
 *
 * @param terms what it must be
 * @param others what becomes of files whose names the schema does not have
 * @param maxFields how many bytes all that is no file may have together
 * @param maxBytes how many bytes all parts may have together
 */
@TrustedBase
record MultipartForm(FormTerms terms, Others others, long maxFields, long maxBytes) {

    static final String TYPE = "multipart/form-data";

    /** Stands for a file, of which nothing is judged but what is told of it. */
    private static final JsonNode FILE = TextNode.valueOf("");

    /** What becomes of files whose names the schema does not have. */
    enum Others {
        /** They are denied, unless the schema speaks of other names. */
        DENIED,
        /** They are fields like all others, of which the schema says what it will. */
        JUDGED,
        /** They are left to others. */
        LEFT
    }

    /**
     * Judges the body.
     *
     * @param inQuery tells whether a name is one of the query's parameters
     */
    Verdict judge(Request request, Predicate<String> inQuery) {
        var parts = request.body().parts(maxBytes);
        if (parts instanceof Parts.Denied unread) {
            return unread.deny();
        }
        var byName = new LinkedHashMap<String, List<Part>>();
        for (var part : ((Parts.Whole) parts).all()) {
            if (!isLeft(part)) {
                byName.computeIfAbsent(part.name(), any -> new ArrayList<>()).add(part);
            }
        }
        var misplaced = terms.misplaced(byName.keySet(), request, inQuery);
        return misplaced == null ? judge(byName) : misplaced;
    }

    /** Who was asked for a file and chose none sends an empty one without a name. */
    private boolean isLeft(Part part) {
        var file = part.fileName();
        var none = file != null && file.isEmpty() && part.size() == 0;
        return none || file != null && others == Others.LEFT && !terms.takes(part.name());
    }

    private Verdict judge(Map<String, List<Part>> byName) {
        var object = JsonNodeFactory.instance.objectNode();
        var reading = new PartReading(maxFields);
        for (var entry : byName.entrySet()) {
            var name = entry.getKey();
            if (others == Others.DENIED
                    && !terms.knows(name)
                    && entry.getValue().stream().anyMatch(Part::isFile)) {
                return terms.denied(name, "additionalProperties", "a file that the schema does not name");
            }
            var own = terms.shape().property(name);
            var sent = entry.getValue();
            if (!own.isArray() && sent.size() > 1) {
                return terms.denied(name, "maxItems", "a part twice that is no list");
            }
            var values = JsonNodeFactory.instance.arrayNode();
            var denied = values(sent, own.isArray() ? own.element() : own, reading, values);
            if (denied != null) {
                return denied;
            }
            if (own.isArray() || !values.isEmpty()) {
                object.set(name, own.isArray() ? list(values, own) : values.get(0));
            }
        }
        return terms.judge(object);
    }

    /** Reads the values of parts of one name, up to the first one that is denied. */
    private Verdict.@Nullable Deny values(List<Part> sent, Shape each, PartReading reading, ArrayNode values) {
        for (var part : sent) {
            var result = value(part, reading, each);
            if (result.deny() != null) {
                return result.deny();
            }
            if (result.value() != null) {
                values.add(result.value());
            }
        }
        return null;
    }

    /** The parts as a list, which may also be sent as one part that is a list itself. */
    private static JsonNode list(JsonNode values, Shape own) {
        var whole =
                values.size() == 1 && values.get(0).isArray() && !own.element().isArray();
        return whole ? values.get(0) : values;
    }

    private PartReading.Result value(Part part, PartReading reading, Shape own) {
        var field = terms.field(part.name());
        var refused = PartHeaders.denial(terms, field, part);
        if (refused != null) {
            return PartReading.Result.of(refused);
        }
        var file = terms.files().get(part.name());
        if (file == null) {
            var other = part.isFile() && !terms.takes(part.name());
            return other ? PartReading.Result.of(FILE) : reading.value(terms, part, own);
        }
        var denied = denial(part, field, file);
        return denied == null ? PartReading.Result.of(FILE) : PartReading.Result.of(denied);
    }

    private Verdict.@Nullable Deny denial(Part part, FieldTerms field, FieldTerms.Bytes file) {
        if (part.size() > file.max() || part.size() < file.min()) {
            var keyword = part.size() > file.max() ? "maxLength" : "minLength";
            return terms.denied(part.name(), keyword, "a file of " + part.size() + " bytes");
        }
        return PartHeaders.ofFile(terms, field, file, part);
    }
}
