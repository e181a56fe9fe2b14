package dev.portcullis.metric;

import java.util.Set;

/** What part of the gate a rule belongs to, by its name. */
final class Phases {

    static final String AUTHENTICATION = "authentication";

    private static final Set<String> KNOWN = Set.of(
            AUTHENTICATION,
            "attacks",
            "authorization",
            "authorizer",
            "body",
            "circuit-breaker",
            "concurrency",
            "condition",
            "cors",
            "cors-preflight",
            "denials",
            "internal-paths",
            "ip",
            "other-methods",
            "otherwise",
            "protocol",
            "rate-limit",
            "replay",
            "response-leaks",
            "response-masks",
            "response-schema",
            "response-size",
            "revocation",
            "schema",
            "websocket-origin");

    private Phases() {}

    /** The part that stands in a name such as {@code partners.rate-limit.burst}, nearest to its end; else {@code custom}. */
    static String of(String rule) {
        var end = rule.length();
        while (end > 0) {
            var dot = rule.lastIndexOf('.', end - 1);
            var word = rule.substring(dot + 1, end);
            if (KNOWN.contains(word)) {
                return word;
            }
            end = dot;
        }
        return "custom";
    }
}
