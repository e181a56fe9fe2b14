package dev.portcullis;

import java.util.HashSet;
import java.util.List;

/** The rules that one kind of request meets, by the turn that the request takes. Immutable. */
record RuleList(String name, List<Rule> request, List<Rule> forward, List<Rule> error) {

    static RuleList of(String name, List<Rule> rules) {
        var names = new HashSet<String>();
        for (var rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException(
                        "rule: `" + rule.name() + "` twice in `" + name + "` (expected: every name once)");
            }
        }
        return new RuleList(
                name,
                on(Request.Dispatch.REQUEST, rules),
                on(Request.Dispatch.FORWARD, rules),
                on(Request.Dispatch.ERROR, rules));
    }

    /** The rules of a request of which nobody can tell what covers it: one that cannot tell either, and so denies. */
    static RuleList unknown(RuntimeException cause) {
        var rule = Rule.enforce("route", request -> {
            throw cause;
        });
        return new RuleList("unknown", List.of(rule), List.of(rule), List.of(rule));
    }

    private static List<Rule> on(Request.Dispatch dispatch, List<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.dispatches().contains(dispatch))
                .toList();
    }

    List<Rule> on(Request.Dispatch dispatch) {
        return switch (dispatch) {
            case REQUEST -> request;
            case FORWARD -> forward;
            case ERROR -> error;
        };
    }
}
