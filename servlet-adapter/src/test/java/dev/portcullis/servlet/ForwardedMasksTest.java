package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is masked at a path is masked wherever else in the application it comes from, in real containers. */
class ForwardedMasksTest {

    private static final String POLICIES = """
            portcullis:
              policies:
                card:
                  paths: [/card]
                  public: true
                  response-body: { masks: { card: { pointers: [/card] } } }
                open: { paths: [/**], public: true }
            """;
    private static final String PLAIN = "4111111111111111";

    /** Answers with a card, as JSON or as it is told to. */
    private static final class Card extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var type = request.getParameter("type");
            response.setContentType(type == null ? "application/json;charset=UTF-8" : type);
            response.getWriter().print("{\"card\":\"" + PLAIN + "\",\"a\":1}");
            if (request.getParameter("flush") != null) {
                response.flushBuffer();
                response.getWriter().print(PLAIN);
            }
        }
    }

    /** Asks another servlet for the answer, in the way that the parameter {@code by} says. */
    private static final class Elsewhere extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            switch (request.getParameter("by")) {
                case "forward" -> request.getRequestDispatcher("/card").forward(request, response);
                case "async" -> request.startAsync().dispatch("/card");
                default -> {
                    response.setContentType("application/json;charset=UTF-8");
                    request.getRequestDispatcher("/card").include(request, response);
                }
            }
        }
    }

    private static RawResponse get(Container.Kind kind, String target) throws Exception {
        try (var gate = Gate.builder(PolicyFile.parse("p.yml", POLICIES, name -> null))
                        .build();
                var container = kind.start(
                        new PortcullisFilter(gate, Routes.UNKNOWN),
                        Map.of("/card", new Card(), "/open", new Elsewhere()))) {
            return RawHttp.to("127.0.0.1", container.port())
                    .send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void masksTheCardWhereItIs(Container.Kind kind) throws Exception {
        var card = get(kind, "/card");

        assertThat(card.status()).isEqualTo(200);
        assertThat(card.text()).doesNotContain(PLAIN).contains("\"a\":1");
    }

    @ParameterizedTest
    @EnumSource
    void masksWhatIsForwardedOrDispatched(Container.Kind kind) throws Exception {
        for (var by : new String[] {"forward", "async"}) {
            var there = get(kind, "/open?by=" + by);

            assertThat(there.text()).as(by).doesNotContain(PLAIN).contains("\"a\":1");
            assertThat(there.status()).as(by).isEqualTo(200);
            assertThat(get(kind, "/open?by=" + by + "&flush=1").text()).as(by).doesNotContain(PLAIN);
            var other = get(kind, "/open?type=text/csv&by=" + by);
            assertThat(other.status()).as(by).isEqualTo(502);
            assertThat(other.text()).as(by).doesNotContain(PLAIN).contains("response-denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void masksWhatIsIncluded(Container.Kind kind) throws Exception {
        assertThat(get(kind, "/open?by=include").text()).doesNotContain(PLAIN);
        assertThat(get(kind, "/open?by=include&flush=1").text()).doesNotContain(PLAIN);
    }
}
