package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.http.HiddenHeaders;
import dev.portcullis.http.Nonce;
import dev.portcullis.http.View;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request through all its turns in the container: what was judged, and that its end is told once. Thread-safe. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final String ATTRIBUTE = Exchange.class.getName();
    private static final AtomicReferenceFieldUpdater<Exchange, String> NONCE =
            AtomicReferenceFieldUpdater.newUpdater(Exchange.class, String.class, "nonce");

    private final String uri;
    private final HiddenHeaders hidden;
    private final View view;
    private final Outcome outcome;
    private volatile @Nullable GuardedResponse response;
    private volatile @Nullable String nonce;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Judged judged;
    private volatile boolean deniedLater;
    private volatile boolean async;

    /**
     * An exchange whose request was judged.
     *
     * @param hidden the headers that the application is not shown
     */
    Exchange(View view, Outcome outcome, String uri, HiddenHeaders hidden) {
        this.hidden = hidden;
        this.uri = uri;
        this.view = view;
        this.outcome = outcome;
    }

    /** The exchange that the request belongs to; null when the filter has not seen it. */
    static @Nullable Exchange of(ServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    View view() {
        return view;
    }

    /** Tells whether a header is kept from the application, since a client can forge a caller by it. */
    boolean hides(String header) {
        return hidden.contains(header);
    }

    /** What became of the request itself, before any later turn. */
    Outcome outcome() {
        return outcome;
    }

    /** What was judged last; null after a denial. */
    @Nullable
    Judged judged() {
        return judged;
    }

    void judged(@Nullable Judged last) {
        judged = last;
    }

    /** Whom the target's own rules have identified, else whom those of the request have; null when they have nobody. */
    @Nullable
    Principal caller() {
        var last = judged;
        var known = last == null ? null : last.outcome().principal();
        return known == null && outcome instanceof Outcome.Proceed proceed ? proceed.principal() : known;
    }

    boolean deniedLater() {
        return deniedLater;
    }

    void denyLater() {
        deniedLater = true;
    }

    /** Whether the application answers after the filter has returned. */
    boolean async() {
        return async;
    }

    /** Lets the container tell when an asynchronous answer ends. */
    void follow(AsyncContext context) {
        async = true;
        context.addListener(new Completion(this));
    }

    /** Tells whether the request is still the one that was judged, and has no other method or target by now. */
    boolean isFor(HttpServletRequest request) {
        return uri.equals(request.getRequestURI()) && view.method().equals(request.getMethod());
    }

    /** Tells the engine that the application answered. */
    void finish(int status) {
        end(status == HttpServletResponse.SC_SWITCHING_PROTOCOLS ? Ending.UPGRADED : Ending.ANSWERED, status);
    }

    /** Tells the engine that the application failed, or that the client went away. */
    void fail(Throwable cause) {
        var gone = ClientGone.isCauseOf(cause);
        end(gone ? Ending.ABORTED : Ending.FAILED, gone ? 0 : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    /** The value that nobody can guess, which is made when somebody first asks for it. */
    String nonce() {
        var made = nonce;
        if (made == null) {
            NONCE.compareAndSet(this, null, Nonce.made());
            made = requireNonNull(nonce, "nonce");
        }
        return made;
    }

    /** Tells the operator that a line break was kept out of a header field. */
    void stopped(String field) {
        outcome.watch().noticed(view, Verdict.Evidence.of("header-injection-stopped", field));
    }

    /** Where the application answers; null when it is not asked. */
    @Nullable
    GuardedResponse guarded() {
        return response;
    }

    /** The application has said all that it will, unless it goes on asynchronously. */
    void finish(HttpServletRequest request) throws IOException {
        var guarded = response;
        if (guarded == null) {
            return;
        }
        if (!request.isAsyncStarted()) {
            guarded.finish();
        } else if (!async) {
            guarded.escaped();
        }
    }

    /** Follows an asynchronous answer that was started on the container's own request; it may be over by now, as other threads have it. */
    void followEscaped(HttpServletRequest request) {
        if (async || !request.isAsyncStarted()) {
            return;
        }
        try {
            follow(request.getAsyncContext());
        } catch (IllegalStateException e) {
            async = false;
        }
    }

    /** The container has ended an asynchronous answer; what the gate still holds back went nowhere. */
    void completed() {
        var guarded = response;
        if (guarded != null && guarded.lost()) {
            outcome.watch().noticed(view, Verdict.Evidence.of("response-lost", "completed past the gate"));
            LOG.error(
                    "request {}: completed on the container's own request, so that what rules held back of the answer was not sent (expected: `startAsync` and `getAsyncContext` of the request that the application was given)",
                    view.id());
        }
    }

    /** Remembers where the application answers. */
    void answersBy(GuardedResponse guarded) {
        response = guarded;
    }

    private Watch.Sent sent(int status) {
        var guarded = response;
        return guarded == null ? Watch.Sent.of(status) : guarded.sent(status);
    }

    /** Tells the engine how it ended, if nobody has told it before. */
    void end(Ending ending, int status) {
        if (ended.compareAndSet(false, true)) {
            outcome.watch().ended(view, deniedLater ? Ending.DENIED_LATER : ending, sent(status));
        }
    }
}
