package dev.portcullis.match;

import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests whose path one of the patterns covers and whose method is one of these. Immutable.
 *
 * <p>{@code HEAD} counts as {@code GET}, and a CORS preflight as the method that it asks for; any other {@code OPTIONS} counts as
 * itself. Scopes with the same patterns and methods, in whatever order, are equal.
 *
 * @param patterns at least one pattern
 * @param methods the methods, in their own case; empty for all
 */
@TrustedBase
public record PathScope(List<PathPattern> patterns, Set<String> methods) implements PolicySet.Scope {

    private static final Comparator<PathPattern> ORDER =
            Comparator.<PathPattern>naturalOrder().thenComparing(PathPattern::toString);

    /** Copies and sorts the collections. */
    public PathScope {
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("patterns: none (expected: at least one)");
        }
        patterns = patterns.stream().distinct().sorted(ORDER).toList();
        methods = normalised(methods);
    }

    /**
     * The scope of these patterns and methods.
     *
     * @throws IllegalArgumentException when there is no pattern, or a method that no request can have
     */
    public static PathScope of(List<PathPattern> patterns, Set<String> methods) {
        return new PathScope(patterns, methods);
    }

    private static Set<String> normalised(Set<String> methods) {
        for (var method : methods) {
            if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-')) {
                throw new IllegalArgumentException("method: `" + method + "` (expected: upper-case letters)");
            }
        }
        if (!methods.contains("HEAD")) {
            return Set.copyOf(methods);
        }
        if (!methods.contains("GET")) {
            throw new IllegalArgumentException("method: `HEAD` (expected: `GET`, as which it counts)");
        }
        var without = new HashSet<>(methods);
        without.remove("HEAD");
        return Set.copyOf(without);
    }

    @Override
    public boolean covers(Request request) {
        if (!methods.isEmpty() && !methods.contains(methodOf(request))) {
            return false;
        }
        var path = request.path();
        for (var i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static String methodOf(Request request) {
        var method = request.method();
        if (method.equals("OPTIONS") && request.header("Origin") != null) {
            var asked = request.header("Access-Control-Request-Method");
            method = asked == null ? method : asked;
        }
        return method.equals("HEAD") ? "GET" : method;
    }
}
