package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that cover requests, and what happens to a request that no route covers. Immutable.
 *
 * <p>The rules for all come first. Then come the rules of the first route whose scope covers the request, joined with those of
 * the handler that it goes to. A request that neither covers meets the rule that has the last word.
 */
@TrustedBase
public final class PolicySet {

    /** The name of the rule that has the last word. */
    public static final String OTHERWISE = "otherwise";

    /** Which requests a route is for. Implementations are immutable and do not allocate. */
    @FunctionalInterface
    public interface Scope {

        /** Tells whether the route is for this request. */
        boolean covers(Request request);
    }

    private final List<Entry> routes;
    private final Map<String, RuleList> handlers;
    private final RuleList otherwise;
    private final String digest;
    private final List<AutoCloseable> owned;

    private PolicySet(Builder builder, Rule last) {
        this.routes = List.copyOf(builder.routes.values());
        this.handlers = Map.copyOf(builder.handlers);
        var rules = new ArrayList<>(builder.before);
        rules.add(last);
        this.otherwise = builder.list(OTHERWISE, rules);
        this.owned = List.copyOf(builder.owned);
        this.digest = builder.digest == null ? digestOf(this) : builder.digest;
    }

    /** Starts an empty set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A name for exactly this set: the SHA-256 of what it was built from, in hexadecimal. */
    public String digest() {
        return digest;
    }

    /** What the set uses and nobody else, to be closed with it. */
    List<AutoCloseable> owned() {
        return owned;
    }

    /** The rules that the request meets in its turn, in order, for whoever looks into them without asking them. */
    public List<Rule> rules(Request request) {
        return covering(request).on(request.dispatch());
    }

    /** The rules that the request meets. */
    RuleList covering(Request request) {
        var target = request.route();
        var handler = target == null ? null : handlers.get(target.id());
        for (var i = 0; i < routes.size(); i++) {
            var entry = routes.get(i);
            if (entry.scope.covers(request)) {
                return target == null ? entry.rules : entry.with(target.id(), handler != null);
            }
        }
        return handler == null ? otherwise : handler;
    }

    private static String digestOf(PolicySet set) {
        var text = new StringBuilder();
        set.routes.forEach(entry -> text.append(entry.rules));
        set.handlers.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(text::append);
        text.append(set.otherwise);
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Entry(Scope scope, RuleList rules, Map<String, RuleList> joined) {

        /** The rules for a request of the handler; one that has rules of its own must have been joined. */
        RuleList with(String handler, boolean own) {
            var list = joined.get(handler);
            if (list == null && !own) {
                return rules;
            }
            if (list == null) {
                throw new IllegalStateException(
                        "route `" + rules.name() + "` was not joined with handler `" + handler + "`");
            }
            return list;
        }
    }

    /** Collects rules, then has the last word. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final List<Rule> first = new ArrayList<>();
        private final Set<String> yielding = new HashSet<>();
        private final List<Rule> before = new ArrayList<>();
        private final Map<String, Entry> routes = new LinkedHashMap<>();
        private final Set<Scope> scopes = new LinkedHashSet<>();
        private final Map<String, RuleList> handlers = new HashMap<>();
        private final List<AutoCloseable> owned = new ArrayList<>();
        private @Nullable String digest;

        private Builder() {}

        /** Adds rules that every request meets before all others. They must be added before the first route. */
        public Builder first(Rule... rules) {
            if (!routes.isEmpty() || !handlers.isEmpty()) {
                throw new IllegalStateException("first: after a route (expected: before the first route)");
            }
            first.addAll(List.of(rules));
            return this;
        }

        /**
         * Adds a rule that every request meets before all others, unless the route or the handler has one of the same name, which then
         * takes its place.
         */
        public Builder firstUnlessNamed(Rule rule) {
            yielding.add(rule.name());
            return first(rule);
        }

        /**
         * Adds a route: its rules are for the requests that its scope covers and no earlier one did.
         *
         * @throws IllegalArgumentException when the name was used, or when an earlier route has the same scope
         */
        public Builder route(String name, Scope scope, List<Rule> rules) {
            requireNonNull(scope, "scope");
            if (routes.containsKey(name)) {
                throw new IllegalArgumentException("route: `" + name + "` twice (expected: every name once)");
            }
            if (!scopes.add(scope)) {
                throw new IllegalArgumentException(
                        "route: `" + name + "` can never be reached (an earlier one has its scope)");
            }
            routes.put(name, new Entry(scope, list(name, rules), new HashMap<>()));
            return this;
        }

        /**
         * Adds the rules of a handler, for requests whose {@link Request#route} has this id and that no route's scope covers.
         *
         * @throws IllegalArgumentException when the handler has rules already
         */
        public Builder handler(String id, List<Rule> rules) {
            if (handlers.putIfAbsent(id, list(id, rules)) != null) {
                throw new IllegalArgumentException("handler: `" + id + "` twice (expected: every handler once)");
            }
            return this;
        }

        /**
         * Says which rules a request meets that the route covers and that goes to the handler.
         *
         * @throws IllegalArgumentException when the route or the handler is unknown, or the two were joined already
         */
        public Builder join(String route, String handler, List<Rule> rules) {
            if (!handlers.containsKey(handler)) {
                throw new IllegalArgumentException(
                        "join: `" + route + "` with `" + handler + "` (expected: both added before)");
            }
            return refine(route, handler, rules);
        }

        /**
         * Says which rules a request meets that the route covers and that goes to the handler, which may have no rules of its own.
         *
         * @throws IllegalArgumentException when the route is unknown, or the two were joined already
         */
        public Builder refine(String route, String handler, List<Rule> rules) {
            var entry = routes.get(route);
            if (entry == null) {
                throw new IllegalArgumentException(
                        "join: `" + route + "` with `" + handler + "` (expected: both added before)");
            }
            if (entry.joined.putIfAbsent(handler, list(route + " with " + handler, rules)) != null) {
                throw new IllegalArgumentException("join: `" + route + "` with `" + handler + "` twice");
            }
            return this;
        }

        /** Names what the set was built from; without it the digest speaks of names and modes only. */
        public Builder digest(String text) {
            digest = requireNonNull(text, "text");
            return this;
        }

        /** Hands over what shall be closed when the set is no longer used. */
        public Builder owns(AutoCloseable resource) {
            owned.add(requireNonNull(resource, "resource"));
            return this;
        }

        /** Builds a set that denies what no route covers, with 403 {@code no-policy}. */
        public PolicySet otherwiseDeny() {
            return otherwise(Rule.enforce(OTHERWISE, new LastWord()));
        }

        /** Builds a set that lets through what no route covers, after these rules. */
        public PolicySet otherwiseProceed(Rule... rules) {
            before.addAll(List.of(rules));
            return otherwise(Rule.enforce(OTHERWISE, request -> Verdict.pass()));
        }

        /** Builds a set that observes what it would deny because no route covers it. */
        public PolicySet otherwiseObserve() {
            return otherwise(Rule.observe(OTHERWISE, new LastWord()));
        }

        private PolicySet otherwise(Rule last) {
            return new PolicySet(this, last.alsoOn(Request.Dispatch.FORWARD));
        }

        private RuleList list(String name, List<Rule> rules) {
            var own = rules.stream()
                    .filter(rule -> yielding.contains(rule.name()))
                    .toList();
            var all = new ArrayList<Rule>();
            for (var rule : first) {
                all.add(own.stream()
                        .filter(other -> other.name().equals(rule.name()))
                        .findFirst()
                        .orElse(rule));
            }
            rules.stream().filter(rule -> !own.contains(rule)).forEach(all::add);
            return RuleList.of(name, all);
        }
    }

    /** Denies whatever nobody wrote a policy for. */
    private static final class LastWord implements Check {

        private static final Verdict.Deny DENY =
                Verdict.deny(Reply.problem(403, "no-policy"), Verdict.Evidence.of("no-policy"));

        @Override
        public Verdict check(Request request) {
            requireNonNull(request, "request");
            return DENY;
        }
    }
}
