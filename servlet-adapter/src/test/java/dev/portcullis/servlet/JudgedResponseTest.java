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
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that see the head and the body of a response, in real containers. */
class JudgedResponseTest {

    private static final Verdict.Deny DENY = Verdict.deny(Reply.problem(500, "withheld"), Evidence.of("why"));

    private final List<String> told = new CopyOnWriteArrayList<>();

    /** What a servlet does in a test. */
    private interface Application {
        void answer(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    private static HttpServlet servlet(Application application) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
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

    /** A rule that adds its mark to every head, shows the application's, takes one away, and denies where it is told to. */
    private static final Check MARKING = request -> Verdict.Pass.watching(new Watch() {
        @Override
        public boolean asksHead() {
            return true;
        }

        @Override
        public Verdict sending(Request seen, Head head) {
            head.set("X-Mark", head.status() + " " + head.headers("X-App") + " " + head.ofApplication());
            head.remove("X-Leak");
            return head.header("X-Deny") == null ? Verdict.pass() : DENY;
        }
    });

    /** A rule that holds back JSON and shouts it. */
    private static final Check SHOUTING = request -> Verdict.Pass.watching(new Watch() {
        @Override
        public boolean asksHead() {
            return true;
        }

        @Override
        public @Nullable Hold holding(Request seen, Head head) {
            var type = head.header("Content-Type");
            return type != null && type.startsWith("application/json") ? new Shout() : null;
        }
    });

    /** Puts a body in upper case, and denies one that says so. */
    private static final class Shout implements Watch.Hold {

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

    private RawResponse ask(Container.Kind kind, Check check, Application application) throws Exception {
        return ask(kind, "GET", check, Map.of("/", servlet(application)));
    }

    private RawResponse ask(Container.Kind kind, String method, Check check, Map<String, HttpServlet> servlets)
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
            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
            return response;
        }
    }

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
        Check modest = request -> Verdict.Pass.watching(new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

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
        Check check = request -> new Verdict.Pass(List.of(), null, new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

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

    private static void json(HttpServletResponse response) {
        response.setContentType("application/json;charset=UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    void replacesAHeldBody(Container.Kind kind) throws Exception {
        var written = ask(kind, SHOUTING, (request, response) -> {
            json(response);
            response.getWriter().print("\"gr\u00fc");
            response.getWriter().print("n\"");
            response.getWriter().flush();
        });
        var bytes = ask(kind, SHOUTING, (request, response) -> {
            json(response);
            response.setContentLength(3);
            response.getOutputStream().write("\"a\"".getBytes(StandardCharsets.UTF_8));
            response.getOutputStream().close();
        });

        assertThat(written.text()).isEqualTo("\"GR\u00dcN\"!");
        assertThat(bytes.text()).isEqualTo("\"A\"!");
        assertThat(bytes.value("Content-Length")).contains("4");
        assertThat(told).containsExactly("ANSWERED 200", "ANSWERED 200");
    }

    /** What a rule makes of the head when it judges the body goes out with it. */
    @ParameterizedTest
    @EnumSource
    void keepsWhatIsMadeOfTheHeadOfAHeldBody(Container.Kind kind) throws Exception {
        Check check = request -> Verdict.Pass.watching(new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

            @Override
            public Hold holding(Request seen, Head head) {
                return new Hold() {
                    @Override
                    public int bound() {
                        return 100;
                    }

                    @Override
                    public Verdict judge(Held body) {
                        body.head().remove("ETag");
                        body.head().set("X-Judged", "yes");
                        return Verdict.pass();
                    }
                };
            }
        });
        var response = ask(kind, check, (request, answer) -> {
            answer.setHeader("ETag", "\"1\"");
            answer.getWriter().print("text");
        });

        assertThat(response.values("ETag")).isEmpty();
        assertThat(response.values("X-Judged")).containsExactly("yes");
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
    void withholdsErrorsToo(Container.Kind kind) throws Exception {
        var response = ask(kind, MARKING, (request, answer) -> {
            answer.setHeader("X-Deny", "yes");
            throw new IllegalStateException(new StackOverflowError());
        });

        assertThat(response.text()).contains("withheld").doesNotContain("StackOverflow");
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheReplyInsteadOfAHeldBody(Container.Kind kind) throws Exception {
        var response = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.getWriter().print("please deny");
        });

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("withheld").doesNotContain("please");
        assertThat(told).containsExactly("DENIED_LATER 500");
    }

    @ParameterizedTest
    @EnumSource
    void sendsUnjudgedWhatIsTooLong(Container.Kind kind) throws Exception {
        var response = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.getOutputStream().write("x".repeat(60).getBytes(StandardCharsets.UTF_8));
            answer.getOutputStream().write("y".repeat(60).getBytes(StandardCharsets.UTF_8));
        });

        assertThat(response.text()).isEqualTo("x".repeat(60) + "y".repeat(60));
        assertThat(told).containsExactly("a response-not-judged too-long", "ANSWERED 200");
    }

    @ParameterizedTest
    @EnumSource
    void sendsUnjudgedWhatIsFlushedBeforeItsEndOrSentAsynchronously(Container.Kind kind) throws Exception {
        var flushed = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.getWriter().print("one ");
            answer.flushBuffer();
            answer.getWriter().print("two");
        });
        var async = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            var context = request.startAsync();
            context.start(() -> {
                try {
                    context.getResponse().getWriter().print("async");
                    context.complete();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        });

        assertThat(flushed.text()).isEqualTo("one two");
        assertThat(async.text()).isEqualTo("async");
        assertThat(told)
                .contains("a response-not-judged streamed")
                .filteredOn("a response-not-judged streamed"::equals)
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void holdsBackNothingOfAHeadRequest(Container.Kind kind) throws Exception {
        var response = ask(kind, "HEAD", SHOUTING, Map.of("/", servlet((request, answer) -> {
            json(answer);
            answer.getWriter().print("deny");
        })));

        assertThat(response.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatAnApplicationTakesBack(Container.Kind kind) throws Exception {
        var response = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.getWriter().print("first");
            answer.resetBuffer();
            answer.getWriter().print("second");
        });

        assertThat(response.text()).isEqualTo("SECOND!");
    }

    /** Tomcat does not listen to errors and redirects of what is included, and the page goes on. */
    @ParameterizedTest
    @EnumSource
    void holdsBackWhatFollowsAnErrorOrRedirectOfWhatIsIncluded(Container.Kind kind) throws Exception {
        var response = ask(
                kind,
                "GET",
                SHOUTING,
                Map.of(
                        "/",
                        servlet((request, answer) -> {
                            json(answer);
                            answer.getWriter().print("before ");
                            request.getRequestDispatcher("/part").include(request, answer);
                            answer.getWriter().print("after");
                        }),
                        "/part",
                        servlet((request, answer) -> {
                            answer.sendError(418);
                            answer.sendRedirect("/there");
                            answer.getWriter().print("part ");
                        })));

        assertThat(response.text()).isEqualTo("BEFORE PART AFTER!");
        assertThat(response.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingOfWhatWasHeldBackBeforeAnError(Container.Kind kind) throws Exception {
        var response = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.getWriter().print("secret");
            answer.sendError(418);
            answer.getWriter().print("secret");
        });

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.text()).doesNotContainIgnoringCase("secret");
    }

    @ParameterizedTest
    @EnumSource
    void judgesWhatAnotherTargetAnswersAsynchronously(Container.Kind kind) throws Exception {
        var response = ask(
                kind,
                "GET",
                SHOUTING,
                Map.of(
                        "/",
                        servlet((request, answer) -> request.startAsync().dispatch("/other")),
                        "/other",
                        servlet((request, answer) -> {
                            json(answer);
                            answer.getWriter().print("other");
                        })));

        assertThat(response.text()).isEqualTo("OTHER!");
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
        Check check = request -> Verdict.Pass.watching(new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

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
