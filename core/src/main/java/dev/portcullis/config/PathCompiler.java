package dev.portcullis.config;

import dev.portcullis.match.PathPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds policies to paths, the most specific first. Lives for one configuration. */
final class PathCompiler {

    private static final String PATHS = "write paths such as `/api/orders`, `/api/orders/{id}` or `/api/**`";
    private static final Set<String> NEVER = Set.of("TRACE", "TRACK", "CONNECT");

    private final List<BoundPath> bound = new ArrayList<>();

    /** Binds a policy to what is written in it. */
    void bind(Asked asked, Policy policy) {
        var paths = policy.paths();
        var methods = methods(asked.at().child("methods"), policy);
        if (paths == null) {
            return;
        }
        var at = asked.at().child("paths");
        if (paths.isEmpty()) {
            at.problem("no paths", "name them, or remove the key and let handlers name the policy");
        }
        for (var i = 0; i < paths.size(); i++) {
            var pattern = at.item(i).make(paths.get(i), PATHS, PathPattern::parse);
            if (pattern != null) {
                add(BoundPath.of(asked, at.item(i), pattern, methods));
            }
        }
    }

    private void add(BoundPath path) {
        for (var other : bound) {
            if (path.ties(other)) {
                path.at()
                        .problem(
                                "`" + path.pattern() + "` is no more specific than `" + other.pattern() + "` of "
                                        + other.at().key(),
                                "make one of them more specific, or give the two different methods");
            }
        }
        bound.add(path);
    }

    private static Set<String> methods(At at, Policy policy) {
        var written = policy.methods();
        if (written == null) {
            return Set.of();
        }
        if (policy.paths() == null) {
            at.problem(
                    "methods without paths", "write `paths` too; a policy that handlers name is for all their methods");
        }
        if (written.isEmpty()) {
            at.problem("no methods", "name them, or remove the key to mean all");
        }
        var methods = new HashSet<String>();
        for (var i = 0; i < written.size(); i++) {
            var method = method(at.item(i), written.get(i), written);
            if (method != null) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static @Nullable String method(At at, String written, List<String> all) {
        if (NEVER.contains(written)) {
            at.problem("`" + written + "` is always denied", "remove it");
        } else if (written.equals("HEAD")) {
            if (!all.contains("GET")) {
                at.problem("`HEAD` without `GET`, as which it counts", "write `GET`");
            }
        } else if (written.isEmpty() || !written.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-')) {
            at.problem(
                    "`" + At.shown(written) + "` (expected: a method in upper case)", "write a method such as `GET`");
        } else {
            return written;
        }
        return null;
    }

    /** All paths, the most specific first. */
    List<BoundPath> sorted() {
        return bound.stream().sorted(Comparator.comparing(BoundPath::pattern)).toList();
    }
}
