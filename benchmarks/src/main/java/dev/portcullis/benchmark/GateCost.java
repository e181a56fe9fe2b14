package dev.portcullis.benchmark;

import dev.portcullis.fixture.IdentityProvider;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The server's CPU for a request through all six checks, beside the same service without the gate.
 *
 * <p>Both services run at the same time in JVMs of their own and are asked in turn, gated, bare, bare, gated, so that whatever else
 * the machine does meets both. The figure is the ratio of each such four, with the interval that holds the median of them with a
 * confidence of 95 %.
 */
public final class GateCost {

    private static final int FOURS = 12;
    private static final int REQUESTS = 20_000;
    private static final int WARMUP = 60_000;
    private static final int TOKEN_SECONDS = 7_200;

    private GateCost() {}

    /** One service in its JVM, and a connection to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Served(Process process, Socket socket, InputStream in, byte[] request) implements AutoCloseable {

        static Served start(byte[] request, String... arguments) throws IOException {
            var command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServedOrders.class.getName()));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var port = Integer.parseInt(out.readLine());
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return new Served(process, socket, new BufferedInputStream(socket.getInputStream(), 1 << 16), request);
        }

        Duration cpu() {
            return process.toHandle().info().totalCpuDuration().orElseThrow();
        }

        /** Sends the requests one after the other; the server's CPU for each, in microseconds. */
        double ask(int times) throws IOException {
            var before = cpu();
            for (var i = 0; i < times; i++) {
                socket.getOutputStream().write(request);
                readResponse();
            }
            return cpu().minus(before).toNanos() / 1000.0 / times;
        }

        private void readResponse() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    throw new IOException("the service closed the connection after: " + head);
                }
                head.append((char) next);
            }
            if (!head.toString().startsWith("HTTP/1.1 200")) {
                throw new IOException("the service answered: " + head);
            }
            in.skipNBytes(lengthIn(head.toString().toLowerCase(Locale.ROOT)));
        }

        private static long lengthIn(String head) {
            var at = head.indexOf("content-length:");
            return at < 0
                    ? 0
                    : Long.parseLong(
                            head.substring(at + 15, head.indexOf('\r', at)).strip());
        }

        @Override
        public void close() throws IOException {
            socket.close();
            process.destroy();
        }
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        try (var provider = IdentityProvider.start(Clock.systemUTC())) {
            var token = provider.token()
                    .subject("alice")
                    .scope("orders:read")
                    .audience("orders-api")
                    .expiresIn(Duration.ofSeconds(TOKEN_SECONDS))
                    .sign();
            var request = request(token);
            try (var gated = Served.start(request, "gated", provider.issuer());
                    var bare = Served.start(request, "bare")) {
                gated.ask(WARMUP);
                bare.ask(WARMUP);
                print(fours(gated, bare));
            }
        }
    }

    private static byte[] request(String token) {
        return ("GET /api/orders?page=2&sort=date&q=wrought+iron HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0\r\n"
                        + "Accept: application/json\r\nAccept-Language: en-US,en;q=0.9\r\nAccept-Encoding: identity\r\n"
                        + "Origin: https://app.example.com\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static double[] fours(Served gated, Served bare) throws IOException {
        var ratios = new double[FOURS];
        for (var i = 0; i < FOURS; i++) {
            var first = gated.ask(REQUESTS);
            var without = bare.ask(REQUESTS) + bare.ask(REQUESTS);
            var with = first + gated.ask(REQUESTS);
            ratios[i] = with / without;
            System.err.printf(
                    Locale.ROOT, "%d of %d: %.1f us with, %.1f us without%n", i + 1, FOURS, with / 2, without / 2);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    /** Of twelve values, the third and the tenth hold the median between them with 96 %. */
    private static void print(double[] ratios) {
        System.out.printf(
                Locale.ROOT,
                "server CPU per request, with the gate / without: %.3f (%d interleaved fours, 95 %% interval %.3f to %.3f)%n",
                (ratios[FOURS / 2 - 1] + ratios[FOURS / 2]) / 2,
                FOURS,
                ratios[2],
                ratios[FOURS - 3]);
    }
}
