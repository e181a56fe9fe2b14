package dev.portcullis.ip;

import static dev.portcullis.ip.ProxyStage.TRUSTED;
import static dev.portcullis.ip.ProxyStage.facts;
import static dev.portcullis.ip.ProxyStage.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.http.Forwarding.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What trusted proxies say of scheme and host; the peer is one of them. */
class ForwardedFactsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https       | https",
                "HTTPS       | https",
                "http        | http",
                "wss         | https",
                "ws          | http",
                "http, https | https",
                "https, http | http",
                "ftp         | http",
                "https:      | http",
                "''          | http",
            })
    void theSchemeIsTheLastValue(String field, String scheme) {
        var proxies =
                TrustedProxies.builder(TRUSTED).scheme("X-Forwarded-Proto").build();

        assertThat(facts(proxies, "X-Forwarded-Proto", field).scheme()).isEqualTo(scheme);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.example                  | shop.example",
                "shop.example:8443             | shop.example:8443",
                "[2001:db8::1]:8443            | [2001:db8::1]:8443",
                "[2001:db8::1]                 | [2001:db8::1]",
                "192.0.2.1                     | 192.0.2.1",
                "evil.example, shop.example    | shop.example",
                "shop.example/path             | inner:8080",
                "shop.example:                 | inner:8080",
                "shop.example:x                | inner:8080",
                "user@shop.example             | inner:8080",
                "[2001:db8::1                  | inner:8080",
                "[shop.example]                | inner:8080",
                "[192.0.2.1]                   | inner:8080",
                "[2001:db8::1]x                | inner:8080",
                "shöp.example                  | inner:8080",
                ":80                           | inner:8080",
                "''                            | inner:8080",
            })
    void theHostIsTheLastValue(String field, String host) {
        var proxies = TrustedProxies.builder(TRUSTED).host("X-Forwarded-Host").build();

        assertThat(facts(proxies, "X-Forwarded-Host", field).host()).isEqualTo(host);
    }

    @Test
    void aHostThatIsTooLongIsNone() {
        var proxies = TrustedProxies.builder(TRUSTED).host("X-Forwarded-Host").build();

        assertThat(facts(proxies, "X-Forwarded-Host", "a".repeat(300)).host()).isEqualTo("inner:8080");
    }

    @Test
    void forwardedTellsSchemeAndHostWhereTheWalkEnds() {
        var proxies = TrustedProxies.builder(TRUSTED)
                .address("forwarded")
                .scheme("forwarded")
                .host("forwarded")
                .build();
        var field = "for=1.2.3.4;proto=http;host=evil.example, "
                + "for=203.0.113.9;proto=https;host=shop.example, for=10.0.0.2;proto=http;host=inner";

        assertThat(facts(proxies, "Forwarded", field))
                .isEqualTo(new Facts(Address.parse("203.0.113.9"), "https", "shop.example", true));
        assertThat(facts(proxies, "Forwarded", "proto=https"))
                .isEqualTo(new Facts(Address.parse("10.0.0.1"), "https", "inner:8080", true));
        assertThat(facts(proxies, "Forwarded", "nonsense"))
                .isEqualTo(new Facts(Address.parse("10.0.0.1"), "http", "inner:8080", true));
    }

    @Test
    void eachFactMayHaveAHeaderOfItsOwn() {
        var proxies = TrustedProxies.builder(TRUSTED)
                .address("cf-connecting-ip")
                .scheme("forwarded")
                .host("x-forwarded-host")
                .build();
        var wire = wire().with("CF-Connecting-IP", "203.0.113.9")
                .with("Forwarded", "for=203.0.113.8;proto=https;host=evil.example")
                .with("X-Forwarded-Host", "shop.example");

        assertThat(facts(proxies, wire))
                .isEqualTo(new Facts(Address.parse("203.0.113.9"), "https", "shop.example", true));
    }
}
