package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.fetch.Answers;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fetch.CannotTell;
import dev.portcullis.http.Json;
import dev.portcullis.http.Shown;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server elsewhere whether the request may be, such as Open Policy Agent. Thread-safe.
 *
 * <p>It is sent <code>{"input": {...}}</code> with the attributes that are named, and nothing else of the request, and answers
 * <code>{"result": true}</code> or <code>{"result": {"allow": true}}</code>. An answer is kept for as long as is said, by all that was
 * sent. Whoever does not answer in time, answers anything else, or has failed five times in a row, has not told: that is an exception.
 *
 * <p>Codes: 403 {@code not-permitted}; 401 {@code authentication-required} when the caller is sent and nobody knows who calls.
 */
@TrustedBase
public final class Callout implements Check {

    /** How long a request waits, unless told otherwise: a second. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    /** How long a request waits at most: 10 seconds. */
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

    /** How long an answer is kept at most: 5 minutes. */
    public static final Duration MAX_CACHE = Duration.ofMinutes(5);

    /** The longest document that is sent, in bytes. */
    static final int MAX_SENT = 128 * 1024;

    /** The longest answer, in bytes. */
    static final int MAX_ANSWER = 64 * 1024;

    /** How many answers are kept. */
    private static final int MAX_KEPT = 10_000;

    private static final Verdict.Deny UNDEFINED =
            Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("callout-undefined"));

    private final Server server;
    private final Inputs inputs;
    private final BoundedClient client;
    private final Clock clock;
    private final Answers<String, Answer> answers;

    /**
     * Who is asked. Immutable.
     *
     * @param url where
     * @param token what the gate proves itself by, as a bearer token; null when it need not
     * @param timeout how long a request waits
     * @param cache how long an answer is kept
     */
    public record Server(URI url, @Nullable String token, Duration timeout, Duration cache) {

        /** Checks the times. */
        public Server {
            requireNonNull(url, "url");
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("timeout: `" + timeout + "` (expected: up to 10 seconds)");
            }
            if (cache.isNegative() || cache.compareTo(MAX_CACHE) > 0) {
                throw new IllegalArgumentException("cache: `" + cache + "` (expected: up to 5 minutes)");
            }
        }

        /** Does not show the token. */
        @Override
        public String toString() {
            return "Server[" + url + "]";
        }
    }

    /** What the server has answered, at a time, and for how long it holds. */
    private record Answer(Verdict verdict, long at, long span) implements Answers.Kept {

        @Override
        public boolean holds(long now) {
            return now >= at && now - at < span;
        }
    }

    private Callout(Server server, Inputs inputs, BoundedClient client, Clock clock) {
        this.server = requireNonNull(server, "server");
        this.inputs = requireNonNull(inputs, "inputs");
        this.client = requireNonNull(client, "client");
        this.clock = requireNonNull(clock, "clock");
        this.answers = new Answers<>("callout `" + server.url() + "`", clock, server.timeout(), MAX_KEPT);
    }

    /** The check that asks this server, by this client, and tells it this. */
    public static Callout of(Server server, Inputs inputs, BoundedClient client, Clock clock) {
        return new Callout(server, inputs, client, clock);
    }

    @Override
    public Verdict check(Request request) {
        if (inputs.asksCaller() && request.principal() == null) {
            return Authorization.NOBODY;
        }
        try {
            return decided(inputs.document(request));
        } catch (Undecided e) {
            return Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("callout-undecided", e.why()));
        }
    }

    private Verdict decided(byte[] document) {
        if (document.length > MAX_SENT) {
            throw new CannotTell("callout `" + server.url() + "`: more than " + MAX_SENT + " bytes to send");
        }
        var key = hash(document);
        var kept = answers.kept(key);
        return (kept == null ? answers.await(key, () -> ask(document)) : kept).verdict();
    }

    private CompletableFuture<Answer> ask(byte[] document) {
        var request = HttpRequest.newBuilder(server.url())
                .timeout(server.timeout())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(document));
        if (server.token() != null) {
            request.header("Authorization", "Bearer " + server.token());
        }
        return client.send(request.build(), MAX_ANSWER, server.timeout()).thenApply(this::read);
    }

    private Answer read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new CannotTell("answers " + response.statusCode() + " (expected: 200)");
        }
        return new Answer(
                verdict(response.body()), clock.millis(), server.cache().toMillis());
    }

    /** The verdict that an answer is. One without a result is a policy that does not speak of the request. */
    static Verdict verdict(byte[] body) {
        if (!(Json.read(body) instanceof Json.Read read) || !read.node().isObject()) {
            throw new CannotTell("an answer that is no strict JSON object");
        }
        var result = read.node().get("result");
        if (result == null) {
            return UNDEFINED;
        }
        var allow = result.isObject() ? result.path("allow") : result;
        if (!allow.isBoolean()) {
            throw new CannotTell("an answer whose `result` is neither true nor false");
        }
        var reason = Shown.of(result.path("reason").asText(""));
        return allow.booleanValue()
                ? Verdict.pass()
                : Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("callout-denied", reason));
    }

    private static String hash(byte[] document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
