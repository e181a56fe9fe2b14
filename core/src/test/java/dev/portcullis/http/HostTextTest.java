package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "shop.example",
                "SHOP.example:8443",
                "a.b.",
                "my_service",
                "xn--caf-dma.example",
                "192.0.2.1",
                "192.0.2.1:80",
                "[::1]",
                "[2001:db8::1]:65535",
                "[::ffff:192.0.2.1]:1"
            })
    void isValid(String host) {
        assertThat(HostText.isValid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":80",
                ".",
                ".example",
                "shop..example",
                "shop.example..",
                "user@shop.example",
                "user:secret@shop.example",
                "shop.example:",
                "shop.example:0",
                "shop.example:65536",
                "shop.example:080000",
                "shop.example:8a",
                "shop.example:80:80",
                "shop.example,evil.example",
                "shop.example evil.example",
                "shop.example/a",
                "shop.example?a",
                "shop.example#a",
                "shop.example\\a",
                "shop%2eexample",
                "caf\u00e9.example",
                "::1",
                "[::1",
                "[]",
                "[::1]a",
                "[::1]:",
                "[1.2.3.4]",
                "[shop.example]",
                "[fe80::1%25eth0]",
                "http://shop.example"
            })
    void isNotValid(String host) {
        assertThat(HostText.isValid(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1000})
    void isNotValidWhenTheNameIsLongerThanItsBound(int length) {
        assertThat(HostText.isValid("a".repeat(length))).isFalse();
        assertThat(HostText.isValid("a".repeat(255))).isTrue();
    }
}
