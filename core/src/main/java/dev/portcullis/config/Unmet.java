package dev.portcullis.config;

import dev.portcullis.PolicySet;
import dev.portcullis.denial.Target;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.denial.Target.What;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds denials of rules and routes that no request could meet, because there is none of that name. */
final class Unmet {

    /** Rules that stand before the one that asks what is denied, or are it. */
    private static final Set<String> UNDENIABLE = Set.of(Denying.SUSPENSION, InternalPaths.NAME);

    private Unmet() {}

    /**
     * Checks what an operator is about to deny: a name that was mistyped would deny nothing, while he thinks that it does.
     *
     * @throws IllegalArgumentException when no request could meet it
     */
    static void demandMet(Target target, Supplier<List<RouteReport>> routes, Set<String> handled) {
        if (target.verb() != Verb.DENY) {
            return;
        }
        if (target.what() == What.RULE && !isRule(target.value(), routes.get())) {
            throw new IllegalArgumentException("value: no rule `" + At.shown(target.value())
                    + "` here (expected: a policy, or a rule as `routes` names it)");
        }
        if (target.what() == What.ROUTE && !handled.isEmpty() && !handled.contains(target.value())) {
            throw new IllegalArgumentException("value: no handler `" + At.shown(target.value())
                    + "` here (expected: its template such as `/orders/{id}`, or its id; or deny the policy: `rule`)");
        }
    }

    /** The names of the routes of handlers: their ids and templates; none where nobody tells of handlers, so that any may be there. */
    static Set<String> handled(@Nullable List<Endpoint> handlers) {
        return handlers == null
                ? Set.of()
                : handlers.stream()
                        .flatMap(one -> Stream.concat(Stream.of(one.id()), one.patterns().stream()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The entries of a configuration that nothing could meet, by their keys. */
    static Map<String, String> of(Configuration written, List<RouteReport> routes) {
        var found = new LinkedHashMap<String, String>();
        var settings = written.denials();
        var entries =
                settings == null || settings.entries() == null ? List.<DenialSettings.Entry>of() : settings.entries();
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if ("rule".equals(entry.deny()) && entry.value() != null && !isRule(entry.value(), routes)) {
                found.put("denials.entries[" + i + "].value", "no rule `" + At.shown(entry.value()) + "`");
            }
        }
        return found;
    }

    private static boolean isRule(String name, List<RouteReport> routes) {
        return Stream.concat(routes.stream().flatMap(route -> route.rules().stream()), Stream.of(PolicySet.OTHERWISE))
                .filter(rule -> !UNDENIABLE.contains(rule))
                .anyMatch(rule -> rule.equals(name) || rule.startsWith(name + ".") || rule.startsWith(name + " ("));
    }
}
