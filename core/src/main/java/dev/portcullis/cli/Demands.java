package dev.portcullis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.match.PathPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which scopes routes demand. Immutable.
 *
 * @param routes the routes, the most specific paths first
 */
record Demands(List<Route> routes) {

    /** One route. */
    record Route(List<String> paths, List<String> methods, boolean handler, List<String> all, List<String> any) {

        boolean takes(String method) {
            var asked = method.equals("HEAD") ? "GET" : method;
            return methods.isEmpty() || methods.contains(asked);
        }

        boolean covers(@Nullable String template, String path) {
            return template != null && paths.contains(template)
                    || paths.stream().map(Demands::pattern).anyMatch(one -> one != null && one.matches(path));
        }
    }

    Demands {
        routes = List.copyOf(routes);
    }

    /** Reads what the management endpoint says of routes. */
    static Demands of(JsonNode reports) {
        var routes = new ArrayList<Route>();
        for (var report : reports) {
            routes.add(new Route(
                    texts(report.path("paths")),
                    texts(report.path("methods")),
                    report.hasNonNull("handler"),
                    texts(report.path("scopes")),
                    texts(report.path("anyScopes"))));
        }
        return new Demands(routes);
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static @Nullable PathPattern pattern(String text) {
        try {
            return PathPattern.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The scopes, of those that a caller has, without which a request would not have passed, as far as is known. */
    Set<String> needed(String method, @Nullable String template, String path, Set<String> granted) {
        var needed = new HashSet<String>();
        var onPath = false;
        for (var route : routes) {
            var met = route.takes(method) && route.covers(template, path);
            if (met && (route.handler || !onPath)) {
                onPath |= !route.handler;
                needed.addAll(route.all);
                route.any.stream().filter(granted::contains).forEach(needed::add);
            }
        }
        needed.retainAll(granted);
        return needed;
    }
}
