package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.Forwarding;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fields that an application sends behind the content. */
class TrailersTest extends Answering {

    /** All that comes over the wire. */
    private static String get(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepTheirLineBreaksToThemselves(Container.Kind kind) throws Exception {
        var set = PolicySet.builder()
                .first(Rule.enforce("a", request -> Verdict.pass()))
                .otherwiseProceed();
        var filter = new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
        var servlet = servlet((request, response) -> {
            response.setHeader("Trailer", "X-Sum");
            response.setTrailerFields(() -> Map.of("X-Sum", "a\r\nX-Planted: 1"));
            response.getOutputStream().write(new byte[20_000]);
        });
        try (var container = kind.start(filter, Map.of("/", servlet))) {
            var sent = get(container.port());

            assertThat(sent).containsIgnoringCase("\r\nX-Sum: aX-Planted: 1\r\n");
            assertThat(sent).doesNotContainIgnoringCase("\nX-Planted");
        }
    }
}
