package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which requests stand back when it gets crowded, and which are not counted at all. Immutable.
 *
 * @param exempt tells of requests that take no permit and are never denied, such as health probes
 * @param classes the classes that stand back; a request belongs to the first that covers it, and if none does it may take every permit
 */
public record Priorities(Predicate<Request> exempt, List<Group> classes) {

    /** All requests are equal. */
    public static final Priorities NONE = new Priorities(request -> false, List.of());

    /**
     * Requests that are let through only while fewer than a share of all permits is taken, by whomever. Immutable.
     *
     * @param percent the share: 1 to 100
     * @param covers tells of the requests
     */
    public record Group(int percent, Predicate<Request> covers) {

        /** Checks the bounds. */
        public Group {
            requireNonNull(covers, "covers");
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("share: " + percent + "% (expected: 1% to 100%)");
            }
        }
    }

    /** Copies the classes. */
    public Priorities {
        requireNonNull(exempt, "exempt");
        classes = List.copyOf(classes);
    }

    /** How many of the permits may be taken for the request to be let through: at least one. */
    int most(int permits, Request request) {
        for (var i = 0; i < classes.size(); i++) {
            var group = classes.get(i);
            if (group.covers().test(request)) {
                return (int) Math.max(1, (long) permits * group.percent() / 100);
            }
        }
        return permits;
    }
}
