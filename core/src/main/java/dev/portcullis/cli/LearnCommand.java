package dev.portcullis.cli;

import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proposes what detectors should not look at, so that good traffic passes. */
@Command(
        name = "learn",
        description =
                "Proposes the fewest exclusions that let recorded good traffic pass, as YAML to be pasted. Exits with 0 when"
                        + " all of it would pass then, with 1 when some would not, a line was malformed or there was no request.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LearnCommand implements Callable<Integer> {

    private static final List<String> LEVELS = List.of("low", "balanced", "strict");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--traffic",
            required = true,
            paramLabel = "IN.jsonl[.gz]",
            description = "Traffic that is good, as `replay` reads it; lines of the kind `attack` are left out.")
    private Path traffic;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy file whose attack rules are asked; without, all detectors look at all requests.")
    private @Nullable Path policy;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "The level without a policy file: low, balanced or strict.",
            defaultValue = "balanced")
    private String level;

    @Option(
            names = "--min-clients",
            paramLabel = "N",
            description = "How many addresses must ask for an exclusion.",
            defaultValue = "3")
    private int minClients;

    @Option(
            names = "--attacks",
            paramLabel = "IN.jsonl[.gz]",
            description =
                    "Attacks: says how many of them the exclusions would let pass. Lines of the kind `benign` are left out.")
    private @Nullable Path attacks;

    @Override
    public Integer call() throws IOException {
        if (minClients < 1 || minClients > Demand.MOST_CLIENTS || !LEVELS.contains(level)) {
            throw new ParameterException(
                    spec.commandLine(),
                    LEVELS.contains(level)
                            ? "--min-clients: " + minClients + " (expected: 1 to " + Demand.MOST_CLIENTS + ")"
                            : "--level: expected one of " + LEVELS);
        }
        var err = spec.commandLine().getErr();
        try (var session = session()) {
            var lesson = new Lesson(minClients);
            var reading = new Labelled(err);
            reading.each(traffic, "attack", line -> lesson.learn(session.findings(line), line.id()));
            var proposals = lesson.proposals();
            var cost = new Cost(proposals);
            if (attacks != null) {
                reading.each(attacks, "benign", line -> cost.note(session.findings(line)));
            }
            var out = spec.commandLine().getOut();
            new Advice(lesson, proposals, attacks == null ? null : cost, minClients).print(out, policy != null);
            reading.summary().forEach(err::println);
            if (lesson.judged() == 0) {
                err.println("no request was read, so nothing is learned");
            }
            var passes = (lesson.judged() > 0 || reading.hasLeftOut()) && lesson.passing() == lesson.denied();
            return passes && reading.isClean() ? Main.OK : Main.FOUND;
        }
    }

    private Session session() throws IOException {
        if (policy != null) {
            return PolicyOption.session(policy);
        }
        var yaml = "policies: { all: { paths: [/**], public: true, attacks: { level: " + level + " } } }";
        return Session.of(
                PolicyFile.parse("all.yml", yaml, name -> null),
                Resources.in(Path.of(""), LearnCommand.class.getClassLoader()));
    }
}
