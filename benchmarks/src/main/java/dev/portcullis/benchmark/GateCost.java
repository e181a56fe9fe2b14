package dev.portcullis.benchmark;

import dev.portcullis.fixture.FreePort;
import dev.portcullis.fixture.IdentityProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's CPU for a request through all six checks, with a verified token and no body, beside the same service without the
 * gate: a bare servlet in Tomcat, or the Spring Boot service of {@code examples/orders} where its jar is named. {@link Load} says how
 * clients ask.
 */
public final class GateCost {

    private static final int TOKEN_SECONDS = 7_200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> ALL_SIX = List.of(
            "--portcullis.response-headers.preset=none",
            "--portcullis.policies.orders-read.rate-limits.per-client.permits=1000000000",
            "--portcullis.policies.orders-read.ip.allow[0]=127.0.0.0/8",
            "--portcullis.policies.orders-read.attacks.mode=enforce",
            "--portcullis.policies.orders-read.body.schema={\"type\":\"object\"}",
            "--logging.level.dev.portcullis.audit=off");

    private GateCost() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            springBoot(arguments[0]);
        } else {
            servlet();
        }
    }

    private static void servlet() throws IOException {
        try (var provider = IdentityProvider.start(Clock.systemUTC())) {
            var request = request(provider.token()
                    .subject("alice")
                    .scope("orders:read")
                    .expiresIn(Duration.ofSeconds(TOKEN_SECONDS))
                    .sign());
            try (var gated = servlet(request, "gated", provider.issuer());
                    var bare = servlet(request, "bare")) {
                Fours.print("a servlet in Tomcat, " + Load.CHOSEN, gated, bare);
            }
        }
    }

    private static Served servlet(String request, String... arguments) throws IOException {
        var command = java("-cp", System.getProperty("java.class.path"), ServedOrders.class.getName());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Served(process, Integer.parseInt(out.readLine()), request);
    }

    private static void springBoot(String jar) throws IOException, InterruptedException {
        var provider = FreePort.find();
        try (var gated = springBoot(jar, provider, ALL_SIX);
                var bare = springBoot(
                        jar,
                        FreePort.find(),
                        List.of(
                                "--spring.autoconfigure.exclude=dev.portcullis.spring.boot.PortcullisAutoConfiguration"))) {
            Fours.print("a Spring Boot service in Tomcat, " + Load.CHOSEN, gated, bare);
        }
    }

    private static Served springBoot(String jar, int provider, List<String> arguments)
            throws IOException, InterruptedException {
        var port = FreePort.find();
        var command = java("-jar", jar, "--server.tomcat.max-keep-alive-requests=-1");
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("IDP_PORT", String.valueOf(provider));
        var process = builder.start();
        get("http://127.0.0.1:" + port + "/status");
        var token =
                get("http://127.0.0.1:" + provider + "/demo/token?sub=alice&scope=orders:read&ttl=" + TOKEN_SECONDS);
        return new Served(process, port, request(token.strip()));
    }

    /** Asks until there is an answer. */
    private static String get(String address) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> java(String... arguments) {
        var command =
                new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of(arguments));
        return command;
    }

    static String request(String token) {
        return "GET /api/orders?page=2&sort=date&q=wrought+iron HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0\r\n"
                + "Accept: application/json\r\nAccept-Language: en-US,en;q=0.9\r\nAccept-Encoding: identity\r\n"
                + "Origin: https://app.example.com\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }
}
