package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.Forwarding;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fields behind the content, of requests and of responses. */
class TrailersTest extends Answering {

    private static final String GET =
            "GET / HTTP/1.1\r\nHost: localhost\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Transfer-Encoding: chunked\r\nTrailer: X-Sum, X-User\r\n\r\n"
            + "2\r\nab\r\n0\r\nX-Sum: 1\r\nX-User: root\r\n\r\n";

    /** All that comes over the wire. */
    private static String ask(Container.Kind kind, String request, Application application) throws Exception {
        var set = PolicySet.builder()
                .first(Rule.enforce("a", asked -> Verdict.pass()))
                .otherwiseProceed();
        var filter = new PortcullisFilter(Engine.of(set, Listener.NONE), Forwarding.NONE, Routes.UNKNOWN);
        try (var container = kind.start(filter, Map.of("/", servlet(application)));
                var socket = new Socket("127.0.0.1", container.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepTheirLineBreaksToThemselves(Container.Kind kind) throws Exception {
        var sent = ask(kind, GET, (request, response) -> {
            response.setHeader("Trailer", "X-Sum");
            response.setTrailerFields(() -> Map.of("X-Sum", "a\r\nX-Planted: 1"));
            response.getOutputStream().write(new byte[20_000]);
        });

        assertThat(sent).containsIgnoringCase("\r\nX-Sum: aX-Planted: 1\r\n");
        assertThat(sent).doesNotContainIgnoringCase("\nX-Planted");
    }

    /** Tomcat hands on only those that it was told to. */
    @ParameterizedTest
    @EnumSource
    void nameNoCaller(Container.Kind kind) throws Exception {
        var sent = ask(kind, POST, (request, response) -> {
            request.getInputStream().readAllBytes();
            response.getWriter().print("seen " + new TreeMap<>(request.getTrailerFields()));
        });

        assertThat(sent).containsIgnoringCase(kind == Container.Kind.TOMCAT ? "seen {}" : "seen {x-sum=1}");
    }
}
