package dev.portcullis.limit;

import dev.portcullis.Request;
import java.util.List;

/** Limits that are asked after one that denies, which may deny for longer. Immutable. */
final class LaterLimits {

    private final List<Limit> limits;

    LaterLimits(List<Limit> limits) {
        this.limits = List.copyOf(limits);
    }

    /** For how many nanoseconds any of them would deny such a request; 0 when all would pass it, or none can tell. */
    long wait(Request request) {
        var longest = 0L;
        for (var i = 0; i < limits.size(); i++) {
            longest = Math.max(longest, wait(limits.get(i), request));
        }
        return longest;
    }

    /** A limit that cannot tell is not waited for: the request is denied already. */
    private static long wait(Limit limit, Request request) {
        try {
            return limit.wait(request);
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
