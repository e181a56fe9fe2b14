package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.outbound.Outbound;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one request leads to, with what of it goes along to the hosts that are named.
 *
 * <p>It is handed on explicitly, to whatever thread makes the call, while the request is being answered. Thread-safe.
 */
public final class Onward {

    private final Outbound outbound;
    private final Request request;
    private final @Nullable Principal caller;

    private Onward(Outbound outbound, Request request, @Nullable Principal caller) {
        this.outbound = outbound;
        this.request = request;
        this.caller = caller;
    }

    /**
     * The calls of this request.
     *
     * @param outbound the hosts, such as those of {@link dev.portcullis.config.Gate#outbound}
     * @throws IllegalStateException when the gate has not seen the request
     */
    public static Onward of(ServletRequest request, Outbound outbound) {
        var exchange = Exchange.of(request);
        if (exchange == null) {
            throw new IllegalStateException("the gate has not seen the request (expected: one behind the filter)");
        }
        // What is read once is kept: other threads may ask when the container reads the next request already.
        var view = exchange.view();
        requireNonNull(view.headers(), "headers");
        requireNonNull(view.id(), "id");
        return new Onward(requireNonNull(outbound, "outbound"), view, exchange.caller());
    }

    /**
     * The fields that go along to the target, for clients of other kinds. They must not follow redirects, which may lead elsewhere.
     *
     * @throws IllegalStateException when the caller's token is bound to its sender
     */
    public List<Header> along(URI target) {
        return outbound.along(target, request, caller);
    }

    /**
     * Sends the call. Fields that it has already stay as they are.
     *
     * @throws IllegalArgumentException when the client follows redirects, which would take along what is meant for one host alone
     * @throws IllegalStateException when the caller's token is bound to its sender
     */
    public <T> HttpResponse<T> send(HttpClient client, HttpRequest call, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return refusingRedirects(client).send(laden(call), handler);
    }

    private static HttpClient refusingRedirects(HttpClient client) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "client: follows redirects (expected: `Redirect.NEVER`, for a redirect may lead anywhere)");
        }
        return client;
    }

    private HttpRequest laden(HttpRequest call) {
        var fields = along(call.uri());
        if (fields.isEmpty()) {
            return call;
        }
        var laden = HttpRequest.newBuilder(call, (name, value) -> true);
        for (var field : fields) {
            if (call.headers().firstValue(field.name()).isEmpty()) {
                laden.setHeader(field.name(), field.value());
            }
        }
        return laden.build();
    }
}
