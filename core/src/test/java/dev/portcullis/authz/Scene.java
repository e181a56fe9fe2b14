package dev.portcullis.authz;

import dev.portcullis.Address;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.match.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request and its caller, of which conditions are asked in tests. */
final class Scene {

    static final Map<String, Object> CLAIMS = Map.of(
            "level",
            3,
            "ratio",
            0.1,
            "vip",
            true,
            "groups",
            List.of("a", "b"),
            "mixed",
            List.of("a", 1L),
            "org",
            Map.of("id", "o1", "https://x.example/y", "z"));
    static final String BODY = """
            {"amount": 100, "price": 9.990, "name": "Bob", "tags": ["x", "y"], "numbers": [1, 2.50], "none": null,
             "big": 12345678901234567890, "digits": "5", "owner": {"id": "alice"}, "yes": true, "empty": "", "smile": "😀"}
            """;
    static final Principal ALICE = new Principal(
            "alice",
            Principal.Kind.USER,
            "main",
            "shop",
            "north",
            null,
            Set.of("orders:read", "orders:write"),
            Set.of("editor"),
            CLAIMS,
            "jwt");
    static final Vocabulary WORDS = new Vocabulary(
            Roles.of(Map.of("admin", List.of("editor"), "editor", List.of("viewer"))),
            PathVariables.of(List.of(PathPattern.parse("/users/{userId}"), PathPattern.parse("/users/{userId}/{a-b}"))),
            range -> Address.parse(range)::equals,
            () -> request -> request.address().isLoopback() ? 0 : 42,
            address -> "DE",
            request -> "googlebot");

    private Scene() {}

    static RecordedWire wire() {
        return RecordedWire.of("POST", "/users/alice?q=1&d=1&d=2&e=")
                .with("Host", "api.example.com:8443")
                .with("X-One", "1")
                .with("X-Two", "a")
                .with("x-two", "b")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(BODY.getBytes(StandardCharsets.UTF_8).length))
                .from("192.0.2.1")
                .to(new Route("users", "/users/{userId}", Map.of("extra", "e1", "userId", "mallory")))
                .body(BODY);
    }

    /** {@code yes}, {@code no}, {@code open}, or the code of another denial. */
    static String answer(String condition) {
        return answer(condition, wire(), ALICE);
    }

    static String answer(String condition, RecordedWire wire, @Nullable Principal caller) {
        var denials = new ArrayList<String>();
        var listener = new Listener() {
            @Override
            public void denied(Request request, Rule rule, Verdict.Deny deny) {
                denials.add(deny.evidence().reason());
            }
        };
        var check = Condition.of(condition, WORDS);
        var known =
                Rule.enforce("known", request -> caller == null ? Verdict.pass() : Verdict.Pass.identifying(caller));
        var set = PolicySet.builder().first(known, Rule.enforce("when", check)).otherwiseProceed();
        var outcome = Engine.of(set, listener).evaluate(wire.view());
        if (outcome instanceof Outcome.Stop stop) {
            return switch (denials.get(0)) {
                case "condition-false" -> "no";
                case "condition-undecided" -> "open";
                default -> stop.reply().code();
            };
        }
        return "yes";
    }
}
