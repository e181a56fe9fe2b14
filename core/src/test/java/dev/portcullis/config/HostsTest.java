package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names the service may be asked. */
class HostsTest {

    private static final String HOSTS = """
            hosts: { allow: [shop.example.com, "*.Shop.example", 192.0.2.1, "[2001:db8::1]"], exempt: [/health] }
            otherwise: proceed
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /a      | shop.example.com          | proceed
            GET  | /a      | SHOP.example.com:8443     | proceed
            GET  | /a      | shop.example.com.         | proceed
            GET  | /a      | a.shop.example            | proceed
            GET  | /a      | a.b.shop.example          | proceed
            GET  | /a      | 192.0.2.1:80              | proceed
            GET  | /a      | [2001:db8::1]:80          | proceed
            GET  | /a      | shop.example              | hosts 421 misdirected-request
            GET  | /a      | evilshop.example          | hosts 421 misdirected-request
            GET  | /a      | shop.example.com.evil.com | hosts 421 misdirected-request
            GET  | /a      | localhost                 | hosts 421 misdirected-request
            GET  | /health | localhost                 | proceed
            POST | /health | localhost                 | hosts 421 misdirected-request
            """)
    void onlyTheNamedOnesAreServed(String method, String path, String host, String outcome) {
        try (var gate = gate(HOSTS)) {
            assertThat(outcome(gate, RecordedWire.of(method, path).with("Host", host)))
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "'*.com'", "https://a.example", "a.example:80", "a b", "''", "'*.*.example'"})
    void mistakesStopTheStart(String host) {
        assertThatThrownBy(() -> gate("hosts: { allow: [" + host.replace("*", "*") + "] }"))
                .isInstanceOf(ConfigurationException.class);
    }
}
