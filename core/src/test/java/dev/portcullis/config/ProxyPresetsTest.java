package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each product in front writes for a caller at 203.0.113.9 who asks for https://shop.example.com and has forged what he could. */
class ProxyPresetsTest {

    private static final String FORGED = "X-Forwarded-For: 1.2.3.4";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-alb           | X-Forwarded-For: 1.2.3.4, 203.0.113.9; X-Forwarded-Proto: https",
                "aws-alb           | X-Forwarded-For: 1.2.3.4, 203.0.113.9:4711; X-Forwarded-Proto: https",
                "aws-alb           | X-Forwarded-For: 203.0.113.9, 10.0.3.4; X-Forwarded-Proto: https",
                "aws-cloudfront    | X-Forwarded-For: 1.2.3.4,203.0.113.9; CloudFront-Forwarded-Proto: https; X-Forwarded-Proto: http",
                "azure-application-gateway | X-Forwarded-For: 1.2.3.4, 203.0.113.9:4711; X-Forwarded-Proto: https; X-Original-Host: shop.example.com; Host: inner:8080",
                "azure-front-door  | X-Azure-ClientIP: 1.2.3.4; X-Azure-SocketIP: 203.0.113.9; X-Forwarded-Proto: https; X-Forwarded-Host: shop.example.com; Host: inner:8080",
                "cloudflare        | X-Forwarded-For: 1.2.3.4,203.0.113.9; CF-Connecting-IP: 203.0.113.9; X-Forwarded-Proto: https",
                "envoy             | x-forwarded-for: 1.2.3.4,203.0.113.9; x-forwarded-proto: https",
                "gcp-load-balancer | X-Forwarded-For: 1.2.3.4, 203.0.113.9,198.51.100.77; X-Forwarded-Proto: https",
                "haproxy           | X-Forwarded-For: 1.2.3.4; X-Forwarded-For: 203.0.113.9; X-Forwarded-Proto: https",
                "heroku            | X-Forwarded-For: 1.2.3.4, 203.0.113.9; X-Forwarded-Proto: https",
                "ingress-nginx     | X-Forwarded-For: 203.0.113.9; X-Forwarded-Proto: https; X-Forwarded-Host: shop.example.com; Host: inner:8080",
                "nginx             | X-Forwarded-For: 1.2.3.4, 203.0.113.9; X-Forwarded-Proto: https",
                "traefik           | X-Forwarded-For: 203.0.113.9; X-Forwarded-Proto: https; X-Forwarded-Host: shop.example.com; Host: inner:8080",
            })
    void knowsWhatTheProductWrites(String preset, String lines) {
        var view = gate("preset: " + preset).view(wire("10.0.0.1", lines));

        assertThat(view.address()).hasToString("203.0.113.9");
        assertThat(view.scheme()).isEqualTo("https");
        assertThat(view.host()).isEqualTo("shop.example.com");
    }

    @Test
    void everyPresetIsTriedHereAndDocumented() throws Exception {
        var written = Keys.all().stream()
                .filter(key -> key.path().equals("forwarded.preset"))
                .findFirst()
                .orElseThrow();
        var tried = Stream.of(getClass()
                        .getDeclaredMethod("knowsWhatTheProductWrites", String.class, String.class)
                        .getAnnotation(CsvSource.class)
                        .value())
                .map(row -> row.substring(0, row.indexOf('|')).strip())
                .distinct()
                .toList();

        assertThat(tried).containsExactlyInAnyOrderElementsOf(written.oneOf());
    }

    @Test
    void aPresetTrustsNobody() {
        var view = gate("preset: aws-alb").view(wire("198.51.100.1", FORGED + "; X-Forwarded-Proto: https"));

        assertThat(view.address()).hasToString("198.51.100.1");
        assertThat(view.scheme()).isEqualTo("http");
    }

    @Test
    void whatIsWrittenBesideGoesBeforeThePreset() {
        var gate = gate("preset: gcp-load-balancer, address: x-real-ip, scheme: x-scheme");
        var view = gate.view(wire("10.0.0.1", "X-Real-IP: 203.0.113.9; X-Scheme: https; X-Forwarded-Proto: http"));

        assertThat(view.address()).hasToString("203.0.113.9");
        assertThat(view.scheme()).isEqualTo("https");
    }

    @Test
    void aChainOfTwoProxiesDecidesTheSchemeOnce() {
        var handedOn = wire("10.0.0.1", "X-Forwarded-For: 203.0.113.9, 10.0.0.2; X-Forwarded-Proto: https");
        var told = wire("10.0.0.1", "Forwarded: for=203.0.113.9~proto=https, for=10.0.0.2~proto=http");

        assertThat(gate("preset: nginx").view(handedOn).scheme()).isEqualTo("https");
        assertThat(gate("address: forwarded, scheme: forwarded").view(told).scheme())
                .isEqualTo("https");
    }

    @Test
    void theGateReportsWhatBecameOfTheHeadersOverReloads() {
        var gate = gate("preset: nginx");
        gate.view(wire("198.51.100.1", FORGED)).address();
        gate.view(wire("10.0.0.1", "X-Forwarded-For: nonsense")).address();
        gate.reload(file("preset: traefik"));
        gate.view(wire("10.0.0.1", "X-Forwarded-Proto: https")).address();

        assertThat(gate.proxies()).isEqualTo(new dev.portcullis.ip.ProxyReport(1, 1, 1));
    }

    private static Gate gate(String facts) {
        return Gate.builder(file(facts)).build();
    }

    private static PolicyFile file(String facts) {
        return Gates.file("forwarded: { trusted: [10.0.0.0/8], " + facts + " }\n");
    }

    private static RecordedWire wire(String peer, String lines) {
        var headers = new ArrayList<Header>();
        for (var line : lines.split("; ")) {
            var colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip().replace('~', ';')));
        }
        if (headers.stream().noneMatch(header -> header.named("Host"))) {
            headers.add(new Header("Host", "shop.example.com"));
        }
        var wire = RecordedWire.of("GET", "/").from(peer);
        for (var header : List.copyOf(headers)) {
            wire = wire.with(header.name(), header.value());
        }
        return wire;
    }
}
