package dev.portcullis.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Body.Content;
import dev.portcullis.Body.Parts;
import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.FormParts;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.BodyLimit;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What rules and the application see of a multipart form, whoever asks first. */
class PartsTest {

    private static final Check PARTS =
            request -> request.body().parts(1 << 20) instanceof Parts.Denied denied ? denied.deny() : Verdict.pass();
    private static final Check BYTES = request ->
            request.body().content(1 << 20) instanceof Content.Denied denied ? denied.deny() : Verdict.pass();
    private static final Check NOTHING = request -> Verdict.pass();

    private static PortcullisFilter filter(Check... checks) {
        var rules = new Rule[checks.length];
        for (var i = 0; i < checks.length; i++) {
            rules[i] = Rule.enforce("rule-" + i, checks[i]);
        }
        var set = PolicySet.builder().first(rules).otherwiseProceed();
        return new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
    }

    /** Answers with all parameters and all parts. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setCharacterEncoding("UTF-8");
            if ("utf-8".equals(request.getHeader("X-Encoding"))) {
                request.setCharacterEncoding("UTF-8");
            }
            if ("stream".equals(request.getHeader("X-Read"))) {
                request.getInputStream().transferTo(response.getOutputStream());
                return;
            }
            var all = new TreeMap<String, String>();
            var first = "first".equals(request.getHeader("X-Read"));
            var before = first ? parts(request) : "";
            request.getParameterMap().forEach((name, values) -> all.put(name, Arrays.toString(values)));
            response.getWriter().print(all + (first ? before : parts(request)));
        }

        private static String parts(HttpServletRequest request) throws IOException, ServletException {
            return request.getParts().stream()
                    .map(part -> part.getName() + "=" + part.getSubmittedFileName() + "/" + part.getSize() + "/"
                            + part.getContentType() + "/" + part.getHeader("content-TYPE"))
                    .collect(Collectors.joining(" "));
        }
    }

    private static final String FORM = "--x\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\nof the body\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nüñ\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\n"
            + "content of the file\r\n--x--\r\n";

    private static RawResponse send(Container container, String headers, String body) throws IOException {
        return sendTo("/", container, headers, body);
    }

    private static RawResponse sendTo(String path, Container container, String headers, String body)
            throws IOException {
        var text = new String(body.getBytes(UTF_8), ISO_8859_1);
        var head = "POST " + path + "?q=1&q=2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + "Content-Type: multipart/" + (headers.contains("mixed") ? "mixed" : "form-data") + "; boundary=x\r\n";
        return RawHttp.to("127.0.0.1", container.port())
                .send(
                        headers.contains("chunked")
                                ? head + "\r\n" + Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n"
                                : head + "Content-Length: " + text.length() + "\r\n\r\n" + text);
    }

    private static final String[] WAYS = {
        "",
        "X-Encoding: utf-8\r\n",
        "X-Read: first\r\n",
        "X-Read: first\r\nX-Encoding: utf-8\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nX-Encoding: utf-8\r\n"
    };

    @ParameterizedTest
    @EnumSource
    void theApplicationSeesTheSameFormWhateverRulesHaveAskedFor(Container.Kind kind) throws Exception {
        var app = Map.<String, HttpServlet>of("/", new Echo());
        try (var bare = kind.start(null, app);
                var unread = kind.start(filter(NOTHING), app);
                var apart = kind.start(filter(PARTS, PARTS), app);
                var limited = kind.start(filter(BodyLimit.of(5000), PARTS), app);
                var read = kind.start(filter(BYTES), app);
                var both = kind.start(filter(BYTES, PARTS), app)) {
            for (var way : WAYS) {
                var plain = send(bare, way, FORM).text();
                assertThat(plain).contains("a=", "of the body", "f=f.txt/19/text/plain/text/plain");
                assertThat(send(unread, way, FORM).text()).as(way).isEqualTo(plain);
                assertThat(send(apart, way, FORM).text()).as(way).isEqualTo(plain);
                assertThat(send(limited, way, FORM).text()).as(way).isEqualTo(plain);
                assertThat(send(read, way, FORM).text()).as(way).isEqualTo(plain);
                assertThat(send(both, way, FORM).text()).as(way).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheContainerCannotTakeApartIsDenied(Container.Kind kind) throws Exception {
        try (var container = kind.start(filter(PARTS), Map.of("/", new Echo()))) {
            assertThat(send(container, "", FORM.substring(0, 40)).status()).isEqualTo(400);
            assertThat(send(container, "", FORM.replace("name=\"f\"", "name=\"f\"; name=\"g\""))
                            .status())
                    .isEqualTo(400);
            assertThat(send(container, "", FORM + "y".repeat(2 << 20)).status()).isEqualTo(413);
            assertThat(send(container, "Transfer-Encoding: chunked\r\n", FORM.replace("content", "y".repeat(2 << 20)))
                            .status())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServletThatTakesNoMultipartBodiesIsTheOperatorsMistake(Container.Kind kind) throws Exception {
        try (var container = kind.start(filter(PARTS), Map.of("/no-parts", new Echo()))) {
            var response = sendTo("/no-parts", container, "", FORM);

            assertThat(response.status()).as(kind + response.text()).isEqualTo(503);
        }
    }

    private static final String ATTACK = FORM.replace("of the body", "1' or '1'='1");

    @ParameterizedTest
    @EnumSource
    void attacksInPartsAreFoundWhereTheContainerWasToldToTakeThem(Container.Kind kind) throws Exception {
        var filter = filter(Attacks.builder().build());
        var app = Map.<String, HttpServlet>of(
                "/", new Echo(), Container.NO_PARTS, new Echo(), Container.UNBOUNDED, new Echo());
        try (var container = kind.start(filter, app)) {
            assertThat(sendTo(Container.UNBOUNDED, container, "", ATTACK).status())
                    .isEqualTo(403);
            assertThat(sendTo(Container.UNBOUNDED, container, "Transfer-Encoding: chunked\r\n", FORM)
                            .status())
                    .as("nobody bounds it")
                    .isEqualTo(503);
            assertThat(send(container, "X-Kind: mixed\r\n", ATTACK).status()).isEqualTo(415);
            assertThat(send(container, "", ATTACK).status()).isEqualTo(403);
            assertThat(send(container, "Transfer-Encoding: chunked\r\n", ATTACK).status())
                    .isEqualTo(403);
            assertThat(send(container, "", FORM.replace("f.txt", "../../etc/passwd"))
                            .status())
                    .isEqualTo(403);
            assertThat(send(container, "", FORM).status()).isEqualTo(200);
            var unread = sendTo("/no-parts", container, "X-Read: stream\r\n", ATTACK);
            assertThat(unread.status()).as(kind + unread.text()).isEqualTo(200);
            assertThat(unread.text()).isEqualTo(ATTACK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationThatTakesPartsItselfFindsTheBytesWhereAttacksLeaveThemAlone(Container.Kind kind)
            throws Exception {
        var filter = filter(Attacks.builder().multipart(FormParts.UNREAD).build());
        try (var container = kind.start(filter, Map.of("/", new Echo()))) {
            assertThat(send(container, "X-Read: stream\r\n", ATTACK).text()).isEqualTo(ATTACK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBytesAreGoneWhenTheContainerHasTakenThemApart(Container.Kind kind) throws Exception {
        try (var container = kind.start(filter(PARTS), Map.of("/", new Echo()))) {
            assertThat(send(container, "X-Read: stream\r\n", FORM).status()).isEqualTo(500);
        }
    }

    /** Remembers what it was told at the start. */
    private static final class Start implements jakarta.servlet.Filter {

        private boolean takenByNobody;

        @Override
        public void init(jakarta.servlet.FilterConfig config) {
            takenByNobody = MultipartLimits.takenByNobody(config.getServletContext());
        }

        @Override
        public void doFilter(
                jakarta.servlet.ServletRequest request,
                jakarta.servlet.ServletResponse response,
                jakarta.servlet.FilterChain chain) {}
    }

    @ParameterizedTest
    @EnumSource
    void theStartTellsWhetherAnybodyTakesParts(Container.Kind kind) throws Exception {
        var none = new Start();
        var some = new Start();
        try (var without = kind.start(none, Map.of("/no-parts", new Echo()));
                var with = kind.start(some, Map.of("/no-parts", new Echo(), "/", new Echo()))) {
            assertThat(none.takenByNobody).as(without.toString()).isTrue();
            assertThat(some.takenByNobody).as(with.toString()).isFalse();
        }
    }
}
