package dev.portcullis.cli;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Step;
import dev.portcullis.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What has to do with tokens. */
@Command(name = "token", description = "Explains tokens.", subcommands = TokenCommand.ExplainToken.class)
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class TokenCommand extends CommandGroup {

    /** Says which check of a route a token fails first; never the token, nor what is in it. */
    @Command(
            name = "explain",
            description =
                    "Says which check of a route a request with this token fails first. Fetches the issuers' keys. Exits with 1 when it fails one.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class ExplainToken implements Callable<Integer> {

        private static final long MAX_FILE = 64 * 1024;
        private static final Duration PATIENCE = Duration.ofSeconds(20);
        private static final String BEARER = "bearer ";

        @Spec
        private CommandSpec spec;

        @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The policy file.")
        private Path policy;

        @Option(names = "--file", required = true, paramLabel = "FILE", description = "The file with the token.")
        private Path file;

        @Option(
                names = "--route",
                required = true,
                paramLabel = "'METHOD /PATH'",
                description = "What is asked for, such as 'GET /orders'.")
        private String route;

        @Option(
                names = "--remote",
                defaultValue = "127.0.0.1",
                description = "The peer's address; ${DEFAULT-VALUE} unless told otherwise.")
        private String remote;

        @Override
        public Integer call() throws IOException {
            var line = line(token());
            try (var session = PolicyOption.session(policy)) {
                session.fetch(PATIENCE);
                return print(session.explain(line));
            }
        }

        private String token() throws IOException {
            if (Files.size(file) > MAX_FILE) {
                throw new ParameterException(spec.commandLine(), "--file: no token (expected: at most 64 KiB)");
            }
            var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return text.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? text.substring(BEARER.length()).strip()
                    : text;
        }

        private TrafficLine line(String token) {
            var words = route.strip().split(" +");
            if (words.length != 2 || !words[1].startsWith("/")) {
                throw new ParameterException(spec.commandLine(), "--route: expected 'METHOD /PATH'");
            }
            var json = TrafficLine.JSON.createObjectNode();
            json.put("method", words[0]).put("target", words[1]).put("remote", remote);
            json.putArray("headers").addArray().add("Authorization").add("Bearer " + token);
            try {
                return TrafficLine.parse(json.toString());
            } catch (TrafficLine.Malformed e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }

        private int print(Explanation explanation) {
            var out = spec.commandLine().getOut();
            out.println("route: " + explanation.route());
            for (var step : explanation.steps()) {
                var said = objection(step);
                if (said != null) {
                    var mode = step.rule().mode().name().toLowerCase(Locale.ROOT);
                    out.println("fails: " + step.rule().name() + " (" + mode + "): " + said);
                    return Main.FOUND;
                }
            }
            out.println(isAsked(explanation) ? "passes every check" : "passes, and nobody asks for a token");
            return Main.OK;
        }

        private static @Nullable String objection(Step step) {
            if (step.failure() != null) {
                return "could not tell: " + step.failure().getClass().getSimpleName();
            }
            if (step.verdict() instanceof Verdict.Deny deny) {
                return deny.reply().status() + " " + deny.reply().code() + ": "
                        + deny.evidence().reason();
            }
            return null;
        }

        private static boolean isAsked(Explanation explanation) {
            return explanation.steps().stream()
                    .anyMatch(step -> step.verdict() instanceof Verdict.Pass pass && pass.principal() != null);
        }
    }
}
