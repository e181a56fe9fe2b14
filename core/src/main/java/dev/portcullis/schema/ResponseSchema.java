package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds responses against what was agreed: their status, their media type, and JSON against a schema. Immutable.
 *
 * <p>What is otherwise is a denial with 502, which says nothing of what is wrong; an observed rule tells the operator alone. Of bodies that
 * are not held back only the head is judged.
 */
@TrustedBase
public final class ResponseSchema implements Check {

    private final Function<Request, @Nullable Answers> agreed;
    private final int maxBytes;

    private ResponseSchema(Function<Request, @Nullable Answers> agreed, int maxBytes) {
        this.agreed = agreed;
        this.maxBytes = maxBytes;
    }

    /** Starts with a body of this length at most, of which nothing else was agreed. */
    public static Builder within(int maxBytes) {
        return new Builder(maxBytes);
    }

    /**
     * Holds responses against what an OpenAPI document says of its operations. Of requests that are for none of them it says nothing.
     *
     * @param operations the document as it is held against requests
     * @param document the same document
     * @param maxBytes the longest body that is judged
     * @throws IllegalArgumentException when something in the document could not be held against a response; it names all of that
     */
    public static ResponseSchema of(OpenApi operations, JsonNode document, int maxBytes) {
        requireNonNull(operations, "operations");
        requireNonNull(document, "document");
        var answers = ApiAnswers.of(document);
        return new ResponseSchema(
                request -> {
                    var operation = operations.asked(request);
                    return operation == null ? null : answers.get(operation);
                },
                demand(maxBytes));
    }

    private static int demand(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: >= 1)");
        }
        return maxBytes;
    }

    @Override
    public Verdict check(Request request) {
        var answers = agreed.apply(requireNonNull(request, "request"));
        return answers == null ? Verdict.pass() : Verdict.Pass.watching(new AnswerWatch(answers, maxBytes));
    }

    /** Collects what was agreed of all responses. Not thread-safe. */
    public static final class Builder {

        private static final String SUCCESS = "2XX";

        private final int maxBytes;
        private final Map<String, Answer> byStatus = new TreeMap<>();
        private final Map<String, JsonNode> types = new HashMap<>();
        private @Nullable JsonNode schema;

        private Builder(int maxBytes) {
            this.maxBytes = demand(maxBytes);
        }

        /**
         * Agrees on the statuses, such as {@code 200} or {@code 4XX}; on all unless told otherwise.
         *
         * @throws IllegalArgumentException when one is neither a status nor a class of them
         */
        public Builder statuses(List<String> statuses) {
            statuses.forEach(status -> byStatus.put(Answers.key(status), Answer.ANY));
            return this;
        }

        /** Agrees on the media types of successful responses, or ranges of them; on all unless told otherwise. */
        public Builder mediaTypes(List<String> ranges) {
            ranges.forEach(range -> types.put(range, JsonNodeFactory.instance.objectNode()));
            return this;
        }

        /** Agrees on what the JSON of successful responses is. */
        public Builder schema(JsonNode agreed) {
            schema = requireNonNull(agreed, "agreed").deepCopy();
            return this;
        }

        /**
         * Builds the check.
         *
         * @throws IllegalArgumentException when the schema could not be held against a body; it names all of that
         */
        public ResponseSchema build() {
            var json = schema;
            if (json != null && types.isEmpty()) {
                types.put("*/*", json);
            } else if (json != null) {
                types.replaceAll((range, none) -> json);
            }
            var success = Answer.of(types);
            if (byStatus.isEmpty()) {
                byStatus.put(SUCCESS, success);
                byStatus.put(Answers.OTHERS, Answer.ANY);
            } else {
                byStatus.replaceAll((status, any) -> status.startsWith("2") ? success : any);
            }
            var answers = new Answers(byStatus);
            return new ResponseSchema(request -> answers, maxBytes);
        }
    }
}
