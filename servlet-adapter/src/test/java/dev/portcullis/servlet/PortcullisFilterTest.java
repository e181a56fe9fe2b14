package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.Forwarding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter in real containers: what reaches the application, what reaches the client, and what the engine is told. */
class PortcullisFilterTest extends Filtering {

    private static final Principal ALICE = new Principal(
            "alice", Principal.Kind.USER, "main", "shop", null, null, Set.of(), Set.of("admin"), Map.of(), "jwt");

    private static RawResponse post(Container container, String headers, String body) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body);
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
        Check reading = request -> request.body().content(100) instanceof dev.portcullis.Body.Content.Denied denied
                ? denied.deny()
                : Verdict.pass();
        try (var container =
                kind.start(filter(Rule.enforce("body", reading)), Map.of("/", servlet((request, response) -> {})))) {
            var response = post(container, "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(400);
            assertThat(served).hasValue(0);
        }
    }
}
