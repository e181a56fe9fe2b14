package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Fetches key sets, never following a redirect, within bounds of time and size. No thread waits for an answer. Thread-safe. */
@TrustedBase
final class Fetcher {

    static final int MAX_BYTES = 256 * 1024;

    private static final String METADATA = "/.well-known/openid-configuration";

    private final Executor executor;
    private final Delays delays;
    private final AtomicReference<@Nullable HttpClient> client = new AtomicReference<>();

    Fetcher(Executor executor, Delays delays) {
        this.executor = executor;
        this.delays = delays;
    }

    /** The client, made when first needed, as it has a thread of its own. Of two made at a time, one is forgotten. */
    private HttpClient client() {
        var made = client.get();
        if (made != null) {
            return made;
        }
        var mine = HttpClient.newBuilder()
                .connectTimeout(delays.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        var other = client.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    /** The key set of the issuer, as bytes. */
    CompletableFuture<byte[]> fetch(Issuer issuer) {
        var source = issuer.keySource();
        var bound = delays.within(issuer.keyCare().timeout()).answer();
        if (source instanceof KeySource.Address address) {
            return get(address.jwks(), bound);
        }
        if (source instanceof KeySource.File file) {
            return CompletableFuture.supplyAsync(() -> read(file.path()), executor);
        }
        return get(metadata(issuer.issuer()), bound).thenCompose(bytes -> get(keysOf(issuer.issuer(), bytes), bound));
    }

    static URI metadata(String issuer) {
        var end = issuer.endsWith("/") ? issuer.length() - 1 : issuer.length();
        return KeySource.Address.http("issuer", URI.create(issuer.substring(0, end) + METADATA));
    }

    /** The address of the keys, when the metadata are this issuer's own. */
    static URI keysOf(String issuer, byte[] metadata) {
        var document = StrictJson.object(metadata);
        var named = document.path("issuer").asText("");
        if (!named.equals(issuer)) {
            throw new IllegalStateException("metadata name the issuer `" + named + "` (expected: `" + issuer + "`)");
        }
        var keys = KeySource.Address.http(
                "jwks_uri", URI.create(document.path("jwks_uri").asText("")));
        if (issuer.startsWith("https:") && !"https".equalsIgnoreCase(keys.getScheme())) {
            throw new IllegalStateException("metadata name the keys `" + keys + "` (expected: https, as the issuer)");
        }
        return keys;
    }

    private CompletableFuture<byte[]> get(URI uri, Duration bound) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(bound)
                .header("Accept", "application/json")
                .build();
        var answer = client().sendAsync(request, head -> new BoundedBytes(MAX_BYTES));
        // the request's own time-out ends with the head; this one ends a body that trickles
        CompletableFuture.delayedExecutor(bound.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> answer.cancel(true));
        return answer.thenApplyAsync(Fetcher::body, executor);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.uri() + " answers " + response.statusCode() + " (expected: 200)");
        }
        return response.body();
    }

    private static byte[] read(Path path) {
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(path + ": more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
