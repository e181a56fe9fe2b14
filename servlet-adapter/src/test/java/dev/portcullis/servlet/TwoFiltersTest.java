package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter that stands in the chain twice, around another one that turns requests to other targets or gives them another method. */
class TwoFiltersTest extends Answering {

    private final AtomicInteger judged = new AtomicInteger();

    private static final PolicyFile POSTS_ARE_OPEN = PolicyFile.parse("p.yml", """
            issuers: { main: { issuer: "https://idp.example.com", audiences: [a] } }
            policies:
              posts: { paths: [/], methods: [POST], public: true }
              deletes: { paths: [/], methods: [DELETE], authenticate: [jwt] }
            """, name -> null);
    private static final Map<String, HttpServlet> DELETING =
            Map.of("/", servlet((request, response) -> response.getWriter().print("ran " + request.getMethod())));

    private PortcullisFilter gate() {
        var counting = Rule.enforce("count", request -> {
            judged.incrementAndGet();
            return Verdict.pass();
        });
        var denying = Rule.enforce(
                        "inner", request -> Verdict.deny(Reply.problem(403, "inner"), Evidence.of("planted")))
                .alsoOn(Dispatch.FORWARD);
        var set = PolicySet.builder()
                .first(counting)
                .route("inner", request -> request.path().equals("/inner"), List.of(denying))
                .otherwiseProceed();
        return new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
    }

    /** The gate, what turns requests to this target, and the gate again. */
    private static Filter around(PortcullisFilter gate, String target) {
        return (request, response, chain) -> gate.doFilter(request, response, (asked, answer) -> {
            var turned = new HttpServletRequestWrapper((HttpServletRequest) asked) {
                @Override
                public String getRequestURI() {
                    return target;
                }
            };
            gate.doFilter(turned, answer, chain);
        });
    }

    @ParameterizedTest
    @EnumSource
    void judgeTheTargetThatARequestIsTurnedTo(Container.Kind kind) throws Exception {
        try (var container = kind.start(
                around(gate(), "/inner"), Map.of("/", servlet((request, response) -> response.setStatus(204))))) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).contains("\"code\":\"inner\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void judgeOnceWhatStaysAsItIs(Container.Kind kind) throws Exception {
        try (var container =
                kind.start(around(gate(), "/"), Map.of("/", servlet((request, response) -> response.setStatus(204))))) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(response.status()).isEqualTo(204);
            assertThat(judged).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void judgeTheMethodThatAFieldOfAFormAsksFor(Container.Kind kind) throws Exception {
        var gate = new PortcullisFilter(Gate.builder(POSTS_ARE_OPEN).build(), Routes.UNKNOWN);
        try (var container =
                kind.start(List.of(gate, new ChangingFilters.HiddenHttpMethodFilter(), gate), DELETING, false)) {
            assertThat(post(container, "_method=DELETE")).contains("\"code\":\"authentication-required\"");
            assertThat(post(container, "_method=PUT")).contains("\"code\":\"method-not-allowed\"");
            assertThat(post(container, "_method=POST")).contains("ran POST");
            assertThat(post(container, "a=b")).contains("ran POST");
        }
    }

    private static String post(Container container, String form) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .post("/", "application/x-www-form-urlencoded", form)
                .text();
    }
}
