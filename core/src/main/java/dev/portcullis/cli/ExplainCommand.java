package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how one request fares, rule by rule. */
@Command(
        name = "explain",
        description =
                "Says how one request fares, rule by rule. Without --target, a line of traffic is read from the standard input.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The policy file.")
    private Path policy;

    @Option(
            names = "--method",
            defaultValue = "GET",
            description = "The method; ${DEFAULT-VALUE} unless told otherwise.")
    private String method;

    @Option(names = "--target", description = "The path and the query, such as /api/orders?page=2.")
    private @Nullable String target;

    @Option(names = "--header", paramLabel = "NAME: VALUE", description = "A header line; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--remote",
            defaultValue = "127.0.0.1",
            description = "The peer's address; ${DEFAULT-VALUE} unless told otherwise.")
    private String remote;

    @Option(names = "--body", description = "The body.")
    private @Nullable String body;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "When the request comes, such as 2026-01-01T00:00:00Z; now unless told otherwise.")
    private @Nullable String at;

    @Override
    public Integer call() throws IOException {
        var line = line();
        try (var session = PolicyOption.session(policy)) {
            new Report(line, session.explain(line), session.digest())
                    .print(spec.commandLine().getOut());
        }
        return Main.OK;
    }

    private TrafficLine line() throws IOException {
        var json = target == null ? Lines.of(System.in).next() : written(target);
        try {
            return TrafficLine.parse(json == null ? "" : json);
        } catch (TrafficLine.Malformed e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String written(String path) {
        var line = TrafficLine.JSON.createObjectNode();
        line.put("method", method)
                .put("target", path)
                .put("remote", remote)
                .put("body", body)
                .put("at", at);
        var pairs = line.putArray("headers");
        for (var header : headers) {
            var colon = header.indexOf(':');
            if (colon < 1) {
                throw new ParameterException(spec.commandLine(), "--header: expected `NAME: VALUE`");
            }
            pairs.addArray()
                    .add(header.substring(0, colon))
                    .add(header.substring(colon + 1).strip());
        }
        return line.toString();
    }
}
