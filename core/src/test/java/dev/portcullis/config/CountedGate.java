package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch.Sent;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gate with a clock of its own that remembers what its limits tell. */
final class CountedGate {

    static final String OTHER = "a-key-of-globex-0123456789abcdef";
    static final String TIERED = "clients:\n" + "  acme: { api-keys: [\"" + ApiKeyHash.of(Gates.KEY)
            + "\"], tier: gold, tenant: t1 }\n" + "  globex: { api-keys: [\"" + ApiKeyHash.of(OTHER) + "\"] }\n";

    private final HandClock clock = HandClock.at("2026-01-30T12:00:00Z");
    private final List<String> notices = new ArrayList<>();
    private @Nullable Gate gate;

    Gate gate(String yaml) {
        gate = Gate.builder(Gates.file("portcullis:\n" + yaml.indent(2)))
                .clock(clock)
                .listener(new Listener() {
                    @Override
                    public void noticed(Request request, String rule, Evidence evidence) {
                        notices.add(rule + " " + evidence.reason() + " " + evidence.detail());
                    }
                })
                .build();
        return gate;
    }

    HandClock clock() {
        return clock;
    }

    List<String> notices() {
        return notices;
    }

    void close() {
        if (gate != null) {
            gate.close();
        }
    }

    static String policy(String lines) {
        return "policies:\n  p:\n    paths: [/**]\n" + lines.indent(4);
    }

    /** How many of the requests pass, and are answered with a status. */
    static int passes(Gate gate, RecordedWire wire, int requests, int status) {
        return passes(gate, wire, requests, Sent.of(status));
    }

    static int passes(Gate gate, RecordedWire wire, int requests, Sent sent) {
        var passes = 0;
        for (var i = 0; i < requests; i++) {
            var view = gate.view(wire);
            var outcome = gate.engine().evaluate(view);
            var proceeds = outcome instanceof Outcome.Proceed;
            passes += proceeds ? 1 : 0;
            var own =
                    outcome instanceof Outcome.Stop stop ? Sent.of(stop.reply().status()) : sent;
            outcome.watch().ended(view, Ending.ANSWERED, own);
        }
        return passes;
    }

    static int passes(Gate gate, RecordedWire wire, int requests) {
        return passes(gate, wire, requests, 200);
    }

    static Sent sent(String header, String value, long bytes) {
        return new Sent() {
            @Override
            public int status() {
                return 200;
            }

            @Override
            public @Nullable String header(String name) {
                return name.equalsIgnoreCase(header) ? value : null;
            }

            @Override
            public long bytes() {
                return bytes;
            }
        };
    }

    static RecordedWire globex(String target) {
        return get(target).with("X-API-Key", OTHER);
    }

    static Principal client(String name) {
        return new Principal(
                name, Principal.Kind.CLIENT, "clients", name, "t1", "gold", Set.of(), Set.of(), Map.of(), "api-key");
    }
}
