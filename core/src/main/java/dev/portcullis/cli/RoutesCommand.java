package dev.portcullis.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.config.RouteReport;
import dev.portcullis.config.RouteReport.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how every path of a policy file is protected. */
@Command(
        name = "routes",
        aliases = "inventory",
        description =
                "Says how every path of a policy file is protected. What annotations say is in the management endpoint.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RoutesCommand implements Callable<Integer> {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "The policy file; with --against also an inventory in JSON, such as the management endpoint's, which knows annotations.")
    private Path file;

    @Option(
            names = "--against",
            paramLabel = "INVENTORY",
            description =
                    "An inventory of before, as --json writes it. Only what anybody may call now and could not then; exits with 1 when there is such a route.")
    private @Nullable Path against;

    @Option(
            names = "--unprotected",
            description =
                    "Only those that anybody may call. Exits with 1 when one of them is not declared to be public.")
    private boolean unprotected;

    @Option(names = "--json", description = "Writes JSON instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (against != null) {
            return opened(against);
        }
        List<RouteReport> routes;
        try (var session = PolicyOption.session(file)) {
            routes = session.routes().stream()
                    .filter(route -> !unprotected || route.isUnprotected())
                    .toList();
        }
        print(routes);
        var open = routes.stream().anyMatch(route -> route.access() == Access.OPEN);
        return unprotected && open ? Main.FOUND : Main.OK;
    }

    private int opened(Path before) throws IOException {
        try {
            var opened = now().beyond(OpenRoutes.read(before));
            opened.forEach(spec.commandLine().getOut()::println);
            return opened.isEmpty() ? Main.OK : Main.FOUND;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Main.FOUND;
        }
    }

    private OpenRoutes now() throws IOException {
        if (file.toString().endsWith(".json")) {
            return OpenRoutes.read(file);
        }
        try (var session = PolicyOption.session(file)) {
            return OpenRoutes.of(session.routes());
        }
    }

    private void print(List<RouteReport> routes) throws IOException {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(routes));
            return;
        }
        for (var route : routes) {
            out.println(line(route));
        }
        if (routes.isEmpty()) {
            out.println("none");
        }
    }

    private static String line(RouteReport route) {
        var methods = route.methods().isEmpty() ? "*" : String.join(",", route.methods());
        var text = new StringBuilder()
                .append(methods)
                .append(' ')
                .append(String.join(",", route.paths()))
                .append("  ")
                .append(route.access().name().toLowerCase(Locale.ROOT))
                .append("  by ")
                .append(String.join(", ", route.policies()));
        add(text, "authenticate", route.authentication());
        add(text, "scopes", route.scopes());
        add(text, "any-scope", route.anyScopes());
        add(text, "limits", route.limits());
        add(text, "body", route.body());
        add(text, "contract", route.contract());
        add(text, "spared", route.spared());
        if (!route.sunset().isEmpty()) {
            text.append("  ").append(String.join("  ", route.sunset()));
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append("  ").append(name).append(": ").append(String.join(", ", values));
        }
    }
}
