package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.portcullis.drill.Aim;
import dev.portcullis.drill.Bounds;
import dev.portcullis.drill.Corpus;
import dev.portcullis.drill.Drill;
import dev.portcullis.drill.Tally;
import dev.portcullis.drill.Target;
import dev.portcullis.drill.Trial.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attacks a running application of one's own. */
@Command(
        name = "attack",
        description =
                "Attacks a running application of your own, harmlessly, and says what got through. Exits with 0 when all attacks that"
                        + " prove anything were denied, with 1 when one got through or nothing could be proven, with 2 when it was used wrongly.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AttackCommand implements Callable<Integer> {

    private static final long MAX_SECRET = 64 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "Where it listens, such as http://localhost:8080.")
    private @Nullable String url;

    @ArgGroup(exclusive = false, heading = "%nWhere:%n")
    private AimOptions aims = new AimOptions();

    @ArgGroup(exclusive = true, heading = "%nWhom to believe over https:%n")
    private TrustOptions trust = new TrustOptions();

    @ArgGroup(exclusive = false, heading = "%nHow much:%n")
    private BoundOptions bounds = new BoundOptions();

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header line that proves who calls, so that attacks reach what is behind; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with a good bearer token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The issuer's public key (PEM), with which attackers sign as if it were a secret.")
    private @Nullable Path publicKey;

    @Option(names = "--only", paramLabel = "CLASS", split = ",", description = "Only these classes of attacks.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--skip", paramLabel = "CLASS", split = ",", description = "Not these classes of attacks.")
    private Set<String> skip = new LinkedHashSet<>();

    @Option(
            names = "--i-own",
            paramLabel = "HOST",
            description = "This host is yours, although it is neither this machine nor in a private network.")
    private Set<String> owned = new LinkedHashSet<>();

    @Option(
            names = "--demand-proof",
            description = "Exits with 1 as well when any attack proves nothing or was not sent.")
    private boolean demandProof;

    @Option(names = "--list", description = "Lists the attacks by class, and sends nothing.")
    private boolean list;

    @Option(names = "--json", description = "Writes JSON instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var chosen = chosen();
        if (list) {
            return list(chosen);
        }
        var target = target();
        var where = aims.aims(spec);
        var means = new Drill.Means(chosen, credentials(), publicKey == null ? "" : text(publicKey));
        var err = spec.commandLine().getErr();
        try (var drill = new Drill(target, bounds.bounds(spec), Clock.systemUTC())) {
            var tally = drill.run(where, means, (kind, aim) -> err.println("attacks " + aim.shown() + ": " + kind));
            new AttackReport(target, tally).write(spec.commandLine().getOut(), json);
            return code(tally, where);
        }
    }

    /** What the build is told. */
    private int code(Tally tally, List<Aim> where) {
        var err = spec.commandLine().getErr();
        var missing = where.stream()
                .filter(aim -> aim.named() && !tally.proves(trial -> trial.aim().equals(aim)))
                .toList();
        missing.forEach(aim -> err.println("nothing is proven of " + aim.shown()));
        var nothing = !tally.proves(any -> true);
        var doubtful = demandProof && (tally.unsent() > 0 || tally.count(Fate.INCONCLUSIVE) > 0);
        var passed = tally.count(Fate.PASSED) > 0;
        return passed || nothing || doubtful || !missing.isEmpty() ? Main.FOUND : Main.OK;
    }

    private Target target() {
        if (url == null) {
            throw misused("URL: missing (expected: such as http://localhost:8080)");
        }
        var hosts = owned.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        try {
            return Target.of(url, hosts).trusting(trust.tls(spec));
        } catch (IllegalArgumentException e) {
            throw misused("URL: " + e.getMessage());
        }
    }

    private Set<String> chosen() {
        var known = Corpus.bundled().kinds();
        var written = new ArrayList<>(only);
        written.addAll(skip);
        for (var kind : written) {
            if (!known.contains(kind)) {
                throw misused("no class `" + Report.plain(kind) + "` (expected: " + String.join(", ", known) + ")");
            }
        }
        var chosen = known.stream()
                .filter(kind -> (only.isEmpty() || only.contains(kind)) && !skip.contains(kind))
                .collect(Collectors.toSet());
        if (chosen.isEmpty()) {
            throw misused("--skip: leaves no class");
        }
        return chosen;
    }

    private List<String> credentials() throws IOException {
        var lines = new ArrayList<String>();
        for (var line : headers) {
            if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}: ?[\\x20-\\x7e]{1,65536}")) {
                throw misused("--header: expected 'Name: value'");
            }
            lines.add(line);
        }
        if (tokenFile != null) {
            var token = text(tokenFile).strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw misused("--token-file: holds no token");
            }
            lines.add("Authorization: Bearer " + token);
        }
        return lines;
    }

    private String text(Path file) throws IOException {
        if (Files.size(file) > MAX_SECRET) {
            throw misused("`" + file + "` is longer than any key");
        }
        return Files.readString(file, ISO_8859_1);
    }

    private int list(Set<String> chosen) {
        var out = spec.commandLine().getOut();
        for (var entry : Corpus.bundled().entries()) {
            if (chosen.contains(entry.kind())) {
                out.println(entry.kind() + "  " + entry.about());
                out.println("  " + String.join(", ", entry.ids()));
            }
        }
        return Main.OK;
    }

    private ParameterException misused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    /** How much is asked of the application. Filled in by picocli. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class BoundOptions {

        @Option(
                names = "--max-requests",
                paramLabel = "N",
                defaultValue = "5000",
                description = "How many requests at most; ${DEFAULT-VALUE} unless told otherwise.")
        private int requests = 5000;

        @Option(
                names = "--rate",
                paramLabel = "N",
                defaultValue = "100",
                description = "How many requests a second at most; ${DEFAULT-VALUE} unless told otherwise.")
        private int rate = 100;

        @Option(
                names = "--time-out",
                paramLabel = "SECONDS",
                defaultValue = "5",
                description = "How long one answer may take; ${DEFAULT-VALUE} unless told otherwise.")
        private int timeOut = 5;

        @Option(
                names = "--max-time",
                paramLabel = "SECONDS",
                defaultValue = "600",
                description = "How long all of it may take; ${DEFAULT-VALUE} unless told otherwise.")
        private int time = 600;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "0",
                description =
                        "How long to wait when the application says 429 and when to come again; ${DEFAULT-VALUE} unless told otherwise.")
        private int patience;

        Bounds bounds(CommandSpec spec) {
            try {
                return new Bounds(
                        requests,
                        rate,
                        Duration.ofSeconds(timeOut),
                        Duration.ofSeconds(time),
                        Duration.ofSeconds(patience));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }
}
