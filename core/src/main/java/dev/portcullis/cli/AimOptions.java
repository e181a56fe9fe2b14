package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.config.RouteReport.Access;
import dev.portcullis.drill.Aim;
import dev.portcullis.drill.Aim.Meant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where attacks go: paths that are named, routes of a policy file or of a running gate. Filled in by picocli, for one command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AimOptions {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MAX_FILE = 64L << 20;
    private static final long MAX_BODY = 64 * 1024;
    private static final int MAX_AIMS = 200;
    private static final String EXAMPLE = "1";

    @Option(
            names = "--path",
            paramLabel = "'[METHOD] PATH [@FILE]'",
            description =
                    "A path to aim at, with good values in its query, and for POST, PUT and PATCH a file with a good body; `/` unless told otherwise; may be repeated.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--public",
            paramLabel = "'[METHOD] PATH [@FILE]'",
            description = "The same, of a path that anybody may call; it is sent no credential.")
    private List<String> open = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "FILE", description = "Aims at the paths of a policy file, too.")
    private @Nullable Path policy;

    @Option(
            names = "--routes",
            paramLabel = "FILE",
            description =
                    "Aims at the routes of an inventory, too, as `routes --json` or the management endpoint writes it; it knows what annotations say.")
    private @Nullable Path routes;

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "What stands for a variable of a route; `" + EXAMPLE + "` unless told otherwise.")
    private Map<String, String> variables = new LinkedHashMap<>();

    List<Aim> aims(CommandSpec spec) throws IOException {
        var aims = new LinkedHashMap<String, Aim>();
        for (var path : paths) {
            put(aims, named(path, Meant.UNKNOWN, spec));
        }
        for (var path : open) {
            put(aims, named(path, Meant.PUBLIC, spec));
        }
        if (policy != null) {
            try (var session = PolicyOption.session(policy)) {
                listed(JSON.valueToTree(session.routes()), spec).forEach(aim -> put(aims, aim));
            }
        }
        if (routes != null) {
            listed(inventory(routes, spec), spec).forEach(aim -> put(aims, aim));
        }
        if (aims.size() > MAX_AIMS) {
            throw new ParameterException(spec.commandLine(), "more than " + MAX_AIMS + " routes");
        }
        return aims.isEmpty() ? List.of(Aim.parse("/", "", Meant.UNKNOWN).listed()) : List.copyOf(aims.values());
    }

    private static void put(Map<String, Aim> aims, Aim aim) {
        aims.putIfAbsent(aim.shown(), aim);
    }

    private static Aim named(String text, Meant meant, CommandSpec spec) throws IOException {
        var at = text.indexOf(" @");
        try {
            var body = at < 0 ? "" : body(Path.of(text.substring(at + 2).strip()), spec);
            return Aim.parse(at < 0 ? text : text.substring(0, at), body, meant);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "`" + Report.plain(text) + "`: " + e.getMessage(), e);
        }
    }

    private static String body(Path file, CommandSpec spec) throws IOException {
        if (Files.size(file) > MAX_BODY) {
            throw new ParameterException(spec.commandLine(), "`" + file + "`: more than 64 KiB");
        }
        return new String(Files.readAllBytes(file), ISO_8859_1);
    }

    private static JsonNode inventory(Path file, CommandSpec spec) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new ParameterException(spec.commandLine(), "--routes: more than 64 MiB");
        }
        var root = JSON.readTree(Files.readAllBytes(file));
        var list = root.isArray() ? root : root.path("routes");
        if (!list.isArray()) {
            throw new ParameterException(spec.commandLine(), "--routes: expected what `routes --json` writes");
        }
        return list;
    }

    /** Routes that can be asked for by GET; for others somebody has to say what body is good. */
    private List<Aim> listed(JsonNode list, CommandSpec spec) {
        var aims = new ArrayList<Aim>();
        for (var route : list) {
            var methods = new LinkedHashSet<String>();
            route.path("methods").forEach(method -> methods.add(method.asText()));
            if (methods.isEmpty() || methods.contains("GET")) {
                var meant = meant(route.path("access").asText());
                route.path("paths").forEach(path -> aims.add(aim(path.asText(), meant, spec)));
            }
        }
        return aims;
    }

    private static Meant meant(String access) {
        return access.equals(Access.PUBLIC.name())
                ? Meant.PUBLIC
                : access.equals(Access.AUTHENTICATED.name()) ? Meant.PROTECTED : Meant.UNKNOWN;
    }

    private Aim aim(String template, Meant meant, CommandSpec spec) {
        var path = new StringBuilder();
        for (var segment : template.split("/", -1)) {
            if (!segment.equals("**") && !(segment.startsWith("{*") && segment.endsWith("}"))) {
                path.append(path.length() == 0 && segment.isEmpty() ? "" : "/").append(filled(segment));
            }
        }
        try {
            return Aim.parse(path.isEmpty() ? "/" : path.toString(), "", meant).listed();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "`" + Report.plain(template) + "`: " + e.getMessage(), e);
        }
    }

    private String filled(String segment) {
        var text = new StringBuilder();
        var at = 0;
        for (var open = segment.indexOf('{'); open >= 0; open = segment.indexOf('{', at)) {
            var close = segment.indexOf('}', open);
            if (close < 0) {
                break;
            }
            var name = segment.substring(open + 1, close).split(":", 2)[0];
            text.append(segment, at, open).append(variables.getOrDefault(name, EXAMPLE));
            at = close + 1;
        }
        return text.append(segment.substring(at)).toString().replace("*", EXAMPLE);
    }
}
