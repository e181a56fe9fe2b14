package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.TreeSet;

/**
 * Denies the methods for which no policy covers a path that policies cover for others, so that a method which nobody thought of
 * does not slip by (RFC 9110, section 15.5.6). Immutable.
 *
 * @param paths the paths that are bound for some methods only
 */
record OtherMethods(List<BoundPath> paths) implements Check {

    static final String NAME = "other-methods";

    private static final Reply REPLY = Reply.problem(405, "method-not-allowed");
    private static final Evidence EVIDENCE = Evidence.of("method-not-covered");

    @Override
    public Verdict check(Request request) {
        var allowed = new TreeSet<String>();
        for (var path : paths) {
            if (path.pattern().matches(request.path())) {
                allowed.addAll(path.scope().methods());
            }
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return Verdict.deny(REPLY.with("Allow", String.join(", ", allowed)), EVIDENCE);
    }
}
