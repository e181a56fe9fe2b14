package dev.portcullis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.config.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says from an audit log what callers could do without. */
@Command(
        name = "report",
        description = "Says from an audit log what callers could do without.",
        subcommands = {ReportCommand.UnusedScopes.class, ReportCommand.LeastPrivilege.class})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class ReportCommand extends CommandGroup {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final long MAX_ROUTES_FILE = 64L << 20;

    /** What both reports are made of. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    abstract static sealed class OfLog implements Callable<Integer> permits UnusedScopes, LeastPrivilege {

        @Spec
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "LOG", description = "Audit logs, as JSON lines, zipped or not.")
        private List<Path> logs;

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "The policy file, which says what routes demand and clients may do.")
        private @Nullable Path policy;

        @Option(
                names = "--routes",
                paramLabel = "FILE",
                description = "What the management endpoint says of routes, as JSON; it knows what annotations demand.")
        private @Nullable Path routes;

        @Option(names = "--since", paramLabel = "DAYS", description = "Only the last so many days, such as 7d.")
        private @Nullable String since;

        @Override
        public Integer call() throws IOException {
            if (policy == null && routes == null) {
                throw new ParameterException(spec.commandLine(), "--policy or --routes: missing");
            }
            var privileges = new Privileges(demands(), from());
            grant(privileges);
            for (var log : logs) {
                read(log, privileges);
            }
            spec.commandLine().getOut().println(JSON.writeValueAsString(report(privileges)));
            return Main.OK;
        }

        /** What is written. */
        abstract JsonNode report(Privileges privileges);

        private Demands demands() throws IOException {
            if (routes != null) {
                if (Files.size(routes) > MAX_ROUTES_FILE) {
                    throw new ParameterException(spec.commandLine(), "--routes: more than 64 MiB");
                }
                return Demands.of(JSON.readTree(Files.readAllBytes(routes)));
            }
            if (policy == null) {
                return Demands.of(JSON.createArrayNode());
            }
            try (var session = PolicyOption.session(policy)) {
                return Demands.of(JSON.valueToTree(session.routes()));
            }
        }

        private Instant from() {
            if (since == null) {
                return Instant.MIN;
            }
            if (!since.matches("[0-9]{1,5}d")) {
                throw new ParameterException(spec.commandLine(), "--since: expected days, such as 7d");
            }
            return Instant.now().minus(Duration.ofDays(Long.parseLong(since.substring(0, since.length() - 1))));
        }

        private void grant(Privileges privileges) throws IOException {
            if (policy == null) {
                return;
            }
            var clients = PolicyOption.read(policy).configuration().clients();
            (clients == null ? Map.<String, Client>of() : clients)
                    .forEach((name, client) ->
                            privileges.grant(name, client.scopes() == null ? List.of() : client.scopes()));
        }

        private static void read(Path log, Privileges privileges) throws IOException {
            try (var lines = Lines.of(log)) {
                for (var line = lines.next(); line != null; line = lines.next()) {
                    privileges.take(parsed(line));
                }
            }
        }

        private static @Nullable JsonNode parsed(String line) {
            try {
                return JSON.readTree(line);
            } catch (JsonProcessingException e) {
                return null;
            }
        }
    }

    /** Lists the scopes that nobody needed. */
    @Command(name = "unused-scopes", description = "Lists, client by client, the scopes that no request needed.")
    static final class UnusedScopes extends OfLog {

        @Override
        JsonNode report(Privileges privileges) {
            return privileges.unusedScopes();
        }
    }

    /** Lists what every client may do and did. */
    @Command(
            name = "least-privilege",
            description = "Lists, client by client, granted and needed scopes, and the routes that were called.")
    static final class LeastPrivilege extends OfLog {

        @Override
        JsonNode report(Privileges privileges) {
            return privileges.everything();
        }
    }
}
