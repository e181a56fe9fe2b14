package dev.portcullis.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges recorded traffic. */
@Command(
        name = "replay",
        description =
                "Judges recorded traffic, one result line for every line. Exits with 1 when a line was malformed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The policy file.")
    private Path policy;

    @Option(
            names = "--traffic",
            required = true,
            paramLabel = "IN.jsonl[.gz]",
            description =
                    "The traffic: one JSON object a line with id, remote, method, target, headers, body or bodyBase64, at.")
    private Path traffic;

    @Option(names = "--out", required = true, paramLabel = "OUT.jsonl", description = "Where the results go.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        var err = spec.commandLine().getErr();
        try (var session = PolicyOption.session(policy);
                var lines = Lines.of(traffic);
                BufferedWriter results = Files.newBufferedWriter(out)) {
            var replay = new Replay(session, err);
            replay.run(lines, results);
            err.println(replay.summary());
            session.limited().lines().forEach(err::println);
            return replay.isClean() ? Main.OK : Main.FOUND;
        }
    }
}
