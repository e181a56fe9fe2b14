package dev.portcullis.cli;

import dev.portcullis.config.Baseline;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Lint;
import dev.portcullis.config.Lint.Finding;
import dev.portcullis.config.Lint.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says everything that is wrong or doubtful in a policy file. */
@Command(
        name = "lint",
        description =
                "Says everything that is wrong or doubtful in a policy file. Exits with 1 when there is an error.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LintCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Says instead in what the file, laid over this one, lets more through than this one alone.")
    private @Nullable Path baseline;

    @Option(
            names = "--traffic",
            paramLabel = "IN.jsonl[.gz]",
            description =
                    "Says as well what recorded traffic, as `replay` reads it, shows of the file: limits below what is normal, policies that nobody meets, requests that no policy covers, exemptions.")
    private @Nullable Path traffic;

    @Option(
            names = "--fetch",
            description = "Fetches the keys of issuers first, so that callers with tokens are known; with --traffic.")
    private boolean fetch;

    @Option(names = "--sarif", description = "Writes SARIF 2.1.0 instead of text.")
    private boolean sarif;

    @Override
    public Integer call() throws IOException {
        var findings = findings();
        var out = spec.commandLine().getOut();
        if (sarif) {
            new Sarif(file.toString(), findings).write(out);
        } else {
            findings.forEach(finding -> print(finding, out));
            out.println(findings.isEmpty() ? "nothing found" : summary(findings));
        }
        return count(findings, Severity.ERROR) > 0 ? Main.FOUND : Main.OK;
    }

    private List<Finding> findings() throws IOException {
        if (traffic != null && baseline != null || fetch && traffic == null) {
            throw new ParameterException(
                    spec.commandLine(), traffic == null ? "--fetch without --traffic" : "--traffic beside --baseline");
        }
        try {
            if (baseline != null) {
                return Baseline.compare(PolicyOption.read(baseline), PolicyOption.read(file));
            }
            var findings = Lint.of(PolicyOption.read(file), PolicyOption.resources(file));
            return traffic == null
                            || findings.stream()
                                    .anyMatch(one -> one.concern().id().equals(Lint.CONFIGURATION))
                    ? findings
                    : Stream.concat(findings.stream(), shown(traffic).stream()).toList();
        } catch (ConfigurationException e) {
            return Lint.of(e);
        }
    }

    /** What the traffic shows. */
    private List<Finding> shown(Path lines) throws IOException {
        var policies = PolicyOption.read(file);
        var err = spec.commandLine().getErr();
        try (var looking = TrafficLint.of(policies, PolicyOption.resources(file))) {
            if (fetch) {
                looking.fetch(PATIENCE);
            }
            var reading = new Labelled(err);
            reading.each(lines, "attack", looking::take);
            reading.summary().forEach(err::println);
            return TrafficFindings.of(policies, looking);
        }
    }

    private static void print(Finding finding, PrintWriter out) {
        var severity = finding.concern().severity().name().toLowerCase(Locale.ROOT);
        out.println(severity + "[" + finding.concern().id() + "] " + finding.problem());
    }

    private static String summary(List<Finding> findings) {
        return "%d errors, %d warnings, %d notes"
                .formatted(
                        count(findings, Severity.ERROR),
                        count(findings, Severity.WARNING),
                        count(findings, Severity.NOTE));
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.concern().severity() == severity)
                .count();
    }
}
