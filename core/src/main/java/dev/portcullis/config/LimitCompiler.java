package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.authz.PathVariables;
import dev.portcullis.limit.Calendar;
import dev.portcullis.limit.Limit;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Terms;
import dev.portcullis.limit.Window;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the rate limits and quotas of one policy: windows of rate limits that count by the same key, on the same terms, share one
 * rule. Lives for one policy.
 */
final class LimitCompiler {

    private enum Refill {
        PERIOD,
        SMOOTH,
        CALENDAR
    }

    private static final Kind<Refill> REFILL = Kind.choice(
            "way to refill", Map.of("period", Refill.PERIOD, "smooth", Refill.SMOOTH, "calendar", Refill.CALENDAR));
    private static final Kind<Boolean> BYTES = Kind.choice("unit", Map.of("requests", false, "bytes", true));
    private static final String KEYS =
            "write `client`, `address`, `route`, `tenant`, `header:NAME` or `global`, or several joined by `+`";

    private final Site site;
    private final String policy;
    private final At at;
    private final Mode mode;
    private final PathVariables variables;
    private final Map<Group, List<Named>> groups = new LinkedHashMap<>();

    /** What windows must have in common to be one rule; a window of the calendar has one alone, by its name. */
    private record Group(LimitKey key, Mode mode, LimitWords words, String alone, boolean soft, boolean bytes) {}

    /** A window with where it is written, and what others than most are granted in it. */
    private record Named(
            At at,
            Window window,
            @Nullable Map<String, LimitShare> tiers,
            @Nullable Map<String, LimitShare> clients) {}

    LimitCompiler(Site site, String policy, At at, Mode mode, PathVariables variables) {
        this.site = site;
        this.policy = policy;
        this.at = at;
        this.mode = mode;
        this.variables = variables;
    }

    /** Hands the rules to the visitor: rate limits in the order of their names, then quotas in the order of theirs. */
    void compile(Policy written, BiConsumer<Stage, Rule> visitor) {
        each(at.child("rate-limits"), written.rateLimits(), this::collect);
        each(at.child("quotas"), written.quotas(), this::collect);
        var rest = groups.size();
        var made = new ArrayList<Made>();
        var inOrder = new ArrayList<>(groups.entrySet());
        inOrder.sort(Comparator.comparing(entry -> stage(entry.getKey())));
        for (var group : inOrder) {
            rest--;
            made.add(made(stage(group.getKey()), group.getKey(), group.getValue(), rest == 0));
        }
        for (var i = 0; i < made.size(); i++) {
            made.get(i).limit().before(denying(made.get(i).stage(), made.subList(i + 1, made.size())));
        }
        made.forEach(one -> visitor.accept(one.stage(), one.rule()));
    }

    /** Those of the limits that can deny where another one is asked, in its stage. */
    private static List<Limit> denying(Stage stage, List<Made> limits) {
        return limits.stream()
                .filter(one -> one.stage() == stage && one.rule().mode() == Mode.ENFORCE)
                .map(Made::limit)
                .toList();
    }

    /** A rule with when it is asked, and what it asks. */
    private record Made(Stage stage, Rule rule, Limit limit) {}

    private static Stage stage(Group group) {
        return group.key().needsIdentity() ? Stage.LATE_LIMIT : Stage.EARLY_LIMIT;
    }

    private static <T> void each(At at, @Nullable Map<String, T> limits, Collector<T> collector) {
        if (limits == null) {
            return;
        }
        if (limits.isEmpty()) {
            at.problem("no limits", "name one, such as `burst: { permits: 100, per: 1m }`");
        }
        new TreeMap<>(limits).forEach((name, limit) -> {
            if (Names.demand(at.child(name), name)) {
                collector.collect(at.child(name), name, limit);
            }
        });
    }

    /** Takes in one limit. */
    private interface Collector<T> {

        void collect(At at, String name, T limit);
    }

    private Made made(Stage stage, Group group, List<Named> windows, boolean last) {
        var names = windows.stream().map(one -> one.window().name()).collect(Collectors.joining("+"));
        var name = policy + (group.alone().startsWith("quota") ? ".quota." : ".rate-limit.") + names;
        var meter = group.mode() == Mode.ENFORCE ? name : name + " observed";
        var terms = Terms.of(meter, windows.stream().map(Named::window).toList(), group.key())
                .countedAs(counted(group, windows.get(0).window().name()))
                .fields(site.counting().fields())
                .listener(site.counting().listener());
        if (!last) {
            terms.notLast();
        }
        var compiler = new TermsCompiler(site, variables, group.key(), group.bytes());
        compiler.compile(windows.get(0).at(), group.words(), terms);
        windows.forEach(one -> {
            compiler.tiers(one.at().child("tiers"), one.window().name(), one.tiers());
            compiler.clients(one.at().child("clients"), one.window().name(), one.clients());
        });
        compiler.addTo(terms);
        if (group.soft()) {
            terms.soft();
        }
        var onFailure =
                new SpreadCompiler(site.counting()).compile(windows.get(0).at(), group.words(), terms);
        var limit = site.counting().meters().limit(group.bytes() ? terms.bytes() : terms);
        site.counting().limits().add(limit);
        return new Made(stage, Rule.enforce(name, limit).in(group.mode()).whenItCannotTell(onFailure), limit);
    }

    /**
     * What its counts are known by, which says nothing of other rules, and of this one only its name: a rate limit of which nothing but
     * windows is written needs none, and others have that of their first window, so that whatever else is written may change.
     */
    private String counted(Group group, String first) {
        var observed = group.mode() == Mode.ENFORCE ? " " : " observed ";
        if (!group.alone().isEmpty()) {
            return policy + observed + group.alone() + (group.bytes() ? " bytes" : "");
        }
        return policy + observed + (group.words().isPlain() ? "" : first);
    }

    private void collect(At here, String name, Rate limit) {
        var permits = required(here.child("permits"), limit.permits(), Kind.COUNT);
        var per = required(here.child("per"), limit.per(), Kind.DURATION);
        var refill = here.child("refill").read(limit.refill(), REFILL, Refill.PERIOD);
        var key = key(here, limit.by());
        if (permits == null || per == null || key == null) {
            return;
        }
        var window = here.child("per").make(name, "write whole seconds", text -> {
            return refill == Refill.CALENDAR
                    ? Window.of(text, permits, Calendar.every(per))
                    : new Window(text, permits, per, refill == Refill.SMOOTH);
        });
        if (window != null) {
            var alone = refill == Refill.CALENDAR ? name : "";
            var group = new Group(key, mode(here, limit.mode()), limit.words().rest(), alone, false, false);
            add(group, new Named(here, window, limit.tiers(), limit.clients()));
        }
    }

    private void collect(At here, String name, Allowance quota) {
        var bytes = here.child("unit").read(quota.unit(), BYTES, false);
        var soft = here.child("soft").read(quota.soft(), Kind.SWITCH, false);
        var permits = required(here.child("permits"), quota.permits(), bytes ? Kind.SIZE : Kind.COUNT);
        var calendar = calendar(here, quota);
        var key = key(here, quota.by());
        if (bytes && quota.cost() != null) {
            here.child("cost").problem("a cost, and `unit: bytes`", "remove one of them");
        }
        if (permits == null || calendar == null || key == null) {
            return;
        }
        var window =
                here.child("permits").make(name, "write a smaller number", text -> Window.of(text, permits, calendar));
        if (window != null) {
            var group = new Group(key, mode(here, quota.mode()), quota.words().rest(), "quota " + name, soft, bytes);
            add(group, new Named(here, window, quota.tiers(), quota.clients()));
        }
    }

    private void add(Group group, Named window) {
        groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(window);
    }

    private static @Nullable Calendar calendar(At here, Allowance quota) {
        if (quota.per() == null) {
            here.child("per").problem("missing", "write a period such as `P1D` or `P1M`");
            return null;
        }
        var zone = zone(here.child("zone"), quota.zone());
        if (quota.zone() != null && quota.per().startsWith("PT")) {
            here.child("zone").problem("a zone, and a period of hours in UTC", "remove it, or count days: `per: P1D`");
        }
        var anchor = quota.anchor() == null ? "" : quota.anchor();
        return zone == null
                ? null
                : here.child(anchor.isEmpty() ? "per" : "anchor")
                        .make(
                                quota.per(),
                                "write `P1D`, `P1W`, `P1M` or `P1Y`, with an anchor that is one of its days",
                                text -> Calendar.of(text, zone, anchor));
    }

    private static @Nullable ZoneId zone(At at, @Nullable String text) {
        try {
            return text == null ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            at.problem(
                    "`" + At.shown(text == null ? "" : text) + "` (expected: a time zone)",
                    "write such as `Europe/Berlin`");
            return null;
        }
    }

    private Mode mode(At here, @Nullable String text) {
        return here.child("mode").read(text, Kind.MODE, mode);
    }

    private static <T> @Nullable T required(At here, @Nullable String text, Kind<T> kind) {
        if (text == null) {
            here.problem("missing", kind.help());
        }
        return here.read(text, kind);
    }

    private @Nullable LimitKey key(At here, @Nullable String text) {
        var by = List.of((text == null ? "client" : text).split("\\+", -1));
        return here.child("by")
                .make(
                        "",
                        KEYS,
                        unused -> LimitKey.parse(by).naming(site.counting().names()));
    }
}
