package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fetch.CannotTell;
import dev.portcullis.http.MediaType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks one issuer about tokens, never following a redirect, within bounds of time and size. Thread-safe. */
@TrustedBase
final class Introspector {

    /** The largest answer, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private final String issuer;
    private final IntrospectionEndpoint endpoint;
    private final Clock clock;
    private final Executor executor;
    private final BoundedClient client;
    private final AtomicReference<@Nullable CompletableFuture<URI>> discovered = new AtomicReference<>();

    Introspector(String issuer, IntrospectionEndpoint endpoint, Clock clock, Executor executor) {
        this.issuer = issuer;
        this.endpoint = endpoint;
        this.clock = clock;
        this.executor = executor;
        this.client = new BoundedClient(executor, endpoint.timeout());
    }

    /** What the issuer says of a token, as bytes. */
    CompletableFuture<byte[]> ask(String token) {
        return address().thenCompose(uri -> send(question(uri, token)));
    }

    private HttpRequest question(URI uri, String token) {
        var form = new LinkedHashMap<String, String>();
        form.put("token", token);
        form.put("token_type_hint", "access_token");
        form.putAll(endpoint.proof().form(issuer, clock));
        var request = HttpRequest.newBuilder(uri)
                .timeout(endpoint.timeout())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        var authorization = endpoint.proof().authorization();
        return authorization == null
                ? request.build()
                : request.header("Authorization", authorization).build();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private CompletableFuture<URI> address() {
        if (endpoint.address() != null) {
            return CompletableFuture.completedFuture(endpoint.address());
        }
        var known = discovered.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        var mine = new CompletableFuture<URI>();
        var other = discovered.compareAndExchange(known, mine);
        if (other != known) {
            return other == null ? mine : other;
        }
        var metadata = HttpRequest.newBuilder(Fetcher.metadata(issuer))
                .timeout(endpoint.timeout())
                .header("Accept", "application/json")
                .build();
        var unused = send(metadata)
                .thenApply(bytes -> addressIn(issuer, bytes))
                .whenComplete((uri, failure) -> settle(mine, uri, failure));
        return mine;
    }

    private static void settle(CompletableFuture<URI> mine, @Nullable URI uri, @Nullable Throwable failure) {
        if (uri == null) {
            mine.completeExceptionally(failure == null ? new CannotTell("no metadata") : failure);
        } else {
            mine.complete(uri);
        }
    }

    /** The address of the endpoint, when the metadata are this issuer's own (RFC 8414, section 2). */
    static URI addressIn(String issuer, byte[] metadata) {
        var document = StrictJson.object(metadata);
        var named = document.path("issuer").asText("");
        if (!named.equals(issuer)) {
            throw new CannotTell("metadata name the issuer `" + named + "` (expected: `" + issuer + "`)");
        }
        var text = document.path("introspection_endpoint").asText("");
        if (text.isEmpty()) {
            throw new CannotTell("metadata name no `introspection_endpoint`");
        }
        var uri = KeySource.Address.http("introspection_endpoint", URI.create(text));
        if (issuer.startsWith("https:") && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new CannotTell("metadata name the endpoint `" + uri + "` (expected: https, as the issuer)");
        }
        return uri;
    }

    private CompletableFuture<byte[]> send(HttpRequest request) {
        return client.send(request, MAX_BYTES, endpoint.timeout()).thenApplyAsync(Introspector::body, executor);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new CannotTell(response.uri() + " answers " + response.statusCode() + " (expected: 200)");
        }
        var type = response.headers().firstValue("Content-Type").orElse("application/json");
        var media = MediaType.parseOrNull(type);
        if (media == null || !media.isJson()) {
            throw new CannotTell(response.uri() + " answers with `" + type + "` (expected: application/json)");
        }
        return response.body();
    }
}
