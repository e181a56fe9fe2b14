package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final String APP = "https://app.example.com";
    private static final Check LISTED = Cors.builder()
            .origins(List.of(APP, "https://*.partner.example"))
            .build()
            .handshake();
    private static final Check SAME_SITE = Cors.sameSiteHandshake();

    private static RecordedWire handshake(String... headers) {
        var wire = RecordedWire.of("GET", "/chat")
                .with("Host", "chat.example.com:8443")
                .with("Connection", "Upgrade")
                .with("Upgrade", "WebSocket");
        for (var i = 0; i < headers.length; i += 2) {
            wire = wire.with(headers[i], headers[i + 1]);
        }
        return wire;
    }

    private static String verdict(Check check, RecordedWire wire) {
        return check.check(wire.view()) instanceof Verdict.Deny deny
                ? deny.reply().status() + " " + deny.reply().code() + " "
                        + deny.evidence().reason()
                : "pass";
    }

    @Test
    void passesPagesOfNamedOrigins() {
        assertThat(verdict(LISTED, handshake("Origin", APP))).isEqualTo("pass");
        assertThat(verdict(LISTED, handshake("Origin", "https://shop.partner.example")))
                .isEqualTo("pass");
        assertThat(verdict(LISTED, handshake("Origin", APP, "Sec-Fetch-Site", "cross-site")))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "https://app.example.com.evil.example",
                "http://app.example.com",
                "https://app.example.com:444",
                "https://chat.example.com.evil.example",
                "https://chat.example.com@evil.example",
                "HTTPS://APP.EXAMPLE.COM",
                "",
                " ",
                "https://evil.example/https://app.example.com"
            })
    void deniesPagesOfOtherSites(String origin) {
        assertThat(verdict(LISTED, handshake("Origin", origin))).isEqualTo("403 origin-denied origin-not-listed");
        assertThat(verdict(SAME_SITE, handshake("Origin", origin))).isEqualTo("403 origin-denied origin-not-listed");
    }

    @Test
    void passesPagesOfTheSameHostAndOfTheSameSiteWhereTheBrowserSaysSo() {
        assertThat(verdict(SAME_SITE, handshake("Origin", "https://chat.example.com")))
                .isEqualTo("pass");
        assertThat(verdict(SAME_SITE, handshake("Origin", "http://chat.example.com:8080")))
                .isEqualTo("pass");
        assertThat(verdict(SAME_SITE, handshake("Origin", APP))).startsWith("403");
        assertThat(verdict(SAME_SITE, handshake("Origin", APP, "Sec-Fetch-Site", "same-site")))
                .isEqualTo("pass");
    }

    @Test
    void believesABrowserThatSaysThatThePageIsOfAnotherSite() {
        assertThat(verdict(SAME_SITE, handshake("Origin", "https://chat.example.com", "Sec-Fetch-Site", "cross-site")))
                .startsWith("403");
    }

    @Test
    void deniesAPageThatCameOverPlainHttpAHandshakeOverTls() {
        assertThat(verdict(
                        SAME_SITE,
                        handshake("Origin", "http://chat.example.com").over("https")))
                .startsWith("403");
        assertThat(verdict(
                        SAME_SITE,
                        handshake("Origin", "https://chat.example.com").over("https")))
                .isEqualTo("pass");
    }

    @Test
    void takesAnyOriginAtAllForNoList() {
        var any = Cors.builder().origins(List.of("*")).build().handshake();
        assertThat(verdict(any, handshake("Origin", "https://evil.example"))).startsWith("403");
        assertThat(verdict(any, handshake("Origin", "null"))).startsWith("403");
    }

    @Test
    void deniesSeveralOrigins() {
        assertThat(verdict(LISTED, handshake("Origin", APP, "Origin", APP)))
                .isEqualTo("403 origin-denied several-origins");
    }

    @Test
    void passesWhoeverIsNoBrowserAndWhateverIsNoHandshake() {
        assertThat(verdict(LISTED, handshake())).isEqualTo("pass");
        var plain =
                RecordedWire.of("GET", "/chat").with("Host", "chat.example.com").with("Origin", "https://evil.example");
        assertThat(verdict(LISTED, plain)).isEqualTo("pass");
        assertThat(verdict(LISTED, plain.with("Upgrade", "h2c"))).isEqualTo("pass");
        assertThat(verdict(LISTED, plain.with("Upgrade", "h2c, websocket"))).startsWith("403");
    }
}
