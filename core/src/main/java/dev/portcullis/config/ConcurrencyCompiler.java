package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.config.ConcurrencyLimit.Adaptive;
import dev.portcullis.config.ConcurrencyLimit.Priority;
import dev.portcullis.limit.Adaptation;
import dev.portcullis.limit.Concurrency;
import dev.portcullis.limit.ConcurrencyRules;
import dev.portcullis.limit.InFlight;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Priorities;
import dev.portcullis.match.PathPattern;
import dev.portcullis.match.PathScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles how many requests of one policy, or of the whole service, may be in flight. */
final class ConcurrencyCompiler {

    static final Kind<Integer> PERCENT = new Kind<>(
            "share from 1% to 100%",
            "write a share such as `50%`", text -> {
                if (!text.matches("[1-9][0-9]?%|100%")) {
                    throw new IllegalArgumentException("no share");
                }
                return Integer.parseInt(text.substring(0, text.length() - 1));
            });
    static final Kind<Integer> COUNT =
            new Kind<>("whole number from 1 to 10^6", "write a number such as `50`", ConcurrencyCompiler::count);

    private static final Kind<Double> FACTOR =
            new Kind<>("number such as 1.5", "write a number from `1.1` to `100`", ConcurrencyCompiler::factor);
    private static final Kind<Principal.Kind> CALLER = Kind.choice(
            "kind of caller",
            Map.of(
                    "user", Principal.Kind.USER,
                    "service", Principal.Kind.SERVICE,
                    "client", Principal.Kind.CLIENT));
    private static final String KEYS =
            "write `global`, `route`, `client`, `tenant`, `address` or `header:NAME`, or several joined by `+`";
    private static final String SHARERS = "write `tenant`, `client` or `address`, beside `by: global` or `by: route`";
    private static final String PATHS = "write paths such as `/health` or `/api/batch/**`";
    private static final String ELSEWHERE = "write the limit in a policy, or ask for paths and addresses only";
    private static final String BOUNDS = "keep within the bounds";

    private final ConcurrencyRules rules;
    private final String prefix;
    private final At at;
    private final Mode mode;

    /**
     * A compiler of limits.
     *
     * @param prefix what the rules' names begin with
     */
    ConcurrencyCompiler(ConcurrencyRules rules, String prefix, At at, Mode mode) {
        this.rules = rules;
        this.prefix = prefix;
        this.at = at;
        this.mode = mode;
    }

    private static Integer count(String text) {
        var value = Integer.parseInt(text);
        if (value < 1 || value > InFlight.MAX_PERMITS) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    private static Double factor(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException("no number");
        }
        return Double.valueOf(text);
    }

    /** Hands the rules to the visitor, in the order of their names. */
    void compile(@Nullable Map<String, ConcurrencyLimit> limits, BiConsumer<LimitKey, Rule> visitor) {
        if (limits == null) {
            return;
        }
        if (limits.isEmpty()) {
            at.problem("no limits", "name one, such as `all: { permits: 50 }`");
        }
        new TreeMap<>(limits).forEach((name, limit) -> {
            var here = at.child(name);
            var settings = Names.demand(here, name) ? settings(here, limit) : null;
            if (settings != null) {
                var partMode = here.child("mode").read(limit.mode(), Kind.MODE, mode);
                var check = rules.limit(prefix + name, partMode == Mode.OBSERVE, settings);
                visitor.accept(settings.by(), Rule.enforce(prefix + name, check).in(partMode));
            }
        });
    }

    /** Finds it a problem when a limit asks who calls. */
    ConcurrencyCompiler beforeAnybodyIsKnown(@Nullable Map<String, ConcurrencyLimit> limits) {
        (limits == null ? Map.<String, ConcurrencyLimit>of() : limits).forEach((name, limit) -> {
            var here = at.child(name);
            Stream.of("by", "share-by").forEach(word -> {
                var written = word.equals("by") ? limit.by() : limit.shareBy();
                var key = written == null ? null : key(here.child(word), written, KEYS);
                if (key != null && key.needsIdentity()) {
                    here.child(word).problem("asks who calls, before anybody has", ELSEWHERE);
                }
            });
            var groups = limit.priorities() == null ? Map.<String, Priority>of() : limit.priorities();
            groups.forEach((group, priority) -> {
                if (priority.tiers() != null || priority.kinds() != null) {
                    here.child("priorities").child(group).problem("asks who calls, before anybody has", ELSEWHERE);
                }
            });
        });
        return this;
    }

    private @Nullable InFlight settings(At here, ConcurrencyLimit limit) {
        if (limit.permits() == null) {
            here.child("permits").problem("missing", COUNT.help());
        }
        var permits = here.child("permits").read(limit.permits(), COUNT);
        var by = key(here.child("by"), limit.by() == null ? "global" : limit.by(), KEYS);
        var share = limit.shareBy() == null ? null : key(here.child("share-by"), limit.shareBy(), SHARERS);
        var adaptation = limit.adaptive() == null ? null : adaptation(here.child("adaptive"), limit.adaptive());
        var priorities = new Priorities(
                paths(here.child("exempt"), limit.exempt(), false), groups(here.child("priorities"), limit));
        var streams = limit.adaptive() == null ? null : limit.adaptive().streams();
        var streaming = paths(here.child("adaptive").child("streams"), streams, false);
        if (permits == null || by == null || !here.clean()) {
            return null;
        }
        return here.make("", BOUNDS, unused -> new InFlight(permits, by, share, adaptation, priorities, streaming));
    }

    private static @Nullable LimitKey key(At here, String written, String help) {
        return here.make("", help, unused -> LimitKey.parse(List.of(written.split("\\+", -1))));
    }

    private static @Nullable Adaptation adaptation(At here, Adaptive written) {
        if (written.floor() == null) {
            here.child("floor").problem("missing", COUNT.help());
        }
        var floor = here.child("floor").read(written.floor(), COUNT);
        var tolerance = here.child("tolerance").read(written.tolerance(), FACTOR, 2.0);
        var window = here.child("window").read(written.window(), Kind.DURATION, Duration.ofSeconds(1));
        return floor == null ? null : here.make("", BOUNDS, unused -> new Adaptation(floor, tolerance, window));
    }

    private static List<Priorities.Group> groups(At here, ConcurrencyLimit limit) {
        var groups = new ArrayList<Priorities.Group>();
        var written = limit.priorities() == null ? Map.<String, Priority>of() : limit.priorities();
        new TreeMap<>(written).forEach((name, priority) -> {
            var at = here.child(name);
            Names.demand(at, name);
            if (priority.share() == null) {
                at.child("share").problem("missing", PERCENT.help());
            }
            var percent = at.child("share").read(priority.share(), PERCENT, 100);
            groups.add(new Priorities.Group(percent, covers(at, priority)));
        });
        return groups.stream()
                .sorted((one, other) -> Integer.compare(one.percent(), other.percent()))
                .toList();
    }

    private static Predicate<Request> covers(At at, Priority priority) {
        if (priority.paths() == null && priority.tiers() == null && priority.kinds() == null) {
            at.problem("neither paths, nor tiers, nor kinds", "say which requests stand back");
        }
        var paths = paths(at.child("paths"), priority.paths(), true);
        var tiers = priority.tiers() == null ? null : Set.copyOf(priority.tiers());
        var kinds = priority.kinds() == null ? null : Set.copyOf(kinds(at.child("kinds"), priority.kinds()));
        return request -> paths.test(request)
                && (tiers == null || is(request.principal(), caller -> tiers.contains(String.valueOf(caller.tier()))))
                && (kinds == null || is(request.principal(), caller -> kinds.contains(caller.kind())));
    }

    private static boolean is(@Nullable Principal caller, Predicate<Principal> what) {
        return caller != null && what.test(caller);
    }

    private static List<Principal.Kind> kinds(At here, List<String> texts) {
        var kinds = new ArrayList<Principal.Kind>();
        for (var i = 0; i < texts.size(); i++) {
            kinds.add(here.item(i).read(texts.get(i), CALLER, Principal.Kind.USER));
        }
        return kinds;
    }

    /** Tells of requests whether their path is one of these; an ambiguous one is none. */
    private static Predicate<Request> paths(At here, @Nullable List<String> texts, boolean absent) {
        if (texts == null) {
            return request -> absent;
        }
        if (texts.isEmpty()) {
            here.problem("no paths", PATHS);
        }
        var patterns = here.each(texts, PATHS, PathPattern::parse);
        if (patterns.isEmpty()) {
            return request -> false;
        }
        var scope = PathScope.of(patterns, Set.of());
        return request -> request.ambiguity() == null && scope.covers(request);
    }

    /** Where a limit stands: one by address before authentication, all others after it. */
    static Stage stageOf(LimitKey key) {
        return Concurrency.isOfTheAddress(key) ? Stage.EARLY_LIMIT : Stage.LATE_LIMIT;
    }
}
