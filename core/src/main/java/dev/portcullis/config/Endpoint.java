package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * A method of the application that answers requests, with what annotations say of it. Immutable.
 *
 * @param id the id of its {@link dev.portcullis.Route}
 * @param patterns the path patterns that it is mapped to, in the framework's own notation
 * @param methods the methods that it is mapped to; empty for all
 * @param words what annotations say, the farthest first; empty when they say nothing
 */
public record Endpoint(String id, List<String> patterns, Set<String> methods, List<Word> words) {

    /** Copies the collections. */
    public Endpoint {
        requireNonNull(id, "id");
        patterns = List.copyOf(patterns);
        methods = Set.copyOf(methods);
        words = List.copyOf(words);
    }
}
