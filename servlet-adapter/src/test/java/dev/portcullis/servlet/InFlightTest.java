package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.fixture.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits of requests in flight in real containers, whose clients go away, whose handlers fail, and whose answers come late. */
class InFlightTest extends Flights {

    private static final int CLIENTS = 100;

    /** More than there are clients: a container may take its time until it notices that one has gone. */
    InFlightTest() {
        super(3 * CLIENTS);
    }

    @ParameterizedTest
    @EnumSource
    void ahundredClientsThatGoAwayWhileTheyAreAnsweredLeaveNothingInFlight(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            goAway(container, "GET /write HTTP/1.1\r\nHost: localhost\r\n\r\n");
            goAway(container, "GET /write-later HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(endingsOfAll())
                    .hasSizeGreaterThan(CLIENTS)
                    .contains(Ending.ABORTED)
                    .doesNotContain(Ending.FAILED);
            assertThat(inFlight()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsThatGoAwayInTheMidstOfTheirBodyLeaveNothingInFlight(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            goAway(container, "POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nhalf a body");

            assertThat(endingsOfAll()).hasSize(CLIENTS);
            assertThat(inFlight()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverHandlersDoLeavesNothingInFlight(Container.Kind kind) throws Exception {
        var paths = List.of("/never", "/later", "/fail", "/fail-later", "/error-later", "/nobody");
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            for (var path : paths) {
                for (var i = 0; i < 10; i++) {
                    ask(container, path);
                }
            }

            endings(paths.size() * 10);
            assertThat(ended).as("each exchange ends once").isEmpty();
            assertThat(inFlight()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDenialInTheMidstOfABodyLeavesNothingInFlight(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            var response = RawHttp.to("127.0.0.1", container.port())
                    .send("POST /denied-later/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(413);
            assertThat(endings(1)).containsExactly(Ending.DENIED_LATER);
            assertThat(inFlight()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUpgradedConnectionHoldsNoPermit(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets());
                var socket = send(
                        container,
                        "GET /upgrade HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
            assertThat(endings(1)).containsExactly(Ending.UPGRADED);
            assertThat(inFlight()).containsOnly(0);
        }
    }

    /** Whatever a container answers when its application breaks. */
    private static void ask(Container container, String path) throws IOException {
        try (var socket =
                send(container, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            socket.getInputStream().readAllBytes();
        }
    }

    /** The ends of all exchanges that the application has begun; a container may drop a connection that is reset before that. */
    private List<Ending> endingsOfAll() throws InterruptedException {
        var endings = new ArrayList<Ending>();
        while (endings.size() < begun.get()) {
            endings.addAll(endings(1));
        }
        return endings;
    }

    /** A hundred clients, ten at a time, that reset their connections as soon as somebody has begun to answer, or has denied. */
    private void goAway(Container container, String request) throws Exception {
        for (var round = 0; round < CLIENTS / 10; round++) {
            var sockets = new ArrayList<Socket>();
            for (var i = 0; i < 10; i++) {
                sockets.add(send(container, request));
            }
            for (var socket : sockets) {
                if (request.startsWith("GET")) {
                    socket.getInputStream().readNBytes(1);
                } else {
                    assertThat(entered.poll(30, TimeUnit.SECONDS)).isNotNull();
                }
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }
}
