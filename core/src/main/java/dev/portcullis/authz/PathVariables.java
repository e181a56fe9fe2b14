package dev.portcullis.authz;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.match.PathPattern;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The named parts of a request's path: those of the policy's own paths, else those of the handler's route. Immutable.
 */
@TrustedBase
public final class PathVariables {

    private final List<PathPattern> patterns;

    private PathVariables(List<PathPattern> patterns) {
        this.patterns = patterns;
    }

    /** The variables of these paths, the most specific first, and of routes. */
    public static PathVariables of(List<PathPattern> patterns) {
        return new PathVariables(patterns.stream().sorted().toList());
    }

    /** The names that every one of the paths has; empty when there are no paths. */
    public Set<String> common() {
        return patterns.stream()
                .map(PathPattern::names)
                .reduce((one, other) -> {
                    var both = new HashSet<>(one);
                    both.retainAll(other);
                    return Set.copyOf(both);
                })
                .orElse(Set.of());
    }

    /** The decoded value; null when the request's path has no such part. */
    @Nullable
    String find(Request request, String name) {
        for (var i = 0; i < patterns.size(); i++) {
            var pattern = patterns.get(i);
            if (pattern.names().contains(name) && pattern.matches(request.path())) {
                return pattern.variables(request.path()).get(name);
            }
        }
        var route = request.route();
        return route == null ? null : route.variables().get(name);
    }

    /** All values by name, of paths and route; the policy's own win. */
    Map<String, String> all(Request request) {
        var route = request.route();
        var all = new HashMap<String, String>(route == null ? Map.of() : route.variables());
        for (var i = patterns.size() - 1; i >= 0; i--) {
            all.putAll(patterns.get(i).variables(request.path()));
        }
        return Map.copyOf(all);
    }
}
