package dev.portcullis.config;

import dev.portcullis.Change;
import dev.portcullis.Explanation.Step;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gates made of YAML, and what becomes of requests in them. */
final class Gates {

    static final String KEY = "a-key-of-acme-0123456789abcdef";
    static final String CLIENTS =
            "clients: { acme: { api-keys: [\"" + ApiKeyHash.of(KEY) + "\"], scopes: [read], roles: [partner] } }\n";
    static final String ISSUERS = "issuers: { main: { issuer: https://idp.example.com, audiences: [a] } }\n";

    static final String HANDSHAKE = ".websocket-origin";

    private Gates() {}

    static PolicyFile file(String yaml) {
        return PolicyFile.parse("p.yml", yaml, name -> null);
    }

    static Gate gate(String yaml, Endpoint... handlers) {
        return Gate.builder(file(yaml))
                .clock(HandClock.at("2026-01-01T00:00:00Z"))
                .handlers(List.of(handlers))
                .build();
    }

    static RecordedWire get(String target) {
        return RecordedWire.of("GET", target).with("Host", "example.com");
    }

    static RecordedWire with(String method, String target) {
        return RecordedWire.of(method, target).with("Host", "example.com");
    }

    static RecordedWire json(String target, String body) {
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        return with("POST", target)
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(length))
                .body(body);
    }

    static RecordedWire keyed(RecordedWire wire) {
        return wire.with("X-API-Key", KEY);
    }

    static RecordedWire to(RecordedWire wire, String handler) {
        return wire.to(new Route(handler, wire.rawPath(), Map.of()));
    }

    /** {@code proceed}, or the rule that stops the request, the status and the code. */
    static String outcome(Gate gate, RecordedWire wire) {
        var outcome = gate.engine().evaluate(gate.view(wire));
        return outcome instanceof Outcome.Stop stop
                ? (stop.rule() + " " + stop.reply().status() + " "
                                + stop.reply().code())
                        .strip()
                : "proceed";
    }

    static String header(Gate gate, RecordedWire wire, String name) {
        var outcome = gate.engine().evaluate(gate.view(wire));
        var own = outcome instanceof Outcome.Stop stop ? stop.reply().headers() : List.<Header>of();
        return Stream.concat(own.stream(), outcome.headers().stream())
                .filter(header -> header.named(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** The names of the rules that the request meets, but for those about WebSocket handshakes and denials, which stand on every route. */
    static List<String> met(Gate gate, RecordedWire wire) {
        return gate.engine().explain(gate.view(wire)).steps().stream()
                .map(Step::rule)
                .filter(rule -> !isEverywhere(rule.name()))
                .map(rule -> rule.name() + (rule.mode() == Mode.OBSERVE ? " (observed)" : ""))
                .toList();
    }

    private static boolean isEverywhere(String rule) {
        return rule.endsWith(HANDSHAKE) || rule.equals("denials") || rule.endsWith(".revocation");
    }

    static String route(Gate gate, RecordedWire wire) {
        return gate.engine().explain(gate.view(wire)).route();
    }

    /** Notes what is changed while a gate runs. */
    static Listener noting(Collection<Change> changes) {
        return new Listener() {

            @Override
            public void changed(Change change) {
                changes.add(change);
            }
        };
    }

    /** Notes why requests are denied: the reasons that operators read. */
    static Listener reasons(Collection<String> reasons) {
        return new Listener() {

            @Override
            public void denied(Request request, Rule rule, Verdict.Deny deny) {
                reasons.add(deny.evidence().reason());
            }

            @Override
            public void failed(Request request, Rule rule, Throwable cause) {
                reasons.add("failed");
            }
        };
    }
}
