package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.http.BodyTime;
import dev.portcullis.http.Forwarding;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that the application reads, by a clock that goes on at every look. */
class BodyTimeTest {

    /** Answers with a parameter, or with the body read byte by byte. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getContentType() != null) {
                response.getWriter().print(request.getParameter("a"));
                return;
            }
            var in = request.getInputStream();
            var text = new StringBuilder();
            for (var next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
            response.getWriter().print(text);
        }
    }

    private static RawResponse ask(Container.Kind kind, Duration step, String request) throws Exception {
        var now = new AtomicLong();
        var check = BodyTime.of(Duration.ofSeconds(10), () -> now.getAndAdd(step.toNanos()));
        var set = PolicySet.builder().first(Rule.enforce("time", check)).otherwiseProceed();
        var filter = new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
        try (var container = kind.start(filter, Map.of("/", new Echo()))) {
            return RawHttp.to("127.0.0.1", container.port())
                    .send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endTooLateInStreamsAndInForms(Container.Kind kind) throws Exception {
        var stream = "Content-Length: 20\r\n\r\n01234567890123456789";
        var chunked = "Transfer-Encoding: chunked\r\n\r\n14\r\n01234567890123456789\r\n0\r\n\r\n";
        var form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%41";

        assertThat(ask(kind, Duration.ofMillis(100), stream).text()).isEqualTo("01234567890123456789");
        assertThat(ask(kind, Duration.ofSeconds(1), stream).status()).isEqualTo(408);
        assertThat(ask(kind, Duration.ofSeconds(1), chunked).status()).isEqualTo(408);
        assertThat(ask(kind, Duration.ofSeconds(1), form).text()).isEqualTo("A");
        var late = ask(kind, Duration.ofSeconds(11), form);
        assertThat(late.status()).isEqualTo(408);
        assertThat(late.text()).contains("body-too-slow");
    }
}
