package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that see the bodies of responses, in real containers. */
class HeldBodyTest extends Answering {

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

    /** Containers flush when they are asked whether all went well. */
    @ParameterizedTest
    @EnumSource
    void keepsOnHoldingWhatAnApplicationChecks(Container.Kind kind) throws Exception {
        var response = ask(kind, SHOUTING, (request, answer) -> {
            json(answer);
            answer.setHeader("X-Kept", "yes");
            answer.getWriter().print("\"a");
            answer.setHeader("X-Failed", String.valueOf(answer.getWriter().checkError()));
            answer.getWriter().print("b\"");
        });

        assertThat(response.text()).isEqualTo("\"AB\"!");
        assertThat(response.values("X-Kept")).containsExactly("yes");
        assertThat(response.values("X-Failed")).containsExactly("false");
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
}
