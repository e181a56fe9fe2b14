package dev.portcullis.benchmark;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Flood;
import dev.portcullis.limit.InFlightReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * What floods over HTTP come to on a Tomcat or a Jetty with the gate in front: forged {@code X-Forwarded-For} from a peer that is not trusted and from
 * one that is, a key of each request's own, API keys with an identifier of each request's own, and connections that are reset before the
 * answer. Each line says how many were answered with which status, how long it took, and what the heap held before and after.
 */
public final class FloodLoad {

    private static final int REQUESTS = Integer.getInteger("requests", 1_000_000);
    private static final int ABORTED = Integer.getInteger("aborted", 20_000);
    private static final String POLICIES = """
              policies:
                address: { paths: [/address], public: true, rate-limits: { l: { permits: 100, per: 12h, by: address } } }
                header: { paths: [/header], public: true, rate-limits: { l: { permits: 1, per: 12h, by: address+header:x-key } } }
                key: { paths: [/key], authenticate: [api-key] }
                slow: { paths: [/slow], public: true, concurrency: { all: { permits: 8 } } }
              clients: { acme: { api-keys: ["sha256:0000000000000000000000000000000000000000000000000000000000000001"] } }
            """;
    private static final String TRUSTED = "  forwarded: { trusted: [127.0.0.0/8], address: x-forwarded-for }\n";

    private FloodLoad() {}

    /** Runs all of it and prints; takes {@code tomcat}, which is meant when nothing is said, or {@code jetty}. */
    public static void main(String[] arguments) throws Exception {
        var container = arguments.length == 0 ? "tomcat" : arguments[0];
        try (var gate = gate("");
                var server = Flooded.on(container, gate)) {
            flood("X-Forwarded-For from anybody", server, "/address", i -> "X-Forwarded-For: " + address(i));
            flood("X-Key of its own", server, "/header", i -> "X-Key: " + i);
            flood(
                    "X-API-Key of its own",
                    server,
                    "/key",
                    i -> "X-API-Key: pk_" + i + ".0123456789abcdef0123456789abcdef");
            abort(gate, server);
        }
        try (var gate = gate(TRUSTED);
                var server = Flooded.on(container, gate)) {
            flood("X-Forwarded-For by a trusted proxy", server, "/address", i -> "X-Forwarded-For: " + address(i));
            flood("X-Forwarded-For of one address", server, "/address", i -> "X-Forwarded-For: 203.0.113.9");
        }
    }

    private static Gate gate(String more) {
        return Gate.builder(PolicyFile.parse("flood.yml", "portcullis:\n" + more + POLICIES, name -> null))
                .build();
    }

    private static String address(int i) {
        return (1 + (i >> 24)) + "." + (i >> 16 & 0xff) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }

    private static void flood(String what, Flooded server, String path, IntFunction<String> field) throws IOException {
        var before = heap();
        var start = System.nanoTime();
        print(what, new Flood(server.port()).send(path, REQUESTS, field), start, before);
    }

    private static void print(String what, Map<Integer, Integer> seen, long start, long before) {
        var millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                Locale.ROOT, "%s: %s in %.0f s, heap %d MB, then %d MB%n", what, seen, millis / 1e3, before, heap());
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    /** Connections that are reset as soon as they have asked for something slow. */
    private static void abort(Gate gate, Flooded server) throws IOException {
        var before = heap();
        var start = System.nanoTime();
        var most = new AtomicInteger();
        var flood = new Flood(server.port());
        for (var i = 0; i < ABORTED; i++) {
            var pause = i % 16 == 0 ? 1_000_000 : 0;
            flood.reset("/slow", () -> {
                most.accumulateAndGet(inFlight(gate), Math::max);
                LockSupport.parkNanos(pause);
            });
        }
        var end = System.nanoTime();
        while (inFlight(gate) > 0
                && System.nanoTime() - end < Duration.ofSeconds(30).toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.printf(
                Locale.ROOT,
                "%d connections reset: at most %d in flight, %d left %.0f ms after the last%n",
                ABORTED,
                most.get(),
                inFlight(gate),
                (System.nanoTime() - end) / 1e6);
        print("reset", Map.of(), start, before);
    }

    private static int inFlight(Gate gate) {
        return gate.concurrency().limits().stream()
                .mapToInt(InFlightReport::inFlight)
                .sum();
    }
}
