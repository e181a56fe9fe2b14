package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks for what is allowed but hardly meant, beside everything that keeps a gate from being built.
 *
 * <p>The application's handlers are not known here.
 */
public final class Lint {

    /** The id of everything that keeps a gate from being built. */
    public static final String CONFIGURATION = "configuration";

    /** How bad a finding is. */
    public enum Severity {
        /** It must be mended. */
        ERROR,
        /** It should be mended. */
        WARNING,
        /** It is good to know. */
        NOTE
    }

    /**
     * What is looked for. Immutable.
     *
     * @param id a stable kebab-case word
     * @param severity how bad it is
     * @param description one sentence for the operator
     */
    public record Concern(String id, Severity severity, String description) {
        /** Checks that nothing is missing. */
        public Concern {
            requireNonNull(id, "id");
            requireNonNull(severity, "severity");
            requireNonNull(description, "description");
        }
    }

    /**
     * What was found. Immutable.
     *
     * @param concern what was looked for
     * @param problem where it was found, and what to do about it
     */
    public record Finding(Concern concern, Problem problem) {

        /** Checks that both parts are there. */
        public Finding {
            requireNonNull(concern, "concern");
            requireNonNull(problem, "problem");
        }
    }

    static final Concern BROKEN =
            new Concern(CONFIGURATION, Severity.ERROR, "A configuration with this problem does not start.");

    /** The only secret that is none where it holds no password. */
    private static final String STORE = "store.redis.uri";

    private final PolicyFile file;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(PolicyFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Everything that is looked for. */
    public static List<Concern> concerns() {
        var all = new ArrayList<Concern>();
        all.add(BROKEN);
        all.addAll(Concerns.ALL);
        all.addAll(IdentityConcerns.ALL);
        all.addAll(Baseline.CONCERNS);
        all.addAll(CrowdConcerns.ALL);
        all.addAll(PlanConcerns.ALL);
        all.addAll(IdleConcerns.ALL);
        all.addAll(ArrivalConcerns.ALL);
        all.addAll(AddressConcerns.ALL);
        all.addAll(AttackConcerns.ALL);
        all.addAll(TrafficConcerns.ALL);
        all.addAll(SchemaConcerns.ALL);
        return List.copyOf(all);
    }

    /** Everything that is found in a file, the worst first. */
    public static List<Finding> of(PolicyFile file, Resources resources) {
        return of(file, resources, Clock.systemUTC());
    }

    /** Everything that is found in a file at the time of a clock, the worst first. */
    public static List<Finding> of(PolicyFile file, Resources resources, Clock clock) {
        var lint = new Lint(file, clock);
        lint.build(resources);
        lint.look();
        new SchemaConcerns(new Contents(resources), lint::found).look(file.configuration());
        return lint.findings.stream()
                .sorted((one, other) ->
                        one.concern().severity().compareTo(other.concern().severity()))
                .toList();
    }

    /** What is said of a file that cannot be read at all. */
    public static List<Finding> of(ConfigurationException unreadable) {
        return unreadable.problems().stream()
                .map(problem -> new Finding(BROKEN, problem))
                .toList();
    }

    private void build(Resources resources) {
        try (var gate =
                Gate.builder(file).resources(resources).unknownHandlers().build()) {
            gate.management().routes().forEach(this::unserved);
            Unmet.of(file.configuration(), gate.management().routes())
                    .forEach((key, message) -> found(
                            IdleConcerns.UNMET,
                            key,
                            message,
                            "write the name of a policy, or of a rule as `portcullis routes --json` has it"));
        } catch (ConfigurationException e) {
            findings.addAll(of(e));
        }
    }

    private void unserved(RouteReport route) {
        for (var line : route.contract()) {
            found(
                    Concerns.UNSERVED_OPERATION,
                    "policies." + route.policies().get(0) + ".openapi.document",
                    line,
                    "correct `paths`, `methods` or `base-path`, or the document");
        }
    }

    private void look() {
        var concerns = new Concerns(file.configuration(), this::found);
        concerns.look();
        new IdentityConcerns(file.configuration(), clock.instant(), this::found).look();
        new CrowdConcerns(this::found).look(file.configuration());
        new PlanConcerns(file.configuration(), this::found).look(file.configuration());
        new IdleConcerns(file.configuration(), this::found).look();
        new ArrivalConcerns(file.configuration(), this::found).look();
        new AddressConcerns(file.configuration(), this::found).look();
        new AttackConcerns(file.configuration(), this::found).look();
        new Secrets(this::literal).look("", file.configuration());
        var policies = file.configuration().policies();
        (policies == null ? Map.<String, Policy>of() : policies).forEach(concerns::look);
    }

    /** A location of a secret is none; what looks like a secret itself is not shown. */
    private void literal(String key, String value) {
        var location = value.startsWith("file:") || value.startsWith("classpath:");
        var open = key.equals(STORE) && value.indexOf('@') < 0;
        if (!open && !location && !file.places().isVariable(key)) {
            found(
                    Concerns.LITERAL_SECRET,
                    key,
                    "a secret in clear",
                    "write `${NAME}`, and set the environment variable");
        }
    }

    private void found(Concern concern, String key, String message, String help) {
        findings.add(new Finding(concern, new Problem(key, file.places().of(key), message, help)));
    }
}
