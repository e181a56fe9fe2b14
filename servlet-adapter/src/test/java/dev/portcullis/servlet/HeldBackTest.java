package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that masks and leaks want to see whole, given in unusual ways, on real containers. */
class HeldBackTest {

    private static final String POLICIES = """
            policies:
              masked: { paths: [/masked/**], public: true, response-body: { masks: { card: { pointers: [/card, /größe] } } } }
              leaking: { paths: [/leaking/**], public: true, response-body: { leaks: { stop: [private-key, stack-trace], unjudged: deny } } }
              agreed: { paths: [/agreed/**], public: true, response-body: { schema: { mode: enforce, document: '{"properties": {"name": {"maxLength": 3}}}' } } }
            """;
    private static final String TRACE =
            "java.lang.IllegalStateException: x\n\tat com.example.A.b(A.java:12)\n\tat com.example.C.d(C.java:9)\n";

    private static RawResponse ask(Container.Kind kind, String path, Application application) throws Exception {
        try (var gate = Gate.builder(PolicyFile.parse("test", POLICIES, name -> null))
                        .build();
                var container = kind.start(
                        new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", Application.servlet(application)))) {
            return RawHttp.to("127.0.0.1", container.port())
                    .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
    }

    private static ServletRequest ofTheContainer(ServletRequest request) {
        var inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private static String latin(RawResponse response) {
        return new String(response.body(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource
    void aFlushBeforeAnyContentWaitsForIt(Container.Kind kind) throws Exception {
        var masked = ask(kind, "/masked/a", (request, response) -> {
            response.setContentType("application/json");
            response.flushBuffer();
            response.getOutputStream().flush();
            response.getOutputStream().print("{\"card\": \"4111111111111111\"}");
            response.flushBuffer();
        });
        assertThat(masked.status()).isEqualTo(200);
        assertThat(masked.text()).isEqualTo("{\"card\": \"****\"}");

        var streamed = ask(kind, "/masked/a", (request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().print("{\"card\": ");
            response.flushBuffer();
            response.getOutputStream().print("\"4111111111111111\"}");
        });
        assertThat(streamed.status()).isEqualTo(502);

        var empty = ask(kind, "/masked/a", (request, response) -> {
            response.setStatus(204);
            response.flushBuffer();
        });
        assertThat(empty.status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsMaskedInTheCharsetThatItIsWrittenIn(Container.Kind kind) throws Exception {
        for (var charset : new String[] {"ISO-8859-1", "US-ASCII", "UTF-8", "UTF-16BE", "UTF-16LE", "UTF-16"}) {
            var text = charset.equals("US-ASCII") ? "a" : "ä";
            var json = "{\"name\": \"" + text + "\", \"card\": \"4111111111111111\"}";
            var expected = "{\"name\": \"" + text + "\", \"card\": \"****\"}";
            var written = ask(kind, "/masked/a", (request, response) -> {
                response.setContentType("application/json");
                response.setCharacterEncoding(charset);
                response.getWriter().print(json);
            });
            assertThat(new String(written.body(), charset)).as(charset).isEqualTo(expected);
            var bytes = ask(kind, "/masked/a", (request, response) -> {
                response.setContentType("application/json; charset=" + charset);
                response.getOutputStream().write(json.getBytes(charset));
            });
            assertThat(new String(bytes.body(), charset)).as(charset).isEqualTo(expected);
            assertThat(bytes.value("Content-Length").orElse("" + bytes.body().length))
                    .isEqualTo("" + bytes.body().length);
        }
        var usual = ask(kind, "/masked/a", (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().print("{\"name\": \"ä\", \"card\": 1, \"größe\": \"12345678ä\"}");
        });
        var charset = usual.value("Content-Type").orElse("").contains("8859-1")
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8;
        assertThat(new String(usual.body(), charset))
                .isEqualTo("{\"name\": \"ä\", \"card\": null, \"größe\": \"****\"}");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotWrittenInItsCharsetDoesNotGoOut(Container.Kind kind) throws Exception {
        for (var charset : new String[] {"ISO-8859-1", "US-ASCII", "windows-1252", "UTF-16BE", "nonsense"}) {
            var answer = ask(kind, "/masked/a", (request, response) -> {
                response.setHeader("Content-Type", "application/json; charset=" + charset);
                response.getOutputStream().write("{\"größe\": \"4111111111111111\"}".getBytes(StandardCharsets.UTF_8));
            });
            assertThat(latin(answer)).as(charset).doesNotContain("4111");
            // a container may leave out a charset that it does not know
            assertThat(answer.status()).as(charset).isIn(charset.equals("nonsense") ? List.of(200, 502) : List.of(502));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatIsSetAfterTheFirstByteHidesNothing(Container.Kind kind) throws Exception {
        var leak = ask(kind, "/leaking/a", (request, response) -> {
            response.setContentType("image/png");
            response.getOutputStream().print(TRACE);
            response.setContentType("text/plain");
        });
        assertThat(leak.status()).isEqualTo(502);
        assertThat(leak.text()).doesNotContain("com.example");

        var unagreed = ask(kind, "/agreed/a", (request, response) -> {
            response.setStatus(500);
            response.setContentType("application/json");
            response.getOutputStream().print("{\"name\": \"long\"}");
            response.setStatus(200);
        });
        assertThat(unagreed.text())
                .as("what nobody can judge any more is told, not denied")
                .contains("long");

        var picture = ask(kind, "/leaking/a", (request, response) -> {
            response.setContentType("image/png");
            response.getOutputStream().print("x");
            response.setContentType("image/gif");
            response.setHeader("X-More", "1");
        });
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.text()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatGoesOnPastTheGateIsDeniedOrSentButNotLost(Container.Kind kind) throws Exception {
        Application past = (request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().print("{\"card\": \"4111111111111111\"}");
            var context = ofTheContainer(request).startAsync();
            context.start(context::complete);
        };
        var masked = ask(kind, "/masked/a", past);
        assertThat(masked.status()).isEqualTo(502);
        assertThat(masked.text()).doesNotContain("4111");

        var sent = ask(kind, "/agreed/a", past);
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.text()).isEqualTo("{\"card\": \"4111111111111111\"}");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsAsynchronousByTheGateIsJudgedWhole(Container.Kind kind) throws Exception {
        var masked = ask(kind, "/masked/a", (request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().print("{\"card\": \"4111111111111111\"}");
            var context = request.startAsync();
            context.start(context::complete);
        });
        assertThat(masked.text()).isEqualTo("{\"card\": \"****\"}");
    }
}
