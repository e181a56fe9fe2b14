package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fetch.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Fetches key sets, never following a redirect, within bounds of time and size. No thread waits for an answer. Thread-safe. */
@TrustedBase
final class Fetcher {

    static final int MAX_BYTES = 256 * 1024;

    private static final String METADATA = "/.well-known/openid-configuration";

    private final Executor executor;
    private final Delays delays;
    private final BoundedClient client;

    Fetcher(Executor executor, Delays delays) {
        this.executor = executor;
        this.delays = delays;
        this.client = new BoundedClient(executor, delays.connect());
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
        return client.send(request, MAX_BYTES, bound).thenApplyAsync(Fetcher::body, executor);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.uri() + " answers " + response.statusCode() + " (expected: 200)");
        }
        return response.body();
    }

    private static byte[] read(Path path) {
        try {
            return new WholeFile(path).read(MAX_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
