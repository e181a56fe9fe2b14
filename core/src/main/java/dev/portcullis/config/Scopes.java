package dev.portcullis.config;

import dev.portcullis.limit.ConcurrencyReport;
import dev.portcullis.limit.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who shares what is remembered from one request to the next. */
final class Scopes {

    private static final String OBSERVED = " observed";
    private static final Pattern SCORE = Pattern.compile("[^.]{1,100}\\.penalty(?: \\(observed\\))?");
    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private Scopes() {}

    /** Tells the operator. */
    static void tell(List<String> lines) {
        lines.forEach(line -> LOG.info("state, {}", line));
    }

    /**
     * One line for each scope, with the names of what has it.
     *
     * @param limits the limits
     * @param own the names of rules whose state is always a node's own
     * @param sharing what nodes share
     */
    static List<String> lines(List<Limit> limits, Collection<String> own, Sharing sharing) {
        var names = new TreeMap<String, List<String>>();
        var ledger = sharing.shared() == null ? "scope=node" : "scope=shared";
        add(names, ledger, "nonces, revocations, denials and failed logins");
        limits.forEach(limit -> add(names, limit.scope(), limit.name()));
        own.forEach(rule -> add(names, "scope=node", rule));
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
    }

    /** The rules whose state nodes never share: what is in flight, circuits, and scores of behaviour. */
    static Collection<String> own(ConcurrencyReport crowds, List<RouteReport> routes) {
        var own = new TreeSet<String>();
        crowds.limits().forEach(limit -> own.add(limit.rule() + (limit.observed() ? OBSERVED : "")));
        crowds.circuits().forEach(circuit -> own.add(circuit.rule() + (circuit.observed() ? OBSERVED : "")));
        routes.stream()
                .flatMap(route -> route.rules().stream())
                .filter(rule -> SCORE.matcher(rule).matches())
                .forEach(rule -> own.add(rule.replace(" (observed)", OBSERVED)));
        return own;
    }

    private static void add(Map<String, List<String>> names, String scope, String name) {
        names.computeIfAbsent(scope, unused -> new ArrayList<>()).add(name);
    }
}
