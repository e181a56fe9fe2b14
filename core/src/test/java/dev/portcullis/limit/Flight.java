package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.http.RecordedWire;
import java.util.Map;

/** A request that a check was asked about, until it ends. */
record Flight(Request request, Verdict verdict) {

    static Flight start(Check check, Request request) {
        return new Flight(request, check.check(request));
    }

    static Request to(String route) {
        return RecordedWire.of("GET", "/" + route)
                .from("192.0.2.1")
                .to(new Route(route, "/" + route, Map.of()))
                .view();
    }

    boolean passed() {
        return verdict instanceof Verdict.Pass;
    }

    /** The status and the code of a denial; {@code pass} else. */
    String said() {
        return verdict instanceof Verdict.Deny deny
                ? deny.reply().status() + " " + deny.reply().code()
                : "pass";
    }

    void end(Ending ending, int status) {
        if (verdict instanceof Verdict.Pass pass) {
            pass.watch().ended(request, ending, status);
        }
    }

    void answered() {
        end(Ending.ANSWERED, 200);
    }

    void answered(String contentType) {
        var sent = new Watch.Sent() {
            @Override
            public int status() {
                return 200;
            }

            @Override
            public String header(String name) {
                return contentType;
            }

            @Override
            public long bytes() {
                return 0;
            }
        };
        ((Verdict.Pass) verdict).watch().ended(request, Ending.ANSWERED, sent);
    }
}
