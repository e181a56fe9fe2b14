package dev.portcullis.config;

import dev.portcullis.limit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who shares what is remembered from one request to the next. */
final class Scopes {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private Scopes() {}

    /** Tells the operator. */
    static void tell(List<String> lines) {
        lines.forEach(line -> LOG.info("state, {}", line));
    }

    /** One line for each scope, with the names of what has it. */
    static List<String> lines(List<Limit> limits, Sharing sharing) {
        var names = new TreeMap<String, List<String>>();
        var ledger = sharing.shared() == null ? "scope=node" : "scope=shared";
        add(names, ledger, "nonces, revocations, denials and failed logins");
        limits.forEach(limit -> add(names, limit.scope(), limit.name()));
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
    }

    private static void add(Map<String, List<String>> names, String scope, String name) {
        names.computeIfAbsent(scope, unused -> new ArrayList<>()).add(name);
    }
}
