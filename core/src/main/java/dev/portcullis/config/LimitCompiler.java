package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.config.Policy.RateLimit;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles the rate limits of one policy: windows that count by the same key, in the same mode, share one rule. */
final class LimitCompiler {

    private static final Kind<Boolean> REFILL = Kind.choice("way to refill", Map.of("period", false, "smooth", true));
    private static final Kind<OnFailure> ON_FAILURE = Kind.choice(
            "consequence", Map.of("local", OnFailure.DENY, "deny", OnFailure.DENY, "proceed", OnFailure.PROCEED));
    private static final String KEYS =
            "write `client`, `address`, `route`, `tenant`, `header:NAME` or `global`, or several joined by `+`";

    private final Meters meters;
    private final String policy;
    private final At at;
    private final Mode mode;
    private final Map<Group, List<Window>> groups = new LinkedHashMap<>();

    /** What windows must have in common to be one rule. */
    private record Group(LimitKey key, Mode mode, OnFailure onFailure) {}

    LimitCompiler(Meters meters, String policy, At at, Mode mode) {
        this.meters = meters;
        this.policy = policy;
        this.at = at;
        this.mode = mode;
    }

    /** Hands the rules to the visitor, in the order of their names. */
    void compile(@Nullable Map<String, RateLimit> limits, BiConsumer<Stage, Rule> visitor) {
        if (limits == null) {
            return;
        }
        if (limits.isEmpty()) {
            at.problem("no limits", "name one, such as `burst: { permits: 100, per: 1m }`");
        }
        new TreeMap<>(limits).forEach(this::collect);
        groups.forEach((group, windows) -> {
            var stage = group.key().needsIdentity() ? Stage.LATE_LIMIT : Stage.EARLY_LIMIT;
            visitor.accept(stage, rule(group, windows));
        });
    }

    private Rule rule(Group group, List<Window> windows) {
        var names = windows.stream().map(Window::name).collect(Collectors.joining("+"));
        var name = policy + ".rate-limit." + names;
        var meter = group.mode() == Mode.ENFORCE ? name : name + " observed";
        return Rule.enforce(name, meters.limit(meter, windows, group.key()))
                .in(group.mode())
                .whenItCannotTell(group.onFailure());
    }

    private void collect(String name, RateLimit limit) {
        var here = at.child(name);
        if (!Names.demand(here, name)) {
            return;
        }
        var permits = required(here.child("permits"), limit.permits(), Kind.COUNT);
        var per = required(here.child("per"), limit.per(), Kind.DURATION);
        var smooth = here.child("refill").read(limit.refill(), REFILL, false);
        var group = group(here, limit);
        if (group != null && permits != null && per != null) {
            var window =
                    here.child("per").make(name, "write whole seconds", text -> new Window(text, permits, per, smooth));
            if (window != null) {
                groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(window);
            }
        }
    }

    private static <T> @Nullable T required(At here, @Nullable String text, Kind<T> kind) {
        if (text == null) {
            here.problem("missing", kind.help());
        }
        return here.read(text, kind);
    }

    private @Nullable Group group(At here, RateLimit limit) {
        var by = List.of((limit.by() == null ? "client" : limit.by()).split("\\+", -1));
        var key = here.child("by").make("", KEYS, unused -> LimitKey.parse(by));
        var onFailure = here.child("on-failure").read(limit.onFailure(), ON_FAILURE, OnFailure.DENY);
        var partMode = here.child("mode").read(limit.mode(), Kind.MODE, mode);
        return key == null ? null : new Group(key, partMode, onFailure);
    }
}
