package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demand for https. */
class HttpsTest {

    private static final String HSTS = "Strict-Transport-Security";
    private static final String DENIED = "https 403 https-required";
    private static final String REST = "forwarded: { trusted: [10.0.0.0/8], preset: nginx }\n"
            + "policies: { all: { paths: [/a/**, /health], public: true } }\n";

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/b?c=d", "/nowhere", "/actuator/env", "/"})
    void deniesEveryPathOverPlainHttp(String target) {
        var gate = gate("https: {}\n" + REST);

        assertThat(outcome(gate, get(target))).isEqualTo(DENIED);
        assertThat(outcome(gate, with("POST", target))).isEqualTo(DENIED);
        assertThat(outcome(gate, get(target).over("https"))).isNotEqualTo(DENIED);
    }

    @Test
    void takesTheSchemeFromTrustedProxiesAlone() {
        var gate = gate("https: {}\n" + REST);
        var said = get("/a").with("X-Forwarded-For", "203.0.113.9").with("X-Forwarded-Proto", "https");

        assertThat(outcome(gate, said.from("10.0.0.1"))).isEqualTo("proceed");
        assertThat(outcome(gate, said.from("203.0.113.9"))).isEqualTo(DENIED);
        assertThat(outcome(gate, get("/a").over("https").from("10.0.0.1").with("X-Forwarded-Proto", "http")))
                .isEqualTo(DENIED);
    }

    @Test
    void sendsReadersToTheSamePlaceOverHttps() {
        var gate = gate("https: { plain: redirect }\n" + REST);

        assertThat(outcome(gate, get("/a/b?c=d%20e"))).isEqualTo("https 308 https-redirect");
        assertThat(header(gate, get("/a/b?c=d%20e"), "Location")).isEqualTo("https://example.com/a/b?c=d%20e");
        assertThat(header(gate, with("HEAD", "/a"), "Location")).isEqualTo("https://example.com/a");
        assertThat(outcome(gate, with("POST", "/a"))).isEqualTo(DENIED);
        assertThat(outcome(gate, with("OPTIONS", "/a"))).isEqualTo(DENIED);
    }

    @Test
    void sendsReadersToThePortOfHttps() {
        var gate = gate("https: { plain: redirect, port: 8443 }\n" + REST);

        assertThat(header(gate, to("example.com:8080"), "Location")).isEqualTo("https://example.com:8443/a");
        assertThat(header(gate, to("[2001:db8::1]:8080"), "Location")).isEqualTo("https://[2001:db8::1]:8443/a");
        assertThat(header(gate, to("[2001:db8::1]"), "Location")).isEqualTo("https://[2001:db8::1]:8443/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@evil.example", "evil.example/x", "a b", "", "a\"b"})
    void sendsNobodyToWhatIsNoHost(String host) {
        assertThat(outcome(gate("https: { plain: redirect }\n" + REST), to(host)))
                .doesNotContain("308");
    }

    @Test
    void exemptsProbesThatRead() {
        var gate = gate("https: { exempt: [/health] }\n" + REST);

        assertThat(outcome(gate, get("/health"))).isEqualTo("proceed");
        assertThat(outcome(gate, with("HEAD", "/health"))).isEqualTo("proceed");
        assertThat(outcome(gate, with("POST", "/health"))).isEqualTo(DENIED);
        assertThat(outcome(gate, get("/health/x"))).isEqualTo(DENIED);
        assertThat(outcome(gate, get("/a/..;/health"))).doesNotContain("proceed");
    }

    @Test
    void exemptsNoAmbiguousPathWhereThatIsOnlyObserved() {
        var gate = gate("mode: observe\nhttps: { mode: enforce, exempt: [/health] }\n" + REST);

        assertThat(outcome(gate, get("/%68ealth"))).isEqualTo("proceed");
        assertThat(outcome(gate, get("/health%00"))).isEqualTo(DENIED);
        assertThat(outcome(gate, get("//health"))).isEqualTo(DENIED);
    }

    @Test
    void tellsBrowsersOverHttpsAlone() {
        var gate = gate("https: { exempt: [/health], hsts: { include-subdomains: true, preload: true } }\n" + REST);

        assertThat(header(gate, get("/a").over("https"), HSTS))
                .isEqualTo("max-age=31536000; includeSubDomains; preload");
        assertThat(header(gate, get("/nowhere").over("https"), HSTS)).startsWith("max-age");
        assertThat(header(gate, get("/a"), HSTS)).isEmpty();
        assertThat(header(gate, get("/health"), HSTS)).isEmpty();
    }

    @Test
    void tellsBrowsersNothingUnasked() {
        assertThat(header(gate("https: {}\n" + REST), get("/a").over("https"), HSTS))
                .isEmpty();
    }

    @Test
    void onlyTellsTheOperatorWhileItIsObserved() {
        assertThat(outcome(gate("https: { mode: observe }\n" + REST), get("/a")))
                .isEqualTo("proceed");
    }

    private static RecordedWire to(String host) {
        return RecordedWire.of("GET", "/a").with("Host", host);
    }
}
