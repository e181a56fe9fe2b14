package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A CORS policy among other rules: before what may deny, and before authentication. */
class CorsOnItsWayTest {

    private static final String APP = "https://app.example.com";
    private static final int MEASURED = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Cors CORS = Cors.builder()
            .origins(List.of(APP, "https://*.partner.example"))
            .methods(List.of("PUT"))
            .headers(List.of("Authorization"))
            .credentials(true)
            .build();

    private static Engine engine(int status) {
        var rules = List.of(
                Rule.enforce("cors", CORS.headers()),
                Rule.enforce("cors-preflight", CORS.preflight()),
                Rule.enforce("later", request -> Verdict.deny(Reply.problem(status, "denied"), Evidence.of("denied"))));
        return Engine.of(
                PolicySet.builder().route("all", request -> true, rules).otherwiseDeny(), Listener.NONE);
    }

    private static List<Header> headers(Outcome.Stop stop) {
        var all = new ArrayList<>(stop.headers());
        all.addAll(stop.reply().headers());
        return all;
    }

    @Test
    void letsAPageReadEveryDenial() {
        for (var origin : List.of(APP, "https://a.partner.example")) {
            for (var status : List.of(400, 401, 403, 413, 429, 503)) {
                var request = RecordedWire.of("GET", "/").with("Origin", origin).view();
                var stop = (Outcome.Stop) engine(status).evaluate(request);

                assertThat(stop.reply().status()).isEqualTo(status);
                assertThat(new Browser(origin, true).mayRead(headers(stop))).isTrue();
                assertThat(headers(stop)).contains(new Header("Vary", "Origin"));
            }
        }
    }

    @Test
    void letsAStrangersPageReadNoDenial() {
        var request =
                RecordedWire.of("GET", "/").with("Origin", APP + ".evil.io").view();
        var stop = (Outcome.Stop) engine(401).evaluate(request);

        assertThat(headers(stop)).containsExactly(new Header("Vary", "Origin"));
    }

    @Test
    void answersPreflightsBeforeAuthentication() {
        var request = RecordedWire.of("OPTIONS", "/")
                .with("Origin", APP)
                .with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", "authorization");
        var stop = (Outcome.Stop) engine(401).evaluate(request.view());

        assertThat(stop.reply().status()).isEqualTo(204);
        assertThat(new Browser(APP, true).maySend("PUT", List.of("authorization"), headers(stop)))
                .isTrue();
        assertThat(headers(stop)).filteredOn(header -> header.named("Vary")).hasSize(1);
    }

    @Test
    void answersTheSameTwice() {
        var request = RecordedWire.of("GET", "/")
                .with("Origin", "https://a.partner.example")
                .view();

        assertThat(CORS.headers().check(request)).isEqualTo(CORS.headers().check(request));
    }

    @Test
    void allocatesNothingForRequestsWithoutAnOriginNorForKnownOrigins() {
        assertThat(bytesEach(RecordedWire.of("GET", "/").with("Host", "a").view()))
                .isLessThan(1.0);
        assertThat(bytesEach(RecordedWire.of("GET", "/").with("Origin", APP).view()))
                .isLessThan(1.0);
    }

    @Test
    void theOriginsOfAPatternAreFoundToAllocate() {
        assertThat(bytesEach(RecordedWire.of("GET", "/")
                        .with("Origin", "https://a.partner.example")
                        .view()))
                .isGreaterThanOrEqualTo(1.0);
    }

    private static double bytesEach(Request request) {
        run(request);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        run(request);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) MEASURED;
    }

    private static void run(Request request) {
        for (var i = 0; i < MEASURED; i++) {
            sink = CORS.headers().check(request);
            sink = CORS.preflight().check(request);
        }
    }

    @SuppressWarnings("unused") // written so that the measured work is not thrown away
    private static volatile Object sink;
}
