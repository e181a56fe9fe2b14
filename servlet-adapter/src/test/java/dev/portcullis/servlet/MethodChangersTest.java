package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Route;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.servlet.Container.Placed;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters that change the method behind a gate: they stop the start where a servlet would see what nobody has judged. */
class MethodChangersTest {

    private static final String ALL = "/*";
    private static final Filter CHANGER = new ChangingFilters.HiddenHttpMethodFilter();

    private static final PolicyFile POSTS_ARE_OPEN = PolicyFile.parse("p.yml", """
            issuers: { main: { issuer: "https://idp.example.com", audiences: [a] } }
            policies:
              posts: { paths: ["/**"], methods: [POST], public: true }
              deletes: { paths: ["/**"], methods: [DELETE], authenticate: [jwt] }
            """, name -> null);

    /** What came of it. */
    private static final String STOPPED = "stopped";

    /** Two servlets: one at {@code /app/*}, which the routes hold, and one at {@code /soap/*}, which nobody does. */
    private static Map<String, HttpServlet> servlets() {
        return Map.of("/app/*", servlet(), "/soap/*", servlet());
    }

    private static HttpServlet servlet() {
        return Answering.servlet((request, response) -> response.getWriter().print("ran " + request.getMethod()));
    }

    private static final Routes HOLDING_APP = new Routes() {
        @Override
        public @Nullable Route of(HttpServletRequest request) {
            return null;
        }

        @Override
        public boolean holds(ServletRegistration servlet) {
            return servlet.getMappings().contains("/app/*") || servlet.getName().equals("/app/*");
        }
    };

    private static PortcullisFilter gate(Routes routes) {
        return new PortcullisFilter(Gate.builder(POSTS_ARE_OPEN).build(), routes);
    }

    /** What a form answers that asks for DELETE; or that nothing was started, and why. */
    private static String asked(Container.Kind kind, List<Placed> filters, String path) {
        return asked(kind, filters, path, servlets());
    }

    private static String asked(
            Container.Kind kind, List<Placed> filters, String path, Map<String, HttpServlet> servlets) {
        try (var container = kind.startPlaced(filters, servlets, false)) {
            var answer = RawHttp.to("127.0.0.1", container.port())
                    .post(path, "application/x-www-form-urlencoded", "_method=DELETE");
            // Tomcat starts all the same, and serves nothing.
            return answer.status() == 404 ? STOPPED : answer.text();
        } catch (Exception e) {
            assertThat(e)
                    .hasStackTraceContaining("changes the method of requests that were judged, before the servlet");
            return STOPPED;
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopTheStartWhereTheGateStandsOnce(Container.Kind kind) {
        var gate = gate(Routes.UNKNOWN);

        assertThat(asked(kind, List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL)), "/app/a"))
                .isEqualTo(STOPPED);
        assertThat(asked(
                        kind, List.of(new Placed(gate, ALL), new Placed(new ChangingFilters.Ordered(), ALL)), "/app/a"))
                .isEqualTo(STOPPED);
    }

    @ParameterizedTest
    @EnumSource
    void stopTheStartWhereBothGatesStandBeforeThem(Container.Kind kind) {
        var gate = gate(Routes.UNKNOWN);
        var filters = List.of(new Placed(gate, ALL), new Placed(gate, ALL), new Placed(CHANGER, ALL));

        assertThat(asked(kind, filters, "/soap/a")).isEqualTo(STOPPED);
    }

    @ParameterizedTest
    @EnumSource
    void areJudgedByAGateBehindThem(Container.Kind kind) {
        var gate = gate(Routes.UNKNOWN);

        assertThat(asked(kind, List.of(new Placed(CHANGER, ALL), new Placed(gate, ALL)), "/soap/a"))
                .contains("authentication-required");
        assertThat(asked(
                        kind,
                        List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL), new Placed(gate, ALL)),
                        "/soap/a"))
                .contains("authentication-required");
    }

    @ParameterizedTest
    @EnumSource
    void stopTheStartBeforeAServletThatNobodyHolds(Container.Kind kind) {
        var gate = gate(HOLDING_APP);

        assertThat(asked(kind, List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL)), "/soap/a"))
                .isEqualTo(STOPPED);
        assertThat(asked(kind, List.of(new Placed(gate, ALL), new Placed(CHANGER, "/soap/*")), "/soap/a"))
                .isEqualTo(STOPPED);
        assertThat(asked(
                        kind,
                        List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL), new Placed(gate, "/app/*")),
                        "/soap/a"))
                .as("a second gate for other paths")
                .isEqualTo(STOPPED);
    }

    @ParameterizedTest
    @EnumSource
    void stopTheStartWhereTheSecondGateIsForTheRootAlone(Container.Kind kind) {
        var gate = gate(HOLDING_APP);
        var filters = List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL), new Placed(gate, "/"));

        assertThat(asked(kind, filters, "/a", Map.of("/", servlet()))).isEqualTo(STOPPED);
    }

    /** Named as those of containers are. */
    private static final class JspServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("page for " + request.getMethod());
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayStandBeforePagesToWhichAMethodMeansNothing(Container.Kind kind) {
        var filters = List.of(new Placed(gate(HOLDING_APP), ALL), new Placed(CHANGER, ALL));

        assertThat(asked(kind, filters, "/a.jsp", Map.of("/app/*", servlet(), "*.jsp", new JspServlet())))
                .contains("page for DELETE");
    }

    @ParameterizedTest
    @EnumSource
    void mayStandBeforeServletsThatAreHeldOrJudgedAgain(Container.Kind kind) {
        var gate = gate(HOLDING_APP);

        assertThat(asked(kind, List.of(new Placed(gate, ALL), new Placed(CHANGER, "/app/*")), "/app/a"))
                .as("whoever runs it holds it")
                .contains("ran DELETE");
        assertThat(asked(
                        kind,
                        List.of(new Placed(gate, ALL), new Placed(CHANGER, ALL), new Placed(gate, "/soap/*")),
                        "/soap/a"))
                .contains("authentication-required");
    }

    @ParameterizedTest
    @CsvSource({
        "/*, /a/b, true, true",
        "/*, *.do, true, true",
        "/a/*, /a, true, true",
        "/a/*, /a/b/*, true, true",
        "/a/*, /ab, false, false",
        "/a/b/*, /a/*, false, true",
        "/a/*, *.do, false, true",
        "*.do, /a/*, false, true",
        "*.do, /a/b.do, true, true",
        "*.do, *.jsp, false, false",
        "/, /a, false, true",
        "/a, /, false, true",
        "/, /, true, true",
        "/a, /b, false, false",
        "/a/*, /, false, true",
        "*.do, /, false, true",
        "/a/*, /*, false, true"
    })
    void patternsCoverAndMeetAsInTheSpecification(String one, String other, boolean covers, boolean meets) {
        assertThat(new UrlPattern(one).covers(new UrlPattern(other))).isEqualTo(covers);
        assertThat(new UrlPattern(one).meets(new UrlPattern(other))).isEqualTo(meets);
    }
}
