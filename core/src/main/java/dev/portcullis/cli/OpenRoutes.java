package dev.portcullis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.config.RouteReport;
import dev.portcullis.config.RouteReport.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What anybody may call, as {@code METHOD /path} with {@code *} for all methods. Immutable. */
record OpenRoutes(Set<String> routes) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ALL = "*";

    /** Copies the routes. */
    OpenRoutes {
        routes = Set.copyOf(routes);
    }

    static OpenRoutes of(Collection<RouteReport> reports) {
        return new OpenRoutes(reports.stream()
                .filter(RouteReport::isUnprotected)
                .flatMap(report -> named(report.methods(), report.paths()))
                .collect(Collectors.toSet()));
    }

    /**
     * Those of an inventory that {@code routes --json} or the management endpoint has written.
     *
     * @throws IllegalArgumentException when it is none
     */
    static OpenRoutes read(Path inventory) throws IOException {
        var routes = new TreeSet<String>();
        var root = JSON.readTree(Files.readAllBytes(inventory));
        var list = root.isArray() ? root : root.path("routes");
        if (!list.isArray()) {
            throw new IllegalArgumentException(inventory.getFileName() + " (expected: what `routes --json` writes)");
        }
        for (var route : list) {
            if (!route.hasNonNull("access") || !route.path("paths").isArray()) {
                throw new IllegalArgumentException(
                        inventory.getFileName() + " (expected: what `routes --json` writes)");
            }
            var access = Access.valueOf(route.path("access").asText());
            if (access == Access.PUBLIC || access == Access.OPEN) {
                named(texts(route.path("methods")), texts(route.path("paths"))).forEach(routes::add);
            }
        }
        return new OpenRoutes(routes);
    }

    private static List<String> texts(JsonNode array) {
        return Stream.of(JSON.convertValue(array, String[].class)).toList();
    }

    private static Stream<String> named(List<String> methods, List<String> paths) {
        var all = methods.isEmpty() ? List.of(ALL) : methods;
        return paths.stream().flatMap(path -> all.stream().map(method -> method + " " + path));
    }

    /** Those that are not among others, in order. */
    List<String> beyond(OpenRoutes before) {
        return routes.stream()
                .filter(route -> !before.routes.contains(route)
                        && !before.routes.contains(ALL + route.substring(route.indexOf(' '))))
                .sorted()
                .toList();
    }
}
