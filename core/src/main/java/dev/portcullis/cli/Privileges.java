package dev.portcullis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What callers may do, and what they did, by an audit log. For one thread. What is kept of a log is bounded. */
final class Privileges {

    private static final int MAX_CLIENTS = 100_000;
    private static final int MAX_ROUTES = 1000;
    private static final String CLIENTS = "clients";

    private final Demands demands;
    private final Instant since;
    private final Map<String, Caller> records = new TreeMap<>();
    private long lines;
    private long unreadable;
    private boolean crowded;

    /** What is known of one client. */
    private static final class Caller {

        private final String issuer;
        private final String client;
        private final Set<String> granted = new TreeSet<>();
        private final Set<String> used = new TreeSet<>();
        private final Map<String, Long> routes = new TreeMap<>();
        private long requests;

        Caller(String issuer, String client) {
            this.issuer = issuer;
            this.client = client;
        }

        Set<String> unused() {
            var unused = new TreeSet<>(granted);
            unused.removeAll(used);
            return unused;
        }

        void called(String route) {
            requests++;
            if (routes.size() < MAX_ROUTES || routes.containsKey(route)) {
                routes.merge(route, 1L, Long::sum);
            }
        }
    }

    Privileges(Demands demands, Instant since) {
        this.demands = demands;
        this.since = since;
    }

    /** Notes what a client of the policy file may do. */
    void grant(String client, Collection<String> scopes) {
        var record = of(CLIENTS, client);
        if (record != null) {
            record.granted.addAll(scopes);
        }
    }

    private @Nullable Caller of(String issuer, String client) {
        var key = issuer + "\n" + client;
        if (records.size() >= MAX_CLIENTS && !records.containsKey(key)) {
            crowded = true;
            return null;
        }
        return records.computeIfAbsent(key, unused -> new Caller(issuer, client));
    }

    /** Takes one line of the log; null is one that could not be read. */
    void take(@Nullable JsonNode line) {
        if (line == null || !line.isObject()) {
            unreadable++;
            return;
        }
        if (line.has("change") || !isRecent(line)) {
            return;
        }
        lines++;
        var client = line.path("client").asText("");
        var record = client.isEmpty() ? null : of(line.path("issuer").asText(""), client);
        if (record == null) {
            return;
        }
        record.granted.addAll(Demands.texts(line.path("scopes")));
        if (line.path("decision").asText("").equals("proceed")) {
            proceeded(record, line);
        }
    }

    private boolean isRecent(JsonNode line) {
        try {
            return !Instant.parse(line.path("time").asText("")).isBefore(since);
        } catch (DateTimeException e) {
            return since.equals(Instant.MIN);
        }
    }

    private void proceeded(Caller record, JsonNode line) {
        var method = line.path("method").asText("");
        var template = line.hasNonNull("route") ? line.path("route").asText() : null;
        var path = line.path("path").asText("");
        record.called(method + " " + (template == null ? path : template));
        record.used.addAll(demands.needed(method, template, path, record.granted));
    }

    /** The scopes that nobody needed. */
    JsonNode unusedScopes() {
        var report = head();
        var clients = report.putArray(CLIENTS);
        for (var record : records.values()) {
            if (!record.unused().isEmpty()) {
                texts(named(clients.addObject(), record), "unused", record.unused());
            }
        }
        return report;
    }

    /** All that is known. */
    JsonNode everything() {
        var report = head();
        var clients = report.putArray(CLIENTS);
        for (var record : records.values()) {
            var node = named(clients.addObject(), record);
            texts(node, "granted", record.granted);
            texts(node, "used", record.used);
            texts(node, "unused", record.unused());
            var routes = node.putObject("routes");
            record.routes.forEach(routes::put);
        }
        return report;
    }

    private ObjectNode head() {
        var head = JsonNodeFactory.instance.objectNode();
        head.put("lines", lines).put("unreadable", unreadable).put("crowded", crowded);
        return head;
    }

    private static ObjectNode named(ObjectNode node, Caller record) {
        return node.put("client", record.client).put("issuer", record.issuer).put("requests", record.requests);
    }

    private static void texts(ObjectNode node, String name, Collection<String> texts) {
        var array = node.putArray(name);
        texts.forEach(array::add);
    }
}
