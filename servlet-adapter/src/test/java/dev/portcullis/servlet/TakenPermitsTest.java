package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits of requests in flight that are all taken, in real containers. */
class TakenPermitsTest extends Flights {

    private static final int PERMITS = 50;

    TakenPermitsTest() {
        super(PERMITS);
    }

    @ParameterizedTest
    @EnumSource
    void deniesWhileTooManyAreInFlightAndLetsThroughAfterwards(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            var waiting = new ArrayList<Socket>();
            for (var i = 0; i < PERMITS; i++) {
                waiting.add(send(container, "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assertThat(entered.poll(30, TimeUnit.SECONDS)).isEqualTo("/wait");
            }
            assertThat(inFlight()).contains(PERMITS);
            var denied = RawHttp.to("127.0.0.1", container.port())
                    .send("GET /nobody HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(denied.status()).as("%s %s", denied, inFlight()).isIn(429, 503);
            assertThat(denied.value("Retry-After")).isPresent();
            released.countDown();

            endings(PERMITS + 1);
            assertThat(inFlight()).containsOnly(0);
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatFloodsLeavesAnotherItsShare(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            var greedy = new ArrayList<Socket>();
            for (var i = 0; i < 8; i++) {
                greedy.add(send(
                        container,
                        "GET /shared/wait HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + GREEDY + "\r\n\r\n"));
                assertThat(entered.poll(30, TimeUnit.SECONDS)).isEqualTo("/shared/wait");
            }
            for (var i = 0; i < 50; i++) {
                var flood = keyed(container, "/shared/quick", GREEDY);
                assertThat(flood.status()).isEqualTo(429);
                assertThat(keyed(container, "/shared/quick", MODEST).status()).isEqualTo(204);
            }
            released.countDown();

            endings(8 + 100);
            assertThat(inFlight()).containsOnly(0);
            assertThat(keyed(container, "/shared/quick", GREEDY).status()).isEqualTo(204);
            for (var socket : greedy) {
                socket.close();
            }
        }
    }

    private static RawResponse keyed(Container container, String path, String key) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: " + key
                        + "\r\n\r\n");
    }
}
