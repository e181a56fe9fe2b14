package dev.portcullis.config;

import dev.portcullis.match.PathPattern;
import dev.portcullis.schema.Signature;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 * @param signature what it reads of requests; null when nobody knows
 */
record Addressee(
        String id,
        At at,
        List<PathPattern> patterns,
        Set<String> methods,
        List<Asked> words,
        boolean open,
        Sparing sparing,
        @Nullable Signature signature) {

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
        var shared = path.asked().sparing(sparing.exclusions()).to(signature);
        return Stream.concat(Stream.of(shared), own).toList();
    }

    /** By its id alone: that of a record asks all that is written in the policies. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
