package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter in real containers: what reaches the application, what reaches the client, and what the engine is told. */
class PortcullisFilterTest {

    private static final Check PASS = request -> Verdict.pass();
    private static final Check DENY = request -> Verdict.deny(
            Reply.problem(403, "planted").with("X-Why", "planted"), Evidence.of("planted", "secret-evidence"));
    private static final Principal ALICE = new Principal(
            "alice", Principal.Kind.USER, "main", "shop", null, null, Set.of(), Set.of("admin"), Map.of(), "jwt");

    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger served = new AtomicInteger();

    /** What a servlet does in a test. */
    private interface Application {
        void answer(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    private HttpServlet servlet(Application application) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                served.incrementAndGet();
                try {
                    application.answer(request, response);
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private PortcullisFilter filter(Rule... rules) {
        return filter(PolicySet.builder().first(rules).otherwiseProceed(), Forwarding.NONE);
    }

    private PortcullisFilter filter(PolicySet set, Forwarding forwarding) {
        var listener = new Listener() {
            @Override
            public void ended(Request request, Outcome outcome, dev.portcullis.Ending ending, int status) {
                ended.add(request.dispatch() + " " + ending + " " + status);
            }
        };
        return new PortcullisFilter(Engine.of(set, listener), forwarding, Routes.UNKNOWN);
    }

    private static RawResponse get(Container container, String... lines) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("", lines) + "\r\n");
    }

    private static RawResponse post(Container container, String headers, String body) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body);
    }

    private String told() throws InterruptedException {
        return String.valueOf(ended.poll(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void deniesWithAProblemThatSaysNothingOfTheEvidence(Container.Kind kind) throws Exception {
        try (var container =
                kind.start(filter(Rule.enforce("a", DENY)), Map.of("/", servlet((request, response) -> {})))) {
            var response = get(container, "X-Secret: sent\r\n");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.value("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(response.value("X-Why")).contains("planted");
            assertThat(response.text())
                    .contains("\"code\":\"planted\"")
                    .contains(response.value("X-Request-Id").orElseThrow())
                    .doesNotContain("secret-evidence")
                    .doesNotContain("sent");
            assertThat(served).hasValue(0);
            assertThat(told()).isEqualTo("REQUEST ANSWERED 403");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniesAHeadRequestWithoutABody(Container.Kind kind) throws Exception {
        try (var container =
                kind.start(filter(Rule.enforce("a", DENY)), Map.of("/", servlet((request, response) -> {})))) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsTheApplicationTheCallerAndNoForgedOne(Container.Kind kind) throws Exception {
        var application = servlet((request, response) -> response.getWriter()
                .print(List.of(
                        request.getUserPrincipal().getName(),
                        request.getRemoteUser(),
                        request.isUserInRole("admin"),
                        request.isUserInRole("other"),
                        request.getAuthType(),
                        "" + request.getHeader("X-User"),
                        java.util.Collections.list(request.getHeaderNames()).contains("X-Consumer-Username"))));
        var login = Rule.enforce("login", request -> Verdict.Pass.identifying(ALICE));
        try (var container = kind.start(filter(login), Map.of("/", application))) {
            var response = get(container, "X-User: root\r\nX-Consumer-Username: root\r\n");

            assertThat(response.text()).isEqualTo("[alice, alice, true, false, jwt, null, false]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void addsTheGatesHeadersOnceWhateverTheApplicationDoes(Container.Kind kind) throws Exception {
        var cors = Rule.enforce("cors", request -> Verdict.Pass.adding(List.of(new Header("X-Gate", "yes"))));
        var applications = Map.of(
                "/",
                        servlet((request, response) -> {
                            response.reset();
                            response.getWriter().print("done");
                        }),
                "/missing", servlet((request, response) -> response.sendError(404)),
                "/broken",
                        servlet((request, response) -> {
                            throw new IllegalStateException("planted");
                        }),
                "/error", servlet((request, response) -> response.getWriter().print("page")));
        try (var container = kind.start(filter(cors), applications)) {
            var http = RawHttp.to("127.0.0.1", container.port());
            for (var path : List.of("/", "/missing", "/broken")) {
                var response = http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

                assertThat(response.values("X-Gate")).as(path).containsExactly("yes");
                assertThat(response.values("X-Request-Id")).as(path).hasSize(1);
            }
            assertThat(List.of(told(), told(), told()))
                    .containsExactly("REQUEST ANSWERED 200", "REQUEST ANSWERED 404", "REQUEST FAILED 500");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheEndOfAnAsynchronousAnswerOnce(Container.Kind kind) throws Exception {
        var application = servlet((request, response) -> {
            var context = request.startAsync();
            context.start(() -> {
                ((HttpServletResponse) context.getResponse()).setStatus(202);
                context.complete();
            });
        });
        try (var container = kind.start(filter(Rule.enforce("a", PASS)), Map.of("/", application))) {
            assertThat(get(container).status()).isEqualTo(202);
            assertThat(told()).isEqualTo("REQUEST ANSWERED 202");
            assertThat(ended).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void judgesAnAsynchronousDispatchOnce(Container.Kind kind) throws Exception {
        var judged = new AtomicInteger();
        var count = Rule.enforce("count", request -> {
            judged.incrementAndGet();
            return Verdict.pass();
        });
        var application = servlet((request, response) -> {
            if (request.getDispatcherType() == jakarta.servlet.DispatcherType.ASYNC) {
                response.setStatus(203);
            } else {
                request.startAsync().dispatch();
            }
        });
        try (var container = kind.start(filter(count), Map.of("/", application))) {
            assertThat(get(container).status()).isEqualTo(203);
            assertThat(told()).isEqualTo("REQUEST ANSWERED 203");
            assertThat(judged).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheRulesOfTheTargetOfAForwardAndChargesNothingAgain(Container.Kind kind) throws Exception {
        var charged = new ArrayList<Dispatch>();
        var set = PolicySet.builder()
                .first(Rule.enforce("limit", request -> {
                    charged.add(request.dispatch());
                    return Verdict.pass();
                }))
                .route(
                        "secret",
                        request -> request.path().equals("/secret"),
                        List.of(Rule.enforce("scope", DENY).alsoOn(Dispatch.FORWARD)))
                .otherwiseProceed();
        var applications = Map.of(
                "/",
                        servlet((request, response) -> request.getRequestDispatcher(request.getParameter("to"))
                                .forward(request, response)),
                "/secret", servlet((request, response) -> response.getWriter().print("treasure")),
                "/open", servlet((request, response) -> response.getWriter().print("welcome")));
        try (var container = kind.start(filter(set, Forwarding.NONE), applications)) {
            var http = RawHttp.to("127.0.0.1", container.port());

            assertThat(http.send("GET /?to=/secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .status())
                    .isEqualTo(403);
            assertThat(http.send("GET /?to=/open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .text())
                    .isEqualTo("welcome");
            assertThat(charged).containsExactly(Dispatch.REQUEST, Dispatch.REQUEST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheRulesOfTheTargetOfAnInclude(Container.Kind kind) throws Exception {
        var set = PolicySet.builder()
                .route(
                        "secret",
                        request -> request.path().equals("/secret"),
                        List.of(Rule.enforce("scope", DENY).alsoOn(Dispatch.FORWARD)))
                .otherwiseProceed();
        var applications = Map.of(
                "/",
                        servlet((request, response) ->
                                request.getRequestDispatcher("/secret").include(request, response)),
                "/secret", servlet((request, response) -> response.getWriter().print("treasure")));
        try (var container = kind.start(filter(set, Forwarding.NONE), applications)) {
            assertThat(get(container).text()).doesNotContain("treasure");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniesWhenTheCallersAddressCannotBeTold(Container.Kind kind) throws Exception {
        Forwarding broken = head -> {
            throw new IllegalStateException("planted");
        };
        var byAddress = Rule.enforce(
                "ip",
                request -> request.address().equals(Address.parse("192.0.2.1")) ? DENY.check(request) : Verdict.pass());
        var set = PolicySet.builder().first(byAddress).otherwiseProceed();
        try (var container = kind.start(filter(set, broken), Map.of("/", servlet((request, response) -> {})))) {
            assertThat(get(container).status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniesWhenTheRouteCannotBeTold(Container.Kind kind) throws Exception {
        var engine = Engine.of(PolicySet.builder().otherwiseProceed(), Listener.NONE);
        Routes broken = request -> {
            throw new IllegalStateException("planted");
        };
        var filter = new PortcullisFilter(engine, Forwarding.NONE, broken);
        try (var container = kind.start(filter, Map.of("/", servlet((request, response) -> {})))) {
            assertThat(get(container).status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniesLaterWhileTheApplicationReads(Container.Kind kind) throws Exception {
        var limit = Rule.enforce("limit", dev.portcullis.http.BodyLimit.of(10));
        var application = servlet((request, response) -> {
            response.getOutputStream().print("got " + request.getInputStream().readAllBytes().length);
        });
        try (var container = kind.start(filter(limit), Map.of("/", application))) {
            var chunked = "Transfer-Encoding: chunked\r\n";

            assertThat(post(container, chunked, "a\r\n0123456789\r\n0\r\n\r\n").text())
                    .isEqualTo("got 10");
            var response = post(container, chunked, "b\r\n01234567890\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).contains("body-too-large").doesNotContain("got");
            assertThat(List.of(told(), told())).containsExactly("REQUEST ANSWERED 200", "REQUEST DENIED_LATER 413");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniesLaterEvenWhenTheApplicationSwallowsIt(Container.Kind kind) throws Exception {
        var limit = Rule.enforce("limit", dev.portcullis.http.BodyLimit.of(10));
        var application = servlet((request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                response.sendError(400);
            }
        });
        try (var container = kind.start(filter(limit), Map.of("/", application))) {
            var response = post(container, "Transfer-Encoding: chunked\r\n", "b\r\n01234567890\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersABrokenBodyWith400(Container.Kind kind) throws Exception {
        Check reading = request -> request.body().content(100) instanceof dev.portcullis.Body.Content.Refused refused
                ? refused.deny()
                : Verdict.pass();
        try (var container =
                kind.start(filter(Rule.enforce("body", reading)), Map.of("/", servlet((request, response) -> {})))) {
            var response = post(container, "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(400);
            assertThat(served).hasValue(0);
        }
    }
}
