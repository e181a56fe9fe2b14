package dev.portcullis.attack;

import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON pointer (RFC 6901) in which a star stands for any one member or element. Immutable.
 *
 * @param segments the names from the root on
 * @param relief what detectors are spared there
 */
record JsonPointer(List<String> segments, Relief relief) {

    JsonPointer {
        segments = List.copyOf(segments);
    }

    static JsonPointer of(Exclusion exclusion) {
        var segments = Stream.of(exclusion.parameter().substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
        return new JsonPointer(segments, Relief.of(exclusion));
    }

    boolean matches(Trail trail) {
        if (trail.depth() != segments.size()) {
            return false;
        }
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (!segment.equals(Exclusion.ALL) && !trail.says(i, segment)) {
                return false;
            }
        }
        return true;
    }
}
