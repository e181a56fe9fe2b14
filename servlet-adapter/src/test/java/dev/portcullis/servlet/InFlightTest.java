package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.config.ApiKeyHash;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits of requests in flight in real containers, whose clients go away, whose handlers fail, and whose answers come late. */
class InFlightTest {

    private static final String POLICY = """
            clients:
              greedy: { api-keys: ["HASH-A"] }
              modest: { api-keys: ["HASH-B"] }
            policies:
              all:
                paths: [/**]
                public: true
                concurrency: { all: { permits: 50 }, each: { permits: 50, by: address } }
              late:
                paths: [/denied-later/**]
                public: true
                body: { max-size: 1B }
                concurrency: { late: { permits: 50 } }
              shared:
                paths: [/shared/**]
                authenticate: [api-key]
                concurrency: { fair: { permits: 10, share-by: client } }
            """;

    private static final String GREEDY = "a-key-of-greedy-0123456789abcdef";
    private static final String MODEST = "a-key-of-modest-0123456789abcdef";
    private static final int CLIENTS = 100;

    private final BlockingQueue<Ending> ended = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> entered = new LinkedBlockingQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Gate gate = Gate.builder(PolicyFile.parse(
                    "p.yml",
                    POLICY.replace("HASH-A", ApiKeyHash.of(GREEDY)).replace("HASH-B", ApiKeyHash.of(MODEST)),
                    name -> null))
            .listener(new Listener() {
                @Override
                public void ended(Request request, Outcome outcome, Ending ending, int status) {
                    ended.add(ending);
                }
            })
            .build();

    /** What a servlet does in a test. */
    private interface Application {
        void answer(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    private HttpServlet servlet(Application application) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                begun.incrementAndGet();
                entered.add(request.getRequestURI());
                try {
                    application.answer(request, response);
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private Map<String, HttpServlet> servlets() {
        var servlets = new HashMap<String, HttpServlet>();
        servlets.put("/write", servlet((request, response) -> writeUntilNobodyListens(response)));
        servlets.put("/write-later", servlet((request, response) -> {
            var context = request.startAsync();
            context.start(() -> {
                try {
                    writeUntilNobodyListens((HttpServletResponse) context.getResponse());
                } catch (IOException | RuntimeException e) {
                    completeOnce(context);
                }
            });
        }));
        servlets.put(
                "/read", servlet((request, response) -> request.getInputStream().readAllBytes()));
        servlets.put(
                "/denied-later/read",
                servlet((request, response) -> request.getInputStream().readAllBytes()));
        servlets.put(
                "/never", servlet((request, response) -> request.startAsync().setTimeout(50)));
        servlets.put("/later", servlet((request, response) -> {
            var context = request.startAsync();
            context.start(context::complete);
        }));
        servlets.put("/fail", servlet((request, response) -> {
            throw new IllegalStateException("planted");
        }));
        servlets.put("/fail-later", servlet((request, response) -> {
            if (request.getDispatcherType() == jakarta.servlet.DispatcherType.ASYNC) {
                throw new IllegalStateException("planted");
            }
            request.startAsync().dispatch();
        }));
        servlets.put("/error-later", servlet((request, response) -> {
            request.startAsync();
            throw new IllegalStateException("planted");
        }));
        servlets.put("/", servlet((request, response) -> response.setStatus(404)));
        servlets.put("/wait", servlet((request, response) -> released.await(20, TimeUnit.SECONDS)));
        servlets.put("/shared/wait", servlet((request, response) -> released.await(20, TimeUnit.SECONDS)));
        servlets.put("/shared/quick", servlet((request, response) -> response.setStatus(204)));
        servlets.put("/upgrade", servlet((request, response) -> {
            response.setStatus(101);
            response.setHeader("Upgrade", "echo");
            response.setHeader("Connection", "Upgrade");
            request.upgrade(Echo.class);
        }));
        return servlets;
    }

    /** Tomcat ends an exchange by itself when its connection breaks, and then wants to hear of no second end. */
    private static void completeOnce(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            assertThat(e).isNotNull();
        }
    }

    private static void writeUntilNobodyListens(HttpServletResponse response) throws IOException {
        var content = new byte[64 << 10];
        for (var i = 0; i < 10_000; i++) {
            response.getOutputStream().write(content);
            response.flushBuffer();
        }
        throw new AssertionError("640 MB, and somebody still listened");
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

    @ParameterizedTest
    @EnumSource
    void deniesWhileTooManyAreInFlightAndLetsThroughAfterwards(Container.Kind kind) throws Exception {
        try (var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), servlets())) {
            var waiting = new ArrayList<Socket>();
            for (var i = 0; i < 50; i++) {
                waiting.add(send(container, "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assertThat(entered.poll(10, TimeUnit.SECONDS)).isEqualTo("/wait");
            }
            assertThat(inFlight()).contains(50);
            var denied = RawHttp.to("127.0.0.1", container.port())
                    .send("GET /nobody HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(denied.status()).as("%s %s", denied, inFlight()).isIn(429, 503);
            assertThat(denied.value("Retry-After")).isPresent();
            released.countDown();

            endings(51);
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
                assertThat(entered.poll(10, TimeUnit.SECONDS)).isEqualTo("/shared/wait");
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

    private List<Integer> inFlight() {
        return gate.concurrency().limits().stream()
                .map(report -> report.inFlight())
                .toList();
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

    private List<Ending> endings(int count) throws InterruptedException {
        var endings = new ArrayList<Ending>();
        for (var i = 0; i < count; i++) {
            var ending = ended.poll(30, TimeUnit.SECONDS);
            assertThat(ending).as("the end of exchange %s of %s", i + 1, count).isNotNull();
            endings.add(ending);
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
                    assertThat(entered.poll(10, TimeUnit.SECONDS)).isNotNull();
                }
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private static Socket send(Container container, String request) throws IOException {
        var socket = new Socket("127.0.0.1", container.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Another protocol. */
    public static final class Echo implements HttpUpgradeHandler {

        /** For the container. */
        public Echo() {}

        @Override
        public void init(WebConnection connection) {
            try {
                connection.getInputStream().setReadListener(new Deaf());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void destroy() {}
    }

    private static final class Deaf implements ReadListener {

        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable failure) {}
    }
}
