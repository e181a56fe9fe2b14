package dev.portcullis.limit;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests of callers that tests are about. */
final class Requests {

    private Requests() {}

    static Request from(String address) {
        return RecordedWire.of("GET", "/").from(address).view();
    }

    static Request with(String header, String value) {
        return RecordedWire.of("GET", "/").from("192.0.2.1").with(header, value).view();
    }

    static Principal client(String issuer, String client, @Nullable String tenant) {
        return new Principal(
                "somebody", Principal.Kind.USER, issuer, client, tenant, null, Set.of(), Set.of(), Map.of(), "test");
    }

    /** The same request once a rule has identified the caller. */
    static Request of(Principal caller, Request request) {
        var seen = new ArrayList<Request>();
        var set = PolicySet.builder()
                .first(
                        Rule.enforce("who", any -> Verdict.Pass.identifying(caller)),
                        Rule.enforce("then", identified -> {
                            seen.add(identified);
                            return Verdict.pass();
                        }))
                .otherwiseProceed();
        Engine.of(set, Listener.NONE).evaluate(request);
        return seen.get(0);
    }
}
