package dev.portcullis.fetch;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks other servers, never following a redirect, within bounds of time and size. No thread waits for an answer. Thread-safe. */
@TrustedBase
public final class BoundedClient {

    private final Executor executor;
    private final Duration connect;
    private final AtomicReference<@Nullable HttpClient> client = new AtomicReference<>();

    /** Works on this executor; connecting may take so long. */
    public BoundedClient(Executor executor, Duration connect) {
        this.executor = requireNonNull(executor, "executor");
        this.connect = requireNonNull(connect, "connect");
    }

    /** The client, made when first needed, as it has a thread of its own. Of two made at a time, one is forgotten. */
    private HttpClient client() {
        var made = client.get();
        if (made != null) {
            return made;
        }
        var mine = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        var other = client.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    /**
     * Sends a request.
     *
     * @param maxBytes how large the answer's body may be
     * @param within how long the whole answer may take, its body included
     */
    public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, int maxBytes, Duration within) {
        var answer = client().sendAsync(request, head -> new BoundedBytes(maxBytes));
        // the request's own time-out ends with the head; this one ends a body that trickles
        CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> answer.cancel(true));
        return answer.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(told(request.uri(), CannotTell.last(failure), failure)));
    }

    /** The failure, which says where nobody answers: the JDK's own says nothing. */
    private static Throwable told(URI uri, Throwable last, Throwable failure) {
        var place = "`" + uri.getScheme() + "://" + uri.getRawAuthority() + "`";
        if (last instanceof UnresolvedAddressException) {
            return new ConnectException("nobody knows the name in " + place);
        }
        return last instanceof ConnectException || last instanceof ClosedChannelException
                ? new ConnectException("no connection to " + place)
                : failure;
    }
}
