package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.PolicySet;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asynchronous answers, forwards and includes behind the filter, in real containers. */
class DispatchTest extends Filtering {

    private static final Check PASS = request -> Verdict.pass();

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
}
