package dev.portcullis.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A management endpoint, and by what an operator proves who he is. Filled in by picocli, for one command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Remote {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ELSEWHERE = "help: is --url the management endpoint, such as"
            + " https://orders.example.com/actuator/portcullis, is it exposed, and does a policy cover it?";
    private static final long MAX_SECRET = 64 * 1024;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The management endpoint, such as https://orders.example.com/actuator/portcullis.")
    private URI url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the operator's bearer token.")
    private @Nullable Path tokenFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the operator's API key.")
    private @Nullable Path keyFile;

    /** Sends an order, prints what the endpoint says, and returns the exit code. */
    int post(String action, ObjectNode order, CommandSpec spec) throws IOException {
        var body = BodyPublishers.ofString(order.toString());
        return send(
                request("/" + action).header("Content-Type", "application/json").POST(body), spec);
    }

    /** Lifts a denial, prints what the endpoint says, and returns the exit code. */
    int delete(String id, CommandSpec spec) throws IOException {
        if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new ParameterException(spec.commandLine(), "ID: not one (expected: that of a denial)");
        }
        return send(request("/denials/" + id).DELETE(), spec);
    }

    /** A secret travels by https alone, or to this host. */
    private HttpRequest.Builder request(String path) throws IOException {
        var host = String.valueOf(url.getHost());
        var here = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
        if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && here)) {
            throw new IOException("--url: expected `https`, or `http` to the loopback address");
        }
        var text = url.toString();
        var root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
        if (tokenFile != null) {
            request.header("Authorization", "Bearer " + secret(tokenFile));
        }
        return keyFile == null ? request : request.header("X-API-Key", secret(keyFile));
    }

    private static String secret(Path file) throws IOException {
        if (Files.size(file) > MAX_SECRET) {
            throw new IOException("`" + file + "` is longer than any token");
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IOException("`" + file + "` holds no token");
        }
        return text;
    }

    private static int send(HttpRequest.Builder request, CommandSpec spec) throws IOException {
        try {
            var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            var answer = client.send(request.build(), BodyHandlers.ofString());
            var well = answer.statusCode() == 200;
            var line = spec.commandLine();
            (well ? line.getOut() : line.getErr()).println(answer.statusCode() + " " + plain(answer.body()));
            if (isElsewhere(answer)) {
                line.getErr().println(ELSEWHERE);
            }
            return well ? Main.OK : Main.FOUND;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IOException("--url: nobody answers there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether that was said by something else than the management endpoint, which tells each refusal's code. */
    private static boolean isElsewhere(HttpResponse<String> answer) {
        var status = answer.statusCode();
        var body = answer.body();
        return status == 405
                || status == 404 && !body.contains("\"code\"")
                || status == 403 && body.contains("\"no-policy\"");
    }

    private static String plain(String text) {
        var cut = text.length() <= 2000 ? text : text.substring(0, 2000);
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
