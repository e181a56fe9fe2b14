package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {

    private static final String APP = "https://app.example.com";
    private static final Header VARY = new Header("Vary", "Origin");
    private static final Header VARY_OF_PREFLIGHT =
            new Header("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

    private static Cors.Builder shop() {
        return Cors.builder()
                .origins(List.of(APP, "https://*.partner.example"))
                .methods(List.of("get", "PUT"))
                .headers(List.of("Content-Type", "Authorization"))
                .exposedHeaders(List.of("X-Total"))
                .maxAge(Duration.ofMinutes(10))
                .credentials(true);
    }

    private static Request get(String origin) {
        return RecordedWire.of("GET", "/orders").with("Origin", origin).view();
    }

    private static RecordedWire ask(String origin, String method) {
        return RecordedWire.of("OPTIONS", "/orders")
                .with("Origin", origin)
                .with("Access-Control-Request-Method", method);
    }

    private static List<Header> added(Cors cors, Request request) {
        return ((Verdict.Pass) cors.headers().check(request)).headers();
    }

    private static List<Header> answered(Cors cors, Request request) {
        var reply = ((Verdict.Answer) cors.preflight().check(request)).reply();
        assertThat(reply.status()).isEqualTo(204);
        return reply.headers();
    }

    @Test
    void letsPagesOfAnAllowedOriginRead() {
        assertThat(added(shop().build(), get(APP)))
                .containsExactlyInAnyOrder(
                        new Header("Access-Control-Allow-Origin", APP),
                        new Header("Access-Control-Allow-Credentials", "true"),
                        new Header("Access-Control-Expose-Headers", "x-total"),
                        VARY);
    }

    @Test
    void letsPagesOfASubdomainReadAtAnyDepth() {
        var cors = shop().build();

        for (var origin : List.of("https://a.partner.example", "https://a.b.partner.example")) {
            assertThat(added(cors, get(origin))).contains(new Header("Access-Control-Allow-Origin", origin));
        }
    }

    @Test
    void saysNothingToOtherOriginsButThatTheAnswerVaries() {
        var cors = shop().build();
        var others = List.of(
                "https://app.example.com.evil.io",
                "https://evilapp.example.com",
                "https://partner.example",
                "https://evilpartner.example",
                "https://.partner.example",
                "https://a..partner.example",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com:443",
                "https://app.example.com/",
                "https://app.example.com.",
                "https://APP.example.com",
                "https://app.example.com, https://app.example.com",
                "null",
                "");

        for (var origin : others) {
            assertThat(added(cors, get(origin))).as(origin).containsExactly(VARY);
            assertThat(answered(cors, ask(origin, "GET").view())).as(origin).containsExactly(VARY_OF_PREFLIGHT);
        }
    }

    @Test
    void answersThePreflightOfAnAllowedOrigin() {
        var request = ask(APP, "PUT").with("Access-Control-Request-Headers", "authorization,content-type");

        assertThat(answered(shop().build(), request.view()))
                .containsExactlyInAnyOrder(
                        new Header("Access-Control-Allow-Origin", APP),
                        new Header("Access-Control-Allow-Credentials", "true"),
                        new Header("Access-Control-Allow-Methods", "GET,HEAD,PUT"),
                        new Header("Access-Control-Allow-Headers", "authorization,content-type"),
                        new Header("Access-Control-Max-Age", "600"),
                        VARY_OF_PREFLIGHT);
    }

    @Test
    void answersWithNoWordWhenTheMethodOrAHeaderIsNotAllowed() {
        var cors = shop().build();

        for (var request : List.of(
                ask(APP, "DELETE"),
                ask(APP, "put"),
                ask(APP, "GET, PUT"),
                ask(APP, ""),
                ask(APP, "PUT").with("Access-Control-Request-Headers", "x-other"))) {
            assertThat(answered(cors, request.view())).containsExactly(VARY_OF_PREFLIGHT);
        }
    }

    @Test
    void tellsTheOperatorWhatAPreflightMayNot() {
        var cors = shop().build();

        assertThat(cors.objection(ask("https://evil.example", "GET").view()))
                .isEqualTo(Verdict.Evidence.of("cors-origin", "https://evil.example"));
        assertThat(cors.objection(ask(APP, "DELETE").view())).isEqualTo(Verdict.Evidence.of("cors-method", "DELETE"));
        assertThat(cors.objection(ask(APP, "GET")
                        .with("Access-Control-Request-Headers", "x-a")
                        .view()))
                .isEqualTo(Verdict.Evidence.of("cors-headers", "x-a"));
        assertThat(cors.objection(ask(APP, "GET").view())).isNull();
        assertThat(cors.objection(get("https://evil.example"))).isNull();
    }

    @Test
    void leavesOptionsThatIsNoPreflightToTheApplication() {
        var cors = shop().build();

        for (var request : List.of(
                RecordedWire.of("OPTIONS", "/"),
                RecordedWire.of("OPTIONS", "/").with("Origin", APP),
                RecordedWire.of("OPTIONS", "/").with("Access-Control-Request-Method", "PUT"),
                RecordedWire.of("options", "/").with("Origin", APP).with("Access-Control-Request-Method", "PUT"),
                RecordedWire.of("GET", "/").with("Origin", APP).with("Access-Control-Request-Method", "PUT"))) {
            assertThat(cors.preflight().check(request.view())).isSameAs(Verdict.pass());
        }
        assertThat(cors.preflight().check(ask(APP, "PUT").view())).isInstanceOf(Verdict.Answer.class);
    }

    @Test
    void addsNothingToAPreflightThatIsDeniedOnItsWay() {
        assertThat(shop().build().headers().check(ask(APP, "PUT").view())).isSameAs(Verdict.pass());
    }

    @Test
    void letsEverybodyReadWithoutReflectingAnybody() {
        var cors = Cors.builder().origins(List.of("*")).build();

        for (var request : List.of(RecordedWire.of("GET", "/").view(), get(APP), get("null"), get("nonsense"))) {
            assertThat(added(cors, request)).containsExactly(new Header("Access-Control-Allow-Origin", "*"));
        }
    }

    @Test
    void coversAuthorizationByNoAsterisk() {
        var any = Cors.builder().origins(List.of("*")).headers(List.of("*")).build();
        var named = Cors.builder()
                .origins(List.of("*"))
                .headers(List.of("*", "Authorization"))
                .build();
        var request = ask(APP, "GET")
                .with("Access-Control-Request-Headers", "authorization,x-a")
                .view();

        assertThat(answered(any, request)).containsExactly(VARY_OF_PREFLIGHT);
        assertThat(answered(named, request)).contains(new Header("Access-Control-Allow-Headers", "*,authorization"));
    }

    @Test
    void refusesToBuildWhatLetsStrangersReadAndNamesAllOfIt() {
        var builder = Cors.builder()
                .origins(List.of(
                        "*",
                        "null",
                        "https://app.example.com/",
                        "https://*.com",
                        "https://*.co.uk",
                        "http://a.example"))
                .methods(List.of("*", "TRACE"))
                .headers(List.of("*", "x y"))
                .exposedHeaders(List.of("*", "Set-Cookie"))
                .maxAge(Duration.ofDays(2))
                .credentials(true);

        assertThat(builder.problems()).hasSize(14);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("origins: `*` with credentials")
                .hasMessageContaining("max-age: PT48H (expected: whole seconds, at most 86400)");
    }

    @Test
    void refusesToBuildWithoutOrigins() {
        assertThatThrownBy(Cors.builder()::build).hasMessage("origins: none (expected: at least one)");
    }

    @Test
    void allowsCredentialsOfPlainPagesOnThisMachineOrWhenToldThatItIsUnsafe() {
        assertThat(Cors.builder()
                        .origins(List.of("http://localhost:5173"))
                        .credentials(true)
                        .problems())
                .isEmpty();
        assertThat(Cors.builder()
                        .origins(List.of("http://a.example"))
                        .credentials(true)
                        .unsafeInsecureOrigins()
                        .problems())
                .isEmpty();
    }
}
