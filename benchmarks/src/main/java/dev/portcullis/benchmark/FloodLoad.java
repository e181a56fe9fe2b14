package dev.portcullis.benchmark;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.limit.InFlightReport;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * What floods over HTTP come to on a Tomcat with the gate in front: forged {@code X-Forwarded-For} from a peer that is not trusted and from
 * one that is, a key of each request's own, API keys with an identifier of each request's own, and connections that are reset before the
 * answer. Each line says how many were answered with which status, how long it took, and what the heap held before and after.
 */
public final class FloodLoad {

    private static final int REQUESTS = Integer.getInteger("requests", 1_000_000);
    private static final int ABORTED = Integer.getInteger("aborted", 20_000);
    private static final int AT_ONCE = 64;
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

    /** Runs all of it and prints; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (var gate = Gate.builder(PolicyFile.parse("flood.yml", "portcullis:\n" + POLICIES, name -> null))
                .build()) {
            var tomcat = service(gate);
            var port = tomcat.getConnector().getLocalPort();
            flood("X-Forwarded-For from anybody", port, "/address", i -> "X-Forwarded-For: " + address(i));
            flood("X-Key of its own", port, "/header", i -> "X-Key: " + i);
            flood(
                    "X-API-Key of its own",
                    port,
                    "/key",
                    i -> "X-API-Key: pk_" + i + ".0123456789abcdef0123456789abcdef");
            abort(gate, port);
            tomcat.stop();
            tomcat.destroy();
        }
        try (var gate = Gate.builder(PolicyFile.parse("flood.yml", "portcullis:\n" + TRUSTED + POLICIES, name -> null))
                .build()) {
            var tomcat = service(gate);
            var port = tomcat.getConnector().getLocalPort();
            flood("X-Forwarded-For by a trusted proxy", port, "/address", i -> "X-Forwarded-For: " + address(i));
            flood("X-Forwarded-For of one address", port, "/address", i -> "X-Forwarded-For: 203.0.113.9");
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static String address(int i) {
        return (1 + (i >> 24)) + "." + (i >> 16 & 0xff) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }

    private static void flood(String what, int port, String path, IntFunction<String> field) throws IOException {
        var before = heap();
        var start = System.nanoTime();
        var seen = new TreeMap<Integer, Integer>();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            for (var i = 0; i < REQUESTS; i += AT_ONCE) {
                var text = new StringBuilder();
                var count = Math.min(AT_ONCE, REQUESTS - i);
                for (var j = 0; j < count; j++) {
                    text.append("GET ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
                    text.append(field.apply(i + j)).append("\r\n\r\n");
                }
                socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
                new Statuses(socket).read(count, seen);
            }
        }
        print(what, seen, start, before);
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
    private static void abort(Gate gate, int port) throws IOException {
        var before = heap();
        var start = System.nanoTime();
        var most = 0;
        for (var i = 0; i < ABORTED; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream()
                        .write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                most = Math.max(most, inFlight(gate));
                LockSupport.parkNanos(i % 16 == 0 ? 1_000_000 : 0);
            }
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
                most,
                inFlight(gate),
                (System.nanoTime() - end) / 1e6);
        print("reset", Map.of(), start, before);
    }

    private static int inFlight(Gate gate) {
        return gate.concurrency().limits().stream()
                .mapToInt(InFlightReport::inFlight)
                .sum();
    }

    private static Tomcat service(Gate gate) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("flood").toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", null);
        var definition = new FilterDef();
        definition.setFilterName("portcullis");
        definition.setFilter(new PortcullisFilter(gate, Routes.UNKNOWN));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("portcullis");
        mapping.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "work", new Work()).addMapping("/");
        tomcat.start();
        return tomcat;
    }

    /** Says something, after a while on the slow path. */
    private static final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/slow")) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            response.getOutputStream().print("done");
        }
    }

    /** The statuses of answers that come one after another on a connection; what stands between is skipped. */
    private static final class Statuses {

        private static final String LINE = "HTTP/1.1 ";

        private final Socket socket;

        Statuses(Socket socket) {
            this.socket = socket;
        }

        /** Reads so many, and then what is left of the last as far as it has come. */
        void read(int count, Map<Integer, Integer> seen) throws IOException {
            var bytes = new byte[1 << 16];
            var matched = 0;
            var status = 0;
            for (var left = count; left > 0; ) {
                var length = socket.getInputStream().read(bytes);
                if (length < 0) {
                    throw new IOException("closed with " + left + " answers to come");
                }
                for (var i = 0; i < length; i++) {
                    if (matched < LINE.length()) {
                        matched = bytes[i] == LINE.charAt(matched) ? matched + 1 : bytes[i] == 'H' ? 1 : 0;
                        continue;
                    }
                    status = 10 * status + bytes[i] - '0';
                    if (++matched == LINE.length() + 3) {
                        seen.merge(status, 1, Integer::sum);
                        status = 0;
                        matched = 0;
                        left--;
                    }
                }
            }
        }
    }
}
