package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "http://localhost:5173",
                "https://[2001:db8::1]:8443",
                "http://127.0.0.1:8080",
                "https://xn--strae-oqa.de",
                "https://under_score.example",
                "https://example.com.",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
                "moz-extension://3c4f2f7e-8a2e-4f6b-9d5e-0a1b2c3d4e5f",
                "capacitor://localhost"
            })
    void printsWhatItReads(String text) {
        assertThat(Origin.parseOrNull(text)).hasToString(text);
        assertThat(Cors.builder().origins(List.of(text)).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "https://",
                "https:///",
                "//app.example.com",
                "app.example.com",
                "https:app.example.com",
                "https://app.example.com/",
                "https://app.example.com?",
                "https://app.example.com#",
                "https://user@app.example.com",
                "HTTPS://app.example.com",
                "https://App.example.com",
                "https://b\u00fccher.example",
                "https://app..example.com",
                "https://.example.com",
                "https://-a.example.com",
                "https://a-.example.com",
                "https://app.example.com:",
                "https://app.example.com:0",
                "https://app.example.com:080",
                "https://app.example.com:65536",
                "https://app.example.com:8080:8080",
                "https://[::1",
                "https://[::ffff:192.0.2.1]",
                "https://[0:0:0:0:0:0:0:1]",
                "https://[app.example.com]",
                "https://::1",
                "https://1.2.3",
                "https://1.2.3.4.5",
                "https://0x7f000001",
                "https://xn--f",
                "https://a b",
                "https://a\u0000b",
                "https://app.example.com https://evil.example",
                "1https://app.example.com"
            })
    void readsNothingThatNoBrowserWrites(String text) {
        assertThat(Origin.parseOrNull(text)).isNull();
    }

    @Test
    void printsWhatItReadsWhateverItReads() {
        var random = Seeds.random(OriginTest.class);
        var hostile = new Hostile(random);
        var read = 0;
        for (var i = 0; i < 50_000; i++) {
            var text = near("https://app.example.com:8443", hostile, random);
            var origin = Origin.parseOrNull(text);
            if (origin != null) {
                assertThat(origin).hasToString(text);
                read++;
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    /** A text that is the other but for a place or two. */
    private static String near(String text, Hostile hostile, SplittableRandom random) {
        var from = random.nextInt(text.length());
        var to = Math.min(text.length(), from + random.nextInt(3));
        return text.substring(0, from) + hostile.text(2) + text.substring(to);
    }

    private static final List<String> PIECES = List.of(
            "https://",
            "http://",
            "app",
            "evil",
            ".",
            "partner.example",
            "example.com",
            "a",
            "-",
            ":8443",
            ":443",
            "@",
            "/",
            "[",
            "]",
            "null",
            "*",
            "%2e",
            "xn--",
            "A");

    /** The first of many texts that is allowed though it is no subdomain of partner.example over https. */
    private static String stranger(Predicate<String> allowed) {
        var random = Seeds.random("OriginTest.stranger");
        var hostile = new Hostile(random);
        for (var i = 0; i < 100_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "https://" : "");
            for (var left = 1 + random.nextInt(5); left > 0; left--) {
                text.append(hostile.oneOf(PIECES));
            }
            var sent = text.toString();
            if (allowed.test(sent) && !sent.matches("https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+partner\\.example")) {
                return sent;
            }
        }
        return "";
    }

    @Test
    void allowsNoStranger() {
        var origins = new Origins(false, List.of(OriginPattern.parse("https://*.partner.example")));

        assertThat(stranger(origins::allow)).isEmpty();
        assertThat(origins.allow("https://a.b.partner.example")).isTrue();
    }

    @Test
    void allowListsThatMistakeWhereADomainEndsAreFoundOut() {
        assertThat(stranger(sent -> sent.startsWith("https://") && sent.endsWith("partner.example")))
                .isNotEmpty();
        assertThat(stranger(sent -> sent.startsWith("https://") && sent.contains(".partner.example")))
                .isNotEmpty();
        assertThat(stranger(sent -> sent.matches("https://.*.partner.example"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*",
                "https://*.com",
                "https://*.co.uk",
                "https://*.com.au",
                "https://*.github.io",
                "https://*.com.",
                "https://*.s3.amazonaws.com",
                "https://*.*.example.com",
                "https://a*.example.com",
                "https://a.*.example.com",
                "https://*.127.0.0.1",
                "https://*.[::1]",
                "https://**.example.com",
                "https://*example.com",
                "*.example.com",
                "https://app.example.com:*0",
                "https://app.example.com:80*",
                "*://app.example.com",
                "https://a.example:8080:*",
                "https://*.example.com/*",
                "https://.*\\.example\\.com",
                "file://a",
                "https://app.example.com:443",
                "http://app.example.com:80",
                " https://app.example.com"
            })
    void refusesToBuildPatternsThatSayTooMuchOrNothing(String pattern) {
        assertThat(Cors.builder().origins(List.of(pattern)).problems())
                .singleElement()
                .asString()
                .startsWith("origins: `" + pattern + "` (expected: ");
    }

    @Test
    void readsPatterns() {
        var port = new Origins(false, List.of(OriginPattern.parse("http://localhost:*")));
        assertThat(port.allow("http://localhost")).isTrue();
        assertThat(port.allow("http://localhost:5173")).isTrue();
        assertThat(port.allow("http://localhost:80")).isFalse();
        assertThat(port.allow("https://localhost:5173")).isFalse();
        assertThat(port.allow("http://localhost.evil.example:5173")).isFalse();

        var both = new Origins(false, List.of(OriginPattern.parse("https://*.localhost:*")));
        assertThat(both.allow("https://a.localhost:1")).isTrue();
        assertThat(both.allow("https://localhost:1")).isFalse();
    }
}
