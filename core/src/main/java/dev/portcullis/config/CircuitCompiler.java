package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.limit.Circuit;
import dev.portcullis.limit.ConcurrencyRules;
import dev.portcullis.limit.LimitKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles when the handlers of one policy are left alone. */
final class CircuitCompiler {

    private static final Kind<LimitKey> BY = Kind.choice(
            "scope of a circuit",
            Map.of("route", LimitKey.parse(List.of("route")), "global", LimitKey.parse(List.of("global"))));

    private CircuitCompiler() {}

    /** The rule; null when nothing is written, or something is wrong. */
    static @Nullable Rule compile(At at, ConcurrencyRules rules, @Nullable CircuitBreaker part, RuleFrame frame) {
        var settings = part == null ? null : settings(at, part);
        if (part == null || settings == null) {
            return null;
        }
        var mode = at.child("mode").read(part.mode(), Kind.MODE, frame.mode());
        var check = rules.breaker(frame.name(), mode == Mode.OBSERVE, settings);
        return Rule.enforce(frame.name(), check).in(mode);
    }

    /** The name and, where the part does not say else, the mode of a rule. */
    record RuleFrame(String name, Mode mode) {}

    private static @Nullable Circuit settings(At at, CircuitBreaker part) {
        var rate = at.child("failure-rate").read(part.failureRate(), ConcurrencyCompiler.PERCENT, 50);
        var requests = at.child("min-requests").read(part.minRequests(), ConcurrencyCompiler.COUNT, 10);
        var window = at.child("window").read(part.window(), Kind.DURATION, Duration.ofSeconds(10));
        var openFor = at.child("open-for").read(part.openFor(), Kind.DURATION, Duration.ofSeconds(10));
        var probes = at.child("probes").read(part.probes(), ConcurrencyCompiler.COUNT, 3);
        var by = at.child("by").read(part.by(), BY);
        var key = by == null ? LimitKey.parse(List.of("route")) : by;
        return at.make(
                "", "keep within the bounds", unused -> new Circuit(rate, requests, window, openFor, probes, key));
    }
}
