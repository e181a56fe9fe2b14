package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that see the heads of responses, in real containers. */
class JudgedResponseTest extends Answering {

    /** Every way in which an application can have its answer sent. */
    static Stream<Arguments> waysToSend() {
        var ways = Map.<String, Application>ofEntries(
                Map.entry("nothing at all", (request, response) -> {}),
                Map.entry(
                        "a byte",
                        (request, response) -> response.getOutputStream().write(1)),
                Map.entry(
                        "bytes beyond the buffer",
                        (request, response) -> response.getOutputStream().write(new byte[100_000])),
                Map.entry("text", (request, response) -> response.getWriter().print("text")),
                Map.entry(
                        "a line's end",
                        (request, response) -> response.getWriter().println()),
                Map.entry(
                        "text beyond the buffer",
                        (request, response) -> response.getWriter().print("x".repeat(100_000))),
                Map.entry("all of a declared length", (request, response) -> {
                    response.setContentLength(3);
                    response.getOutputStream().write(new byte[3]);
                }),
                Map.entry("a flushed buffer", (request, response) -> response.flushBuffer()),
                Map.entry(
                        "a flushed stream",
                        (request, response) -> response.getOutputStream().flush()),
                Map.entry(
                        "a flushed writer",
                        (request, response) -> response.getWriter().flush()),
                Map.entry(
                        "a checked writer",
                        (request, response) -> response.getWriter().checkError()),
                Map.entry(
                        "a checked writer behind text",
                        (request, response) ->
                                response.getWriter().append("text").checkError()),
                Map.entry(
                        "a closed stream",
                        (request, response) -> response.getOutputStream().close()),
                Map.entry(
                        "a closed writer",
                        (request, response) -> response.getWriter().close()),
                Map.entry("an asynchronous answer", (request, response) -> {
                    var context = request.startAsync();
                    context.start(() -> {
                        try {
                            context.getResponse().getOutputStream().write(1);
                            context.complete();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                }),
                Map.entry("an empty asynchronous answer", (request, response) -> {
                    var context = request.startAsync();
                    context.start(() -> request.getAsyncContext().complete());
                }));
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> ways.entrySet().stream()
                        .map(way -> Arguments.of(kind, way.getKey(), (Application) (request, response) -> {
                            response.addHeader("X-App", "1");
                            response.addHeader("X-App", "2");
                            response.setHeader("X-Leak", "leak");
                            way.getValue().answer(request, response);
                        })));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("waysToSend")
    void showsTheHeadBeforeItIsSent(Container.Kind kind, String way, Application application) throws Exception {
        var response = ask(kind, MARKING, application);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.values("X-Mark")).containsExactly("200 [1, 2] true");
        assertThat(response.values("X-App")).containsExactly("1", "2");
        assertThat(response.values("X-Leak")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("waysToSend")
    void sendsTheReplyInsteadOfWhatARuleDenies(Container.Kind kind, String way, Application application)
            throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.setHeader("X-Deny", "yes");
            application.answer(request, answer);
        });

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("\"code\":\"withheld\"").doesNotContain("xxx");
        assertThat(response.values("X-Mark")).containsExactly("500 [] false");
        assertThat(response.values("X-App")).isEmpty();
        assertThat(told).containsExactly("DENIED_LATER 500");
    }

    @ParameterizedTest
    @EnumSource
    void showsRedirectsAndErrors(Container.Kind kind) throws Exception {
        var redirect = ask(kind, MARKING, (request, response) -> response.sendRedirect("/there"));
        var error = ask(kind, MARKING, (request, response) -> response.sendError(418));

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.value("X-Mark")).contains("302 [] true");
        assertThat(error.status()).isEqualTo(418);
        assertThat(error.value("X-Mark")).contains("418 [] true");
    }

    @ParameterizedTest
    @EnumSource
    void showsAnErrorPage(Container.Kind kind) throws Exception {
        var response = ask(
                kind,
                "GET",
                MARKING,
                Map.of(
                        "/", servlet((request, answer) -> answer.sendError(418)),
                        "/error",
                                servlet((request, answer) -> {
                                    answer.addHeader("X-App", "page");
                                    answer.getWriter().print("page");
                                })));

        assertThat(response.text()).isEqualTo("page");
        assertThat(response.values("X-Mark")).containsExactly("418 [page] true");
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatAnApplicationLeavesWhenItBreaks(Container.Kind kind) throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.setHeader("X-Deny", "yes");
            answer.getWriter().print("half");
            throw new IllegalStateException("secret");
        });

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("\"code\":\"withheld\"").doesNotContain("secret", "half");
    }

    @ParameterizedTest
    @EnumSource
    void showsAgainWhatTheApplicationChangesAfterItBegan(Container.Kind kind) throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.getWriter().print("text");
            answer.addHeader("X-App", "late");
            answer.addHeader("X-Leak", "late");
        });

        assertThat(response.values("X-Mark")).containsExactly("200 [late] true");
        assertThat(response.values("X-Leak")).isEmpty();
        assertThat(response.text()).isEqualTo("text");
    }

    /** Frameworks set their own headers late, where none is set yet. */
    @ParameterizedTest
    @EnumSource
    void hidesFromTheApplicationWhatRulesHaveSet(Container.Kind kind) throws Exception {
        Check modest = request -> Verdict.Pass.watching(new Heads() {
            @Override
            public Verdict sending(Request seen, Head head) {
                if (!head.has("X-App")) {
                    head.set("X-App", "rule");
                }
                head.add("X-Both", "rule");
                return Verdict.pass();
            }
        });
        var response = ask(kind, modest, (request, answer) -> {
            answer.getWriter().print("text");
            answer.addHeader("X-Both", "application");
            answer.setHeader("X-Seen", answer.containsHeader("X-App") + " " + answer.getHeaders("X-Both"));
            if (!answer.containsHeader("X-App")) {
                answer.setHeader("X-App", "application");
            }
        });

        assertThat(response.values("X-App")).containsExactly("application");
        assertThat(response.values("X-Both")).containsExactly("application", "rule");
        assertThat(response.value("X-Seen")).contains("false [application]");
    }

    @ParameterizedTest
    @EnumSource
    void showsTheGatesOwnReplies(Container.Kind kind) throws Exception {
        var set = PolicySet.builder().first(Rule.enforce("a", MARKING)).otherwiseDeny();
        var filter = new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
        try (var container = kind.start(filter, Map.of("/", servlet((request, answer) -> {})))) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.values("X-Mark")).containsExactly("403 [] false");
        }
    }

    /** Jetty says who it is by itself, and keeps the name of the field. */
    @ParameterizedTest
    @EnumSource
    void takesAwayWhatTheContainerSaysOfItself(Container.Kind kind) throws Exception {
        Check check = request -> new Verdict.Pass(List.of(), null, new Heads() {
            @Override
            public Verdict sending(Request seen, Head head) {
                head.remove("Server");
                return head.header("X-Deny") == null ? Verdict.pass() : DENY;
            }
        });
        var sent = ask(kind, check, (request, answer) -> answer.getWriter().print("text"));
        var denied = ask(kind, check, (request, answer) -> answer.setHeader("X-Deny", "yes"));

        assertThat(sent.values("Server")).allSatisfy(value -> assertThat(value).isEmpty());
        assertThat(denied.values("Server"))
                .allSatisfy(value -> assertThat(value).isEmpty());
        assertThat(denied.values("Date")).hasSize(1);
        assertThat(denied.status()).isEqualTo(500);
    }

    /** Else the operator would hear that nobody has seen the head. */
    @ParameterizedTest
    @EnumSource
    void tellsNothingOfChangesAfterTheResponseIsSent(Container.Kind kind) throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.getWriter().print("text");
            answer.flushBuffer();
            answer.setStatus(201);
            answer.setHeader("X-Late", "late");
            answer.getWriter().print("more");
        });

        assertThat(response.text()).isEqualTo("textmore");
        assertThat(told).containsExactly("ANSWERED 200");
    }

    @ParameterizedTest
    @EnumSource
    void showsRedirectsAsNewerContainersSendThem(Container.Kind kind) throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.getWriter().print("text");
            ((GuardedResponse) answer).sendRedirect("/there\r\nX-Planted:6", 307, true);
        });

        assertThat(response.status()).isEqualTo(307);
        assertThat(response.value("Location")).contains("/thereX-Planted:6");
        assertThat(response.value("X-Mark")).contains("307 [] true");
        assertThat(response.text()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepsLineBreaksOutOfHeaders(Container.Kind kind) throws Exception {
        var response = ask(kind, request -> Verdict.pass(), (request, answer) -> {
            answer.setHeader("X-Set", "a\r\nX-Planted: 1");
            answer.addHeader("X-Add", "b\nX-Planted: 2");
            answer.addHeader("X-Odd", "c\u560d\u560aX-Planted: 3");
            answer.addHeader("X-Zero", "d\0e");
            answer.addHeader("X-Name\r\nX-Planted", "4");
            var cookie = new Cookie("c", "v");
            cookie.setAttribute("Path", "/\r\nX-Planted: 5");
            answer.addCookie(cookie);
        });
        var redirect =
                ask(kind, request -> Verdict.pass(), (request, answer) -> answer.sendRedirect("/there\r\nX-Planted:6"));

        assertThat(response.values("X-Planted")).isEmpty();
        assertThat(response.value("X-Set")).contains("aX-Planted: 1");
        assertThat(response.value("X-Zero")).contains("de");
        assertThat(response.value("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).startsWith("c=v"));
        assertThat(redirect.values("X-Planted")).isEmpty();
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(told)
                .contains(
                        "response header-injection-stopped X-Set",
                        "response header-injection-stopped X-Add",
                        "response header-injection-stopped X-Odd",
                        "response header-injection-stopped X-Zero",
                        "response header-injection-stopped a name",
                        "response header-injection-stopped Set-Cookie",
                        "response header-injection-stopped Location");
    }

    @ParameterizedTest
    @EnumSource
    void showsTheApplicationOneNonce(Container.Kind kind) throws Exception {
        Check check = request -> Verdict.Pass.watching(new Heads() {
            @Override
            public Verdict sending(Request seen, Head head) {
                head.set("X-Nonce", head.nonce());
                return Verdict.pass();
            }
        });
        var response = ask(
                kind,
                check,
                (request, answer) -> answer.getWriter().print(request.getAttribute(PortcullisFilter.NONCE)));

        assertThat(response.text())
                .hasSize(24)
                .isEqualTo(response.value("X-Nonce").orElseThrow());
    }
}
