package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.config.ApiKeyHash;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServlet;
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

/** An application behind permits of requests in flight, and the ends of its exchanges. */
abstract class Flights {

    private static final String POLICY = """
            clients:
              greedy: { api-keys: ["HASH-A"] }
              modest: { api-keys: ["HASH-B"] }
            policies:
              all:
                paths: [/**]
                public: true
                concurrency: { all: { permits: PERMITS }, each: { permits: PERMITS, by: address } }
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

    static final String GREEDY = "a-key-of-greedy-0123456789abcdef";
    static final String MODEST = "a-key-of-modest-0123456789abcdef";

    final BlockingQueue<Ending> ended = new LinkedBlockingQueue<>();
    final BlockingQueue<String> entered = new LinkedBlockingQueue<>();
    final AtomicInteger begun = new AtomicInteger();
    final CountDownLatch released = new CountDownLatch(1);
    final Gate gate;

    /** So many may be in flight. */
    Flights(int permits) {
        var policy = POLICY.replace("PERMITS", String.valueOf(permits))
                .replace("HASH-A", ApiKeyHash.of(GREEDY))
                .replace("HASH-B", ApiKeyHash.of(MODEST));
        gate = Gate.builder(PolicyFile.parse("p.yml", policy, name -> null))
                .listener(new Listener() {
                    @Override
                    public void ended(Request request, Outcome outcome, Ending ending, int status) {
                        ended.add(ending);
                    }
                })
                .build();
    }

    HttpServlet servlet(Application application) {
        return Application.servlet((request, response) -> {
            begun.incrementAndGet();
            entered.add(request.getRequestURI());
            application.answer(request, response);
        });
    }

    Map<String, HttpServlet> servlets() {
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
        servlets.put("/wait", servlet((request, response) -> released.await(60, TimeUnit.SECONDS)));
        servlets.put("/shared/wait", servlet((request, response) -> released.await(60, TimeUnit.SECONDS)));
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

    List<Integer> inFlight() {
        return gate.concurrency().limits().stream()
                .map(report -> report.inFlight())
                .toList();
    }

    List<Ending> endings(int count) throws InterruptedException {
        var endings = new ArrayList<Ending>();
        for (var i = 0; i < count; i++) {
            var ending = ended.poll(30, TimeUnit.SECONDS);
            assertThat(ending).as("the end of exchange %s of %s", i + 1, count).isNotNull();
            endings.add(ending);
        }
        return endings;
    }

    static Socket send(Container container, String request) throws IOException {
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
