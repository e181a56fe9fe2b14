package dev.portcullis.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is believed about the caller's address in real containers. The peer is the loopback. */
class ProxiesTest {

    private static final String POLICY =
            "policies: { a: { paths: [/who], public: true, ip: { allow: [203.0.113.0/24] } } }\n";
    private static final String TRUSTED =
            "forwarded: { trusted: [127.0.0.1, 10.0.0.0/8], address: x-forwarded-for, scheme: x-forwarded-proto }\n";

    private static final HttpServlet WHO = new HttpServlet() {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print("served " + request.getRemoteAddr() + ", called by "
                            + request.getAttribute(PortcullisFilter.ADDRESS) + " over "
                            + request.getAttribute(PortcullisFilter.SCHEME));
        }
    };

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void aPeerThatIsNotTrustedIsNotBelieved(Container.Kind kind) throws Exception {
        try (var container = start(kind, POLICY, false)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9")).contains("address-denied");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void theCallerIsFoundThroughTwoTrustedHops(Container.Kind kind) throws Exception {
        try (var container = start(kind, TRUSTED + POLICY, false)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9, 10.0.0.2")).contains("served");
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9, 198.51.100.1, 10.0.0.2"))
                    .contains("address-denied");
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9\r\nConnection: X-Forwarded-For"))
                    .contains("address-denied");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void theApplicationIsToldWhoThatIs(Container.Kind kind) throws Exception {
        try (var container = start(kind, TRUSTED + POLICY, false)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https"))
                    .contains("served 127.0.0.1, called by 203.0.113.9 over https");
        }
        try (var container = start(kind, POLICY.replace("203.0.113.0/24", "127.0.0.1"), false)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https"))
                    .contains("called by 127.0.0.1 over http");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void aContainerThatReadsTheHeadersTooStopsTheStart(Container.Kind kind) throws Exception {
        try (var container = start(kind, TRUSTED + POLICY, true)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9, 10.0.0.2"))
                    .as("a container that starts all the same serves nothing")
                    .doesNotContain("served");
        } catch (Exception e) {
            assertThat(e).hasStackTraceContaining("the headers of proxies are read by");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void aContainerMayReadThemAlone(Container.Kind kind) throws Exception {
        try (var container = start(kind, POLICY, true)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9")).contains("served 203.0.113.9");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void requestsWhosePeerWasReplacedAreDeniedOnceTheGateReadsThemToo(Container.Kind kind) throws Exception {
        var gate = gate(POLICY);
        try (var container = kind.start(filter(gate), Map.of("/who", WHO), true)) {
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9")).contains("served");
            gate.reload(PolicyFile.parse("p.yml", TRUSTED + POLICY, name -> null));
            assertThat(ask(container, "X-Forwarded-For: 203.0.113.9, 10.0.0.2")).contains("could-not-tell");
        }
    }

    /** Jetty takes the scheme out of a target in absolute form. */
    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void nobodyComesOverHttpsBySayingSo(Container.Kind kind) throws Exception {
        var secure = "https: { plain: deny }\npolicies: { a: { paths: [/who], public: true } }\n";
        var proxied = "GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
        var absolute = "GET https://localhost/who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (var container = start(kind, secure, false)) {
            assertThat(RawHttp.to("127.0.0.1", container.port()).send(absolute).text())
                    .contains("https-required");
        }
        try (var container = start(kind, TRUSTED + secure, false)) {
            var http = RawHttp.to("127.0.0.1", container.port());
            assertThat(http.send(absolute).text()).contains("https-required");
            assertThat(http.send(proxied).text()).contains("served");
        }
        try (var container = start(kind, secure, true)) {
            assertThat(RawHttp.to("127.0.0.1", container.port()).send(proxied).text())
                    .contains("served");
        }
    }

    /** Nobody in the container reads the headers of proxies, but somebody could. */
    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void nobodyComesOverHttpsBySayingSoTwice(Container.Kind kind) throws Exception {
        var secure = "https: { plain: deny }\npolicies: { a: { paths: [/who], public: true } }\n";
        try (var container = start(kind, secure, false)) {
            for (var header : List.of("X-Forwarded-Proto: https", "Forwarded: proto=https", "X-Proxied-Https: on")) {
                var text = "GET https://localhost/who HTTP/1.1\r\nHost: localhost\r\n" + header
                        + "\r\nConnection: close\r\n\r\n";
                assertThat(RawHttp.to("127.0.0.1", container.port()).send(text).text())
                        .as(header)
                        .contains("https-required");
            }
        }
    }

    /** Tomcat takes no other scheme, Jetty takes any; without a version, Tomcat answers without a head. */
    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void nobodyComesByAnotherSchemeOrWithoutAVersion(Container.Kind kind) throws Exception {
        try (var container = start(kind, "policies: { a: { paths: [/who], public: true } }\n", false)) {
            for (var text : List.of(
                    "GET ftp://localhost/who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET /who\r\n\r\n")) {
                try (var socket = new Socket("127.0.0.1", container.port())) {
                    socket.getOutputStream().write(text.getBytes(US_ASCII));
                    assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                            .as(text)
                            .doesNotContain("served");
                }
            }
        }
    }

    /** Some proxies say of a handshake to WebSocket that it came by {@code wss}. */
    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void aHandshakeMayComeByASchemeOfItsOwn(Container.Kind kind) throws Exception {
        var open = "policies: { a: { paths: [/who], public: true } }\n";
        try (var container = start(kind, open, true)) {
            assertThat(ask(container, "X-Forwarded-Proto: wss")).contains("served");
            assertThat(ask(container, "X-Forwarded-Proto: ws")).contains("served");
        }
        try (var container = start(kind, open, false);
                var socket = new Socket("127.0.0.1", container.port())) {
            var text = "GET wss://localhost/who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .doesNotContain("served");
        }
    }

    @Test
    void theOneWhoReadsThemIsNamed() {
        assertThatThrownBy(() -> {
                    try (var container = start(Container.Kind.JETTY, TRUSTED + POLICY, true)) {
                        assertThat(container.port()).isPositive();
                    }
                })
                .hasStackTraceContaining("ForwardedRequestCustomizer");
    }

    private static Container start(Container.Kind kind, String yaml, boolean readsProxies) throws Exception {
        return kind.start(filter(gate(yaml)), Map.of("/who", WHO), readsProxies);
    }

    private static Gate gate(String yaml) {
        return Gate.builder(PolicyFile.parse("p.yml", yaml, name -> null)).build();
    }

    private static PortcullisFilter filter(Gate gate) {
        return new PortcullisFilter(gate, Routes.UNKNOWN);
    }

    private static String ask(Container container, String header) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET /who HTTP/1.1\r\nHost: localhost\r\n" + header
                        + (header.contains("Connection:") ? "" : "\r\nConnection: close") + "\r\n\r\n")
                .text();
    }
}
