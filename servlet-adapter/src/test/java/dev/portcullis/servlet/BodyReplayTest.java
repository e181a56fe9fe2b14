package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application reads of a body that rules have read before. */
class BodyReplayTest {

    private static final int BOUND = 1 << 16;
    private static final Check READING =
            request -> request.body().content(BOUND) instanceof dev.portcullis.Body.Content.Denied denied
                    ? denied.deny()
                    : Verdict.pass();

    private static PortcullisFilter filter(Rule rule) {
        var set = PolicySet.builder().first(rule).otherwiseProceed();
        return new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
    }

    /** Answers with the body's bytes, read in one of several ways. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (String.valueOf(request.getHeader("X-Read"))) {
                case "bytes" -> byByte(request, response);
                case "async" -> request.getInputStream().setReadListener(new Copy(request, response));
                case "reader" -> request.getReader().transferTo(response.getWriter());
                default ->
                    response.getOutputStream().write(request.getInputStream().readAllBytes());
            }
        }

        private static void byByte(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var in = request.getInputStream();
            for (var next = in.read(); next >= 0; next = in.read()) {
                response.getOutputStream().write(next);
            }
        }
    }

    /** Reads without blocking, as reactive applications do. */
    private static final class Copy implements ReadListener {

        private final jakarta.servlet.AsyncContext context;
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Copy(HttpServletRequest request, HttpServletResponse response) {
            this.context = request.startAsync();
            this.request = request;
            this.response = response;
        }

        @Override
        public void onDataAvailable() throws IOException {
            var in = request.getInputStream();
            var buffer = new byte[1000];
            while (in.isReady() && !in.isFinished()) {
                var count = in.read(buffer);
                if (count < 0) {
                    return;
                }
                read.write(buffer, 0, count);
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            response.getOutputStream().write(read.toByteArray());
            context.complete();
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheApplicationEveryByteHoweverItReads(Container.Kind kind) throws Exception {
        var random = Seeds.random(BodyReplayTest.class);
        try (var container = kind.start(filter(Rule.enforce("body", READING)), Map.of("/", new Echo()))) {
            for (var way : List.of("stream", "bytes", "async")) {
                for (var size : new int[] {0, 1, 100, 8191, 8192, 8193, BOUND}) {
                    var body = new byte[size];
                    random.nextBytes(body);
                    assertSame(body, echo(container, way, body, false), way + " of " + kind);
                    assertSame(body, echo(container, way, body, true), way + " of " + kind);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheApplicationTheRestThatAnObservedRuleGaveUpOn(Container.Kind kind) throws Exception {
        var body = new byte[BOUND * 3];
        Seeds.random(BodyReplayTest.class).nextBytes(body);
        try (var container = kind.start(filter(Rule.observe("body", READING)), Map.of("/", new Echo()))) {
            for (var way : List.of("stream", "bytes", "async")) {
                assertSame(body, echo(container, way, body, true), way + " of " + kind);
            }
        }
    }

    /** Says where arrays differ, and not what is in them. */
    private static void assertSame(byte[] expected, byte[] actual, String what) {
        assertThat(Arrays.mismatch(expected, actual))
                .as("%s: first difference of %d and %d bytes", what, expected.length, actual.length)
                .isEqualTo(-1);
    }

    private static byte[] echo(Container container, String way, byte[] body, boolean chunked) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Read: " + way + "\r\n"
                        + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        if (chunked && body.length > 0) {
            out.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.writeBytes(body);
        if (chunked) {
            out.writeBytes((body.length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return RawHttp.to("127.0.0.1", container.port()).send(out.toByteArray()).body();
    }

    /** Answers with all parameters, in the order of names. */
    private static final class ParameterEcho extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var all = new TreeMap<String, List<String>>();
            request.getParameterMap().forEach((name, values) -> all.put(name, Arrays.asList(values)));
            var names = new ArrayList<String>();
            request.getParameterNames().asIterator().forEachRemaining(names::add);
            names.sort(null);
            var firsts = names.stream().map(request::getParameter).toList();
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(all + " " + names + " " + firsts);
        }
    }

    private record Form(String query, String type, String body) {}

    private static Stream<Form> forms() {
        var form = "application/x-www-form-urlencoded";
        return Stream.of(
                new Form("", form, "a=1&b=2"),
                new Form("?a=0", form, "a=1&a=2&b=3"),
                new Form("?q=%C3%A4", form, "q=%C3%A4&r=%C3%B6"),
                new Form("", form + "; charset=UTF-8", "q=%C3%A4+%2B"),
                new Form("", form + ";charset=iso-8859-1", "q=%E4"),
                new Form("", "Application/X-WWW-Form-Urlencoded", "a=1"),
                new Form("", form, "a&b=&&d=e=f"),
                new Form("", form, "=c&a=1"),
                new Form("", form, "a=1&"),
                new Form("", form, "&a=1"),
                new Form("", form, ""),
                new Form("?a=1", "text/plain", "a=2"),
                new Form("?a=1", "application/json", "{\"a\":2}"));
    }

    @ParameterizedTest
    @EnumSource
    void readsParametersAsTheContainerDoes(Container.Kind kind) throws Exception {
        try (var bare = kind.start(null, Map.of("/", new ParameterEcho()));
                var gated = kind.start(filter(Rule.enforce("body", READING)), Map.of("/", new ParameterEcho()))) {
            for (var form : forms().toList()) {
                assertThat(parameters(gated, form)).as("%s", form).isEqualTo(parameters(bare, form));
            }
        }
    }

    /** More than Tomcat takes by itself: the rule has a bound of its own, and the application gets what was judged. Jetty looks at the length first. */
    @Test
    void readsParametersOfAllThatARuleHasRead() throws Exception {
        Check reading = request -> {
            var unused = request.body().content(4 << 20);
            return Verdict.pass();
        };
        var form = new Form("", "application/x-www-form-urlencoded", "a=" + "x".repeat(3 << 20));
        try (var gated =
                Container.Kind.TOMCAT.start(filter(Rule.enforce("body", reading)), Map.of("/", new ParameterEcho()))) {
            assertThat(parameters(gated, form)).startsWith("200 {a=[xxx").hasSizeGreaterThan(6 << 20);
        }
    }

    private static @Nullable String parameters(Container container, Form form) throws IOException {
        var response = RawHttp.to("127.0.0.1", container.port())
                .send("POST /" + form.query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                        + form.type + "\r\nContent-Length: " + form.body.length() + "\r\n\r\n" + form.body);
        return response.status() + " " + response.text();
    }

    /** Answers with the number of bytes of the part. */
    private static final class PartEcho extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().print(request.getPart("file").getSize());
            } catch (jakarta.servlet.ServletException e) {
                throw new IOException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAnUploadThatNoRuleReadsToTheContainer(Container.Kind kind) throws Exception {
        var part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + "y".repeat(5000)
                + "\r\n--x--\r\n";
        var head = Rule.enforce("head", request -> Verdict.pass());
        try (var container = kind.start(filter(head), Map.of("/", new PartEcho()))) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send(
                            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                                    + "Content-Length: " + part.length() + "\r\n\r\n" + part);

            assertThat(response.text()).isEqualTo("5000");
        }
    }
}
