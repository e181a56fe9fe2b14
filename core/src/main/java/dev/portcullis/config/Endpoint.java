package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.schema.Signature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method of the application that answers requests, with what annotations say of it. Immutable.
 *
 * @param id the id of its {@link dev.portcullis.Route}
 * @param patterns the path patterns that it is mapped to, in the framework's own notation
 * @param methods the methods that it is mapped to; empty for all
 * @param words what annotations say, the farthest first; empty when they say nothing
 * @param signature what it reads of requests; null when nobody knows
 */
public record Endpoint(
        String id,
        List<String> patterns,
        Set<String> methods,
        List<Word> words,
        @Nullable Signature signature) {

    /** A handler of which nobody knows what it reads. */
    public Endpoint(String id, List<String> patterns, Set<String> methods, List<Word> words) {
        this(id, patterns, methods, words, null);
    }

    /** Copies the collections. */
    public Endpoint {
        requireNonNull(id, "id");
        patterns = List.copyOf(patterns);
        methods = Set.copyOf(methods);
        words = List.copyOf(words);
    }
}
