package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.HttpServlet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An application that answers in some way behind a rule, in a real container, and what the operator is told of it. */
abstract class Answering {

    static final Verdict.Deny DENY = Verdict.deny(Reply.problem(500, "withheld"), Evidence.of("why"));

    final List<String> told = new CopyOnWriteArrayList<>();

    static HttpServlet servlet(Application application) {
        return Application.servlet(application);
    }

    /** A watch that asks to see heads. */
    abstract static class Heads implements Watch {

        @Override
        public final boolean asksHead() {
            return true;
        }
    }

    /** A rule that adds its mark to every head, shows the application's, takes one away, and denies where it is told to. */
    static final Check MARKING = request -> Verdict.Pass.watching(new Heads() {
        @Override
        public Verdict sending(Request seen, Head head) {
            head.set("X-Mark", head.status() + " " + head.headers("X-App") + " " + head.ofApplication());
            head.remove("X-Leak");
            return head.header("X-Deny") == null ? Verdict.pass() : DENY;
        }
    });

    /** A rule that holds back JSON and shouts it. */
    static final Check SHOUTING = request -> Verdict.Pass.watching(new Heads() {
        @Override
        public @Nullable Hold holding(Request seen, Head head) {
            var type = head.header("Content-Type");
            return type != null && type.startsWith("application/json") ? new Shout() : null;
        }
    });

    /** Puts a body in upper case, and denies one that says so. */
    static final class Shout implements Watch.Hold {

        @Override
        public int bound() {
            return 100;
        }

        @Override
        public Verdict judge(Watch.Held body) {
            var text = new String(body.bytes(), StandardCharsets.UTF_8);
            if (text.contains("deny")) {
                return DENY;
            }
            body.replace((text.toUpperCase(Locale.ROOT) + "!").getBytes(StandardCharsets.UTF_8));
            return Verdict.pass();
        }
    }

    RawResponse ask(Container.Kind kind, Check check, Application application) throws Exception {
        return ask(kind, "GET", check, Map.of("/", servlet(application)));
    }

    RawResponse ask(Container.Kind kind, String method, Check check, Map<String, HttpServlet> servlets)
            throws Exception {
        var end = new CountDownLatch(1);
        var listener = new Listener() {
            @Override
            public void noticed(Request request, String rule, Evidence evidence) {
                told.add(rule + " " + evidence.reason() + " " + evidence.detail());
            }

            @Override
            public void ended(Request request, Outcome outcome, Ending ending, int status) {
                told.add(ending + " " + status);
                end.countDown();
            }
        };
        var set = PolicySet.builder().first(Rule.enforce("a", check)).otherwiseProceed();
        var filter = new PortcullisFilter(Engine.of(set, listener), Forwarding.NONE, Routes.UNKNOWN);
        try (var container = kind.start(filter, servlets)) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send(method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
            return response;
        }
    }
}
