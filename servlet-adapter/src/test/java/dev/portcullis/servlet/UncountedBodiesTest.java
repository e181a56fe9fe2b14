package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Body.Content;
import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.BodyLimit;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies whose length nobody has announced, read by the container and not by the application. */
class UncountedBodiesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static PortcullisFilter filter(Rule... rules) {
        var set = PolicySet.builder().first(rules).otherwiseProceed();
        return new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
    }

    private static RawResponse chunked(Container container, String type, String body) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                        + "\r\n0\r\n\r\n");
    }

    /** Answers with what one parameter says. */
    private static final class Parameter extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("got " + request.getParameter("a"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFormIsCountedThatTheContainerWouldRead(Container.Kind kind) throws Exception {
        try (var container =
                kind.start(filter(Rule.enforce("limit", BodyLimit.of(10))), Map.of("/", new Parameter()))) {
            assertThat(chunked(container, FORM, "a=23456789").text()).isEqualTo("got 23456789");
            assertThat(chunked(container, FORM, "a=234567890").status()).isEqualTo(413);
        }
    }

    /** Answers with the size of the part. */
    private static final class OnePart extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.getWriter().print("got " + request.getPart("a").getSize());
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsAreCountedThatTheContainerReads(Container.Kind kind) throws Exception {
        var type = "multipart/form-data; boundary=x";
        try (var container = kind.start(filter(Rule.enforce("limit", BodyLimit.of(500))), Map.of("/", new OnePart()))) {
            assertThat(chunked(container, type, part(100)).text()).isEqualTo("got 100");
            assertThat(chunked(container, type, part(1000)).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsAreCountedThatTheContainerTakesParametersFrom(Container.Kind kind) throws Exception {
        var type = "multipart/form-data; boundary=x";
        try (var container =
                kind.start(filter(Rule.enforce("limit", BodyLimit.of(500))), Map.of("/", new Parameter()))) {
            assertThat(chunked(container, type, field(10)).text()).isEqualTo("got " + "y".repeat(10));
            assertThat(chunked(container, type, field(1000)).status()).isEqualTo(413);
        }
    }

    private static String field(int size) {
        return "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + "y".repeat(size) + "\r\n--x--\r\n";
    }

    private static String part(int size) {
        return "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n" + "y".repeat(size)
                + "\r\n--x--\r\n";
    }

    @ParameterizedTest
    @EnumSource
    void aFormWithTooManyParametersIsNotKept(Container.Kind kind) throws Exception {
        Check reading = request ->
                request.body().content(1 << 20) instanceof Content.Denied denied ? denied.deny() : Verdict.pass();
        try (var container = kind.start(filter(Rule.enforce("body", reading)), Map.of("/", new Parameter()))) {
            assertThat(chunked(container, FORM, "b&".repeat(9_000) + "a=1").text())
                    .isEqualTo("got 1");
            assertThat(chunked(container, FORM, "b&".repeat(10_000) + "a=1").status())
                    .isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTargetOfAForwardSeesWhomItsOwnRulesHaveIdentified(Container.Kind kind) throws Exception {
        var alice = new Principal(
                "alice", Principal.Kind.USER, "main", "shop", null, null, Set.of(), Set.of(), Map.of(), "jwt");
        var login = Rule.enforce("login", request -> Verdict.Pass.identifying(alice));
        var set = PolicySet.builder()
                .route(
                        "target",
                        request -> request.path().equals("/target"),
                        List.of(new Rule(
                                "login", login.check(), login.mode(), login.onFailure(), Set.of(Dispatch.FORWARD))))
                .otherwiseProceed();
        var filter = new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
        Map<String, HttpServlet> servlets = Map.of("/", new To("/target"), "/target", new Caller());
        try (var container = kind.start(filter, servlets)) {
            assertThat(chunked(container, "text/plain", "x").text()).isEqualTo("alice");
        }
    }

    /** Forwards. */
    private static final class To extends HttpServlet {

        private static final long serialVersionUID = 1;
        private final String target;

        To(String target) {
            this.target = target;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher(target).forward(request, response);
        }
    }

    /** Answers with the caller. */
    private static final class Caller extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteUser());
        }
    }
}
