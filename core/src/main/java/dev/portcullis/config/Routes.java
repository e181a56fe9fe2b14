package dev.portcullis.config;

import dev.portcullis.PolicySet;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.attack.Attacks;
import dev.portcullis.match.PathScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Works out which rules each kind of request meets: those of a path, of a handler, of both. Lives for one configuration. */
final class Routes {

    private final List<BoundPath> paths;
    private final List<Addressee> addressees;
    private final List<Addressee> plain;
    private final Grounds grounds;
    private final InternalPaths internal;
    private final Map<BoundPath, List<Rule>> onPaths = new LinkedHashMap<>();
    private final Map<Addressee, List<Rule>> onHandlers = new LinkedHashMap<>();
    private final Map<BoundPath, Map<Addressee, List<Rule>>> onBoth = new LinkedHashMap<>();

    Routes(List<BoundPath> paths, List<Addressee> addressees, Grounds grounds) {
        this.grounds = grounds;
        this.internal = grounds.internal();
        this.paths = paths;
        this.addressees =
                addressees.stream().filter(one -> !one.words().isEmpty()).toList();
        this.plain = addressees.stream().filter(one -> one.words().isEmpty()).toList();
    }

    /** What rules are made of beside what words ask. */
    record Grounds(Identities identities, DenialRules denials, Guessing guessing, InternalPaths internal) {}

    /** Joins all words that can meet, and finds what cannot be joined. */
    Routes compile() {
        for (var path : paths) {
            onPaths.put(path, guarded(path, join(List.of(path.asked()))));
            onBoth.put(path, new LinkedHashMap<>());
        }
        for (var one : addressees) {
            onHandlers.put(one, join(one.words()));
            paths.stream().filter(one::meets).forEach(path -> meet(path, one));
        }
        for (var one : plain) {
            paths.stream()
                    .filter(path -> dependsOn(one, path) && one.meets(path))
                    .forEach(path -> hold(path, one));
        }
        Stream.concat(addressees.stream(), plain.stream()).forEach(this::demandEffect);
        return this;
    }

    /** Has a handler of which no policy of its own speaks meet the path's rules, as far as they depend on the handler. */
    private void hold(BoundPath path, Addressee one) {
        onBoth.getOrDefault(path, Map.of()).put(one, guarded(path, join(one.wordsWith(path))));
    }

    /** Tells whether the path's rules depend on the handler: on what it spares, or on what it reads. */
    private static boolean dependsOn(Addressee one, BoundPath path) {
        return !one.sparing().isEmpty() || path.asked().held() != null && one.signature() != null;
    }

    /** What detectors are told to spare must be something at which they look. */
    private void demandEffect(Addressee one) {
        var lists = Stream.concat(
                Stream.of(onHandlers.getOrDefault(one, List.of())),
                onBoth.values().stream().map(both -> both.getOrDefault(one, List.of())));
        one.sparing()
                .demandEffect(lists.flatMap(List::stream).anyMatch(rule -> rule.check() instanceof Attacks), one.at());
    }

    /** Before the path's rules stands one for the internal paths that it covers and does not name. */
    private List<Rule> guarded(BoundPath path, List<Rule> rules) {
        var under = internal.under(path.pattern());
        if (under.isEmpty()) {
            return rules;
        }
        var guard = InternalPaths.rule(under, path.asked().mode());
        return Stream.concat(Stream.of(guard), rules.stream()).toList();
    }

    private void meet(BoundPath path, Addressee one) {
        if (one.open() && !path.asked().open()) {
            one.at()
                    .problem(
                            "anybody may call, but path `" + path.pattern() + "` of "
                                    + path.at().key() + " covers it",
                            "write a policy with `public: true` for its path, or remove the annotation");
        }
        onBoth.getOrDefault(path, Map.of()).put(one, join(one.wordsWith(path)));
    }

    private List<Rule> join(List<Asked> words) {
        return new Conjunction(words, grounds.identities(), grounds.denials(), grounds.guessing()).rules();
    }

    /** Tells whether any rule is enforced. */
    boolean enforceAnything() {
        return Stream.of(onPaths.values(), onHandlers.values())
                .flatMap(lists -> lists.stream())
                .flatMap(List::stream)
                .anyMatch(rule -> rule.mode() == Mode.ENFORCE);
    }

    /** Tells whether any policy says what header fields its responses have. */
    boolean setHeaders() {
        var joined = onBoth.values().stream().flatMap(both -> both.values().stream());
        return Stream.of(onPaths.values().stream(), onHandlers.values().stream(), joined)
                .flatMap(lists -> lists)
                .flatMap(List::stream)
                .anyMatch(rule -> rule.name().equals(HeaderCompiler.NAME));
    }

    void addTo(PolicySet.Builder set) {
        onPaths.forEach((path, rules) -> set.route(path.route(), path.scope(), rules));
        var limited = paths.stream().filter(Routes::isLimited).toList();
        var others = List.of(
                Rule.enforce(OtherMethods.NAME, new OtherMethods(limited)).alsoOn(Dispatch.FORWARD));
        if (!limited.isEmpty()) {
            var patterns = limited.stream().map(BoundPath::pattern).toList();
            set.route(OtherMethods.NAME, PathScope.of(patterns, Set.of()), others);
        }
        onHandlers.forEach((one, rules) -> set.handler(one.id(), rules));
        onBoth.forEach((path, both) -> both.forEach((one, rules) -> set.refine(path.route(), one.id(), rules)));
        onHandlers.forEach((one, rules) -> {
            if (limited.stream().anyMatch(one::isOn)) {
                set.join(OtherMethods.NAME, one.id(), rules);
            }
        });
    }

    /** How every path is protected, and every handler on every path that covers it. */
    List<RouteReport> report(Inventory inventory, List<Addressee> handlers) {
        var all = new ArrayList<RouteReport>();
        onPaths.forEach((path, rules) -> all.add(inventory.of(path, rules)));
        onHandlers.forEach((one, rules) -> all.add(inventory.of(one, null, rules)));
        onBoth.forEach((path, both) -> both.forEach((one, rules) -> all.add(inventory.of(one, path, rules))));
        handlers.stream()
                .filter(one -> one.words().isEmpty())
                .forEach(one -> onPaths.forEach((path, rules) -> {
                    if (one.meets(path) && !onBoth.getOrDefault(path, Map.of()).containsKey(one)) {
                        all.add(inventory.of(one, path, rules));
                    }
                }));
        return all;
    }

    /** Denies the internal paths that no policy covers, where others are let through. */
    void denyInternal(PolicySet.Builder set, Mode mode) {
        var scope = PathScope.of(internal.patterns(), Set.of());
        set.route(InternalPaths.NAME, scope, List.of(internal.rule(mode)));
        onHandlers.forEach((one, rules) -> {
            if (scope.patterns().stream()
                    .anyMatch(path -> one.patterns().stream().anyMatch(path::overlaps))) {
                set.join(InternalPaths.NAME, one.id(), rules);
            }
        });
    }

    /** Tells whether the path is bound for some methods only, and denies others. */
    private static boolean isLimited(BoundPath path) {
        return !path.anyMethod() && path.asked().mode() == Mode.ENFORCE;
    }
}
