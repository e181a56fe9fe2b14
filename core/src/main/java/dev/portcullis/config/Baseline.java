package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Finding;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.config.Tightness.Told;
import dev.portcullis.match.PathPattern;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares a configuration that is laid over another with that other, the baseline: it may demand more, and nothing less.
 *
 * <p>Keys of the overlay replace those of the baseline, as profiles do. Whoever takes requests away from a policy of the baseline by a
 * more specific path must demand all that it demands. A change of which it cannot be told that it lets no more through is a finding as
 * bad as one that does.
 */
public final class Baseline {

    private static final Concern LOOSER =
            new Concern("looser-than-baseline", Severity.ERROR, "Something lets more through than the baseline.");
    private static final Concern UNTOLD = new Concern(
            "not-comparable", Severity.ERROR, "Nobody can tell whether something lets more through than the baseline.");
    private static final Concern OPENED = new Concern(
            "opened",
            Severity.WARNING,
            "A policy opens paths of which no policy of the baseline speaks; the baseline denies them.");

    private static final List<String> PARTS = List.of("ip", "cors", "authorize", "body", "attacks");
    private static final Set<String> MODES = Stream.concat(
                    Stream.of("mode"), PARTS.stream().map(part -> part + ".mode"))
            .collect(Collectors.toUnmodifiableSet());

    /** What is looked for. */
    static final List<Concern> CONCERNS = List.of(LOOSER, UNTOLD, OPENED);

    private final PolicyFile overlay;
    private final Leaves base;
    private final Leaves over;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    private Baseline(PolicyFile baseline, PolicyFile overlay) {
        this.overlay = overlay;
        this.base = Leaves.of(baseline.configuration());
        this.over = base.with(Leaves.of(overlay.configuration()));
    }

    /** Everything in which the overlay lets through more than the baseline, or may do so. */
    public static List<Finding> compare(PolicyFile baseline, PolicyFile overlay) {
        var comparison = new Baseline(baseline, overlay);
        Stream.of(baseline, overlay)
                .flatMap(file -> file.problems().stream())
                .forEach(problem -> comparison.findings.put(problem.toString(), new Finding(Lint.BROKEN, problem)));
        comparison.top();
        comparison.named("issuers", Tightening.ISSUER);
        comparison.named("clients", Tightening.CLIENT);
        comparison.policies();
        return List.copyOf(comparison.findings.values());
    }

    private void top() {
        var apart = Set.of("issuers", "clients", "policies");
        Predicate<String> own = key -> !key.isEmpty() && !apart.contains(first(key));
        each(base.only(own), over.only(own), "", Tightening.TOP);
    }

    private static String first(String key) {
        var dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /** Whom the baseline does not name may be named only where it names nobody. */
    private void named(String part, Map<String, Tightness> ways) {
        var known = base.names(part);
        for (var name : over.names(part)) {
            var key = part + "." + name;
            if (known.contains(name)) {
                each(base.below(key), over.below(key), key + ".", ways);
            } else if (!known.isEmpty()) {
                found(LOOSER, key, "the baseline does not know it", "remove it, or have it taken into the baseline");
            }
        }
    }

    private void each(Leaves before, Leaves after, String prefix, Map<String, Tightness> ways) {
        var keys = new TreeSet<String>();
        Stream.of(before, after).forEach(all -> keys.addAll(all.values().keySet()));
        var way = Tightness.byKey(ways);
        keys.forEach(key -> told(prefix + key, way.apply(key).compare(before.at(key), after.at(key))));
    }

    private void told(String key, Told told) {
        if (told == Told.LOOSER) {
            found(LOOSER, key, "lets more through than the baseline", "demand at least as much as the baseline does");
        } else if (told == Told.UNTOLD) {
            found(
                    UNTOLD,
                    key,
                    "differs from the baseline, and nobody can tell whether it lets more through",
                    "leave it as it is in the baseline, or have it taken into the baseline");
        }
    }

    private void found(Concern concern, String key, String message, String help) {
        var problem = new Problem(key, overlay.places().of(key), message, help);
        findings.putIfAbsent(concern.id() + key, new Finding(concern, problem));
    }

    private void policies() {
        var before = bound(base);
        var after = bound(over);
        base.names("policies").forEach(name -> demand(name, name));
        for (var path : after) {
            before.stream()
                    .filter(rival -> rival.answers(path, before) && !rival.staysBefore(path, after))
                    .forEach(rival -> demand(path.policy, rival.policy));
            if (before.stream().noneMatch(rival -> rival.includes(path)) && !proceeds(base)) {
                opened(path);
            }
        }
        for (var path : before) {
            if (proceeds(over) && after.stream().noneMatch(other -> other.includes(path))) {
                found(
                        LOOSER,
                        "policies." + path.policy + ".paths",
                        "`" + At.shown(String.valueOf(path.pattern)) + "` is covered by no policy any more",
                        "cover what the baseline covers");
            }
        }
    }

    private static boolean proceeds(Leaves all) {
        return "proceed".equals(all.textAt("otherwise"));
    }

    private void opened(Bound path) {
        var key = "policies." + path.policy;
        var ways = over.at(key + ".authenticate");
        var open = ways == null || ways.contains(Identities.ANONYMOUS);
        found(
                open ? LOOSER : OPENED,
                key + ".paths",
                "`" + At.shown(String.valueOf(path.pattern)) + "` is denied by the baseline"
                        + (open ? ", and opened without asking who calls" : ""),
                "have the path taken into the baseline, or ask who calls");
    }

    /** A path of a policy; of which nothing is known where it cannot be read. */
    private record Bound(String policy, @Nullable PathPattern pattern, Set<String> methods) {

        /** Tells whether it may be this one, of all these, that answers requests of the other. */
        boolean answers(Bound other, List<Bound> all) {
            return meets(other) && all.stream().noneMatch(one -> one.isBefore(this) && one.includes(other));
        }

        private boolean meets(Bound other) {
            return pattern == null || other.pattern == null || pattern.overlaps(other.pattern) && sharesMethods(other);
        }

        private boolean isBefore(Bound other) {
            return pattern != null && other.pattern != null && pattern.compareTo(other.pattern) < 0;
        }

        /** Tells whether it is still among these, and still comes before the other. */
        boolean staysBefore(Bound other, List<Bound> all) {
            return all.contains(this) && isBefore(other);
        }

        private boolean sharesMethods(Bound other) {
            return methods.isEmpty()
                    || other.methods.isEmpty()
                    || methods.stream().anyMatch(other.methods::contains);
        }

        boolean includes(Bound other) {
            return pattern != null
                    && other.pattern != null
                    && pattern.includes(other.pattern)
                    && (methods.isEmpty() || !other.methods.isEmpty() && methods.containsAll(other.methods));
        }
    }

    private static List<Bound> bound(Leaves leaves) {
        var all = new ArrayList<Bound>();
        for (var name : leaves.names("policies")) {
            var key = "policies." + name;
            var methods = leaves.at(key + ".methods");
            var paths = leaves.at(key + ".paths");
            for (var path : paths == null ? List.<String>of() : paths) {
                all.add(new Bound(name, pattern(path), methods == null ? Set.of() : new LinkedHashSet<>(methods)));
            }
        }
        return all;
    }

    private static @Nullable PathPattern pattern(String text) {
        try {
            return PathPattern.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Demands of one policy of the overlay all that a policy of the baseline demands. */
    private void demand(String policy, String baseline) {
        var before = base.below("policies." + baseline);
        var after = over.below("policies." + policy);
        var prefix = "policies." + policy + ".";
        Predicate<String> own =
                key -> !MODES.contains(key) && !first(key).equals("rate-limits") && !isAdded(key, before);
        each(before.only(own), after.only(own), prefix, Tightening.POLICY);
        modes(before, after, prefix);
        for (var limit : before.names("rate-limits")) {
            var key = "rate-limits." + limit;
            limit(before.below(key), after.below(key), prefix + key);
            if (enforces(base, before, key + ".mode") && !enforces(over, after, key + ".mode")) {
                told(prefix + key + ".mode", Told.LOOSER);
            }
        }
    }

    /** Tells whether the key is of a part that only ever demands more, and of which the baseline has nothing. */
    private static boolean isAdded(String key, Leaves before) {
        return Tightening.ONLY_DEMANDS.stream()
                .filter(part -> key.equals(part) || key.startsWith(part + "."))
                .anyMatch(part ->
                        before.at(part) == null && before.below(part).values().isEmpty());
    }

    /** Whatever the baseline enforces is enforced; the nearest mode holds. */
    private void modes(Leaves before, Leaves after, String prefix) {
        if (enforces(base, before, "mode") && !enforces(over, after, "mode")) {
            told(prefix + "mode", Told.LOOSER);
        }
        for (var part : PARTS) {
            var key = part + ".mode";
            if (before.at(part) != null && enforces(base, before, key) && !enforces(over, after, key)) {
                told(prefix + key, Told.LOOSER);
            }
        }
    }

    private static boolean enforces(Leaves all, Leaves policy, String key) {
        var mode = Stream.of(policy.textAt(key), policy.textAt("mode"), all.textAt("mode"))
                .filter(text -> text != null)
                .findFirst();
        return mode.orElse("enforce").equals("enforce");
    }

    private void limit(Leaves before, Leaves after, String key) {
        if (after.values().isEmpty()) {
            told(key, Told.LOOSER);
            return;
        }
        Predicate<String> own = name -> !name.equals("mode");
        each(before.only(own), after.only(own), key + ".", Tightening.LIMIT);
        var shortest = duration(before.textAt("per"));
        if (shortest == null || !shortest.equals(duration(after.textAt("per")))) {
            told(key + ".per", Tightness.SAME.compare(before.at("per"), after.at("per")));
        }
    }

    private static @Nullable Duration duration(@Nullable String text) {
        try {
            return text == null ? null : Kind.DURATION.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }
}
