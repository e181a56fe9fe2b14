package dev.portcullis.servlet;

import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An application behind the filter in a real container, and what the engine is told of it. */
abstract class Filtering {

    static final Check DENY = request -> Verdict.deny(
            Reply.problem(403, "planted").with("X-Why", "planted"), Evidence.of("planted", "secret-evidence"));

    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final AtomicInteger served = new AtomicInteger();

    HttpServlet servlet(Application application) {
        return Application.servlet((request, response) -> {
            served.incrementAndGet();
            application.answer(request, response);
        });
    }

    PortcullisFilter filter(Rule... rules) {
        return filter(PolicySet.builder().first(rules).otherwiseProceed(), Forwarding.NONE);
    }

    PortcullisFilter filter(PolicySet set, Forwarding forwarding) {
        var listener = new Listener() {
            @Override
            public void ended(Request request, Outcome outcome, dev.portcullis.Ending ending, int status) {
                ended.add(request.dispatch() + " " + ending + " " + status);
            }
        };
        return new PortcullisFilter(Engine.of(set, listener), forwarding, Routes.UNKNOWN);
    }

    static RawResponse get(Container container, String... lines) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("", lines) + "\r\n");
    }

    String told() throws InterruptedException {
        return String.valueOf(ended.poll(30, TimeUnit.SECONDS));
    }
}
