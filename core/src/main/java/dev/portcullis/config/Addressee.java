package dev.portcullis.config;

import dev.portcullis.match.PathPattern;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A handler with what its annotations ask, compiled. Immutable.
 *
 * @param id the id of its route
 * @param at the handler, as problems name it
 * @param patterns patterns that cover at least the paths that it is mapped to
 * @param methods the methods that it is mapped to; empty for all
 * @param words what its annotations ask, the farthest first
 * @param open whether one of them says that anybody may call
 * @param sparing what its parameters say of detectors of attacks
 */
record Addressee(
        String id,
        At at,
        List<PathPattern> patterns,
        Set<String> methods,
        List<Asked> words,
        boolean open,
        Sparing sparing) {

    boolean meets(BoundPath path) {
        return path.meets(methods) && isOn(path);
    }

    /** Tells whether some of its paths are the policy's, whatever the methods. */
    boolean isOn(BoundPath path) {
        return patterns.stream().anyMatch(path.pattern()::overlaps);
    }

    /** What is asked of requests that the path's policy covers too. A policy that both name is asked once. */
    List<Asked> wordsWith(BoundPath path) {
        var own = words.stream().filter(word -> !word.name().equals(path.asked().name()));
        return Stream.concat(Stream.of(path.asked().sparing(sparing.exclusions())), own)
                .toList();
    }
}
