package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Ending;
import dev.portcullis.Engine;
import dev.portcullis.Outcome;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.config.Gate;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.View;
import dev.portcullis.servlet.ServletWire.Readers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of everything in the container.
 *
 * <p>Register it first, for all paths and all dispatcher types, with asynchronous support; and once more behind filters that change
 * the method or the path of requests. Thread-safe.
 */
public final class PortcullisFilter implements Filter {

    /** The request attribute with the {@link dev.portcullis.Principal} that calls; absent when nobody was identified. */
    public static final String PRINCIPAL = "dev.portcullis.principal";

    /** The request attribute with the correlation id. */
    public static final String REQUEST_ID = "dev.portcullis.requestId";

    /** The request attribute with the caller's address as text, through trusted proxies; {@code getRemoteAddr} is the peer's. */
    public static final String ADDRESS = "dev.portcullis.address";

    /** The request attribute with the scheme that the caller used, through trusted proxies; {@code getScheme} is the connection's. */
    public static final String SCHEME = "dev.portcullis.scheme";

    /** The request attribute with the nonce of this exchange, for the scripts and styles of its page. */
    public static final String NONCE = "dev.portcullis.nonce";

    private static final String HELP =
            "take it away, keep its url patterns from that servlet, or register the gate a second time, behind it";

    private final Engine engine;
    private final Doors doors;
    private final Sources sources;
    private final SessionCare care;
    private volatile @Nullable String other;

    /** A filter in front of this gate. */
    public PortcullisFilter(Gate gate, Routes routes) {
        this(gate, routes, Sessions.OF_THE_CONTAINER);
    }

    /** A filter in front of this gate, where a framework knows who has logged in. */
    public PortcullisFilter(Gate gate, Routes routes, Sessions sessions) {
        this(new Doors.OfGate(requireNonNull(gate, "gate")), new Sources(routes, sessions));
    }

    /** A filter that asks this engine. */
    public PortcullisFilter(Engine engine, Forwarding forwarding, Routes routes) {
        this(new Doors.OfEngine(engine, forwarding), new Sources(routes, Sessions.OF_THE_CONTAINER));
    }

    private PortcullisFilter(Doors doors, Sources sources) {
        this.engine = doors.engine();
        this.doors = doors;
        this.sources = sources;
        this.care = new SessionCare(sources.sessions());
    }

    /**
     * Starts to fetch what requests will be judged by.
     *
     * @throws ServletException when the gate believes proxies and somebody in the container reads their headers too, when it asks
     *     about files and no servlet takes multipart bodies, or when a filter changes the method and nobody judges the request
     *     again, or holds it against what was judged
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        var context = config.getServletContext();
        other = OtherReaders.in(context);
        if (other != null && doors.believesProxies()) {
            throw new ServletException(
                    "the headers of proxies are read by `" + other + "` too (take away either that, or `forwarded`)");
        }
        if (doors.asksForFiles() && MultipartLimits.takenByNobody(context)) {
            throw new ServletException(
                    "a policy has `uploads`, but no servlet takes multipart bodies (give one a multipart-config, in Spring `spring.servlet.multipart`)");
        }
        var changed = changedBehind(context, PortcullisFilter.class, sources.routes());
        if (changed != null) {
            throw new ServletException(changed + " (" + HELP + ")");
        }
        doors.open();
    }

    /**
     * Looks for a filter that changes the method of requests between a gate and a servlet that does not hold them against what was judged.
     *
     * @param gate the class under which the container knows the gate
     * @return what it does; null when none was found
     */
    public static @Nullable String changedBehind(ServletContext context, Class<? extends Filter> gate, Routes routes) {
        return new MethodChangers(context, gate, routes).unheld();
    }

    /** Tells whether it is known of every servlet that it takes no multipart bodies. */
    public static boolean partsAreTakenByNobody(ServletContext context) {
        return MultipartLimits.takenByNobody(context);
    }

    /** A reload may have begun to believe proxies. */
    private Readers readers() {
        if (!doors.believesProxies()) {
            return Readers.OTHERS;
        }
        return other == null ? Readers.GATE : Readers.BOTH;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("not HTTP (expected: an HTTP request; the gate lets nothing else through)");
        }
        var exchange = Exchange.of(request);
        if (exchange == null) {
            first(new Turn(asked, answer, chain));
        } else {
            try (var facts = LoggedFacts.of(exchange, doors.logged())) {
                requireNonNull(facts, "facts");
                again(exchange, new Turn(asked, answer, chain));
            }
        }
    }

    /** One call of the filter. */
    private record Turn(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {

        DispatcherType type() {
            return request.getDispatcherType();
        }
    }

    /** The request as it came, or the error page for one that the container turned away by itself. */
    private void first(Turn turn) throws IOException, ServletException {
        var view = view(turn, turn.type() == DispatcherType.ERROR ? Dispatch.ERROR : Dispatch.REQUEST);
        var outcome = engine.evaluate(view);
        var exchange = new Exchange(view, outcome, turn.request.getRequestURI(), doors.hidden());
        try {
            answer(exchange, view, turn);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            exchange.fail(e); // whatever broke, and wherever: nobody waits for an end that never comes
            throw e;
        }
    }

    private void answer(Exchange exchange, View view, Turn turn) throws IOException, ServletException {
        var outcome = exchange.outcome();
        exchange.attachTo(turn.request);
        if (outcome instanceof Outcome.Proceed proceed) {
            exchange.judged(new Judged(view, proceed));
        }
        try (var facts = LoggedFacts.of(exchange, doors.logged())) {
            requireNonNull(facts, "facts");
            if (outcome instanceof Outcome.Stop stop) {
                stop(exchange, stop, turn);
            } else {
                proceed(exchange, turn);
            }
        }
    }

    private View view(Turn turn, Dispatch dispatch) {
        return doors.view(new ServletWire(turn.request, dispatch, sources, readers()));
    }

    private static void stop(Exchange exchange, Outcome.Stop stop, Turn turn) throws IOException {
        try {
            Replies.send(stop, exchange, turn.response);
            exchange.end(Ending.ANSWERED, stop.reply().status());
        } catch (IOException e) {
            exchange.end(Ending.ABORTED, 0);
            throw e;
        }
    }

    private void proceed(Exchange exchange, Turn turn) throws IOException, ServletException {
        var response = GuardedResponse.of(turn.response, exchange, turn.request);
        var sessions = care.before(turn.request);
        var request = new GuardedRequest(turn.request, exchange, response, sessions);
        try {
            turn.chain.doFilter(request, response);
            exchange.finish(turn.request);
            sessions.after(turn.response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            if (exchange.deniedLater()) {
                exchange.end(Ending.DENIED_LATER, turn.response.getStatus());
                return;
            }
            if (withheld(e, response, turn)) {
                exchange.fail(e);
                return;
            }
            exchange.fail(e);
            throw e;
        }
        exchange.followEscaped(turn.request);
        if (!exchange.async()) {
            exchange.finish(turn.response.getStatus());
        }
    }

    /** Tells whether a rule answers in the place of the container, which then never hears of the failure: it goes to the log. */
    private static boolean withheld(Throwable failure, GuardedResponse response, Turn turn) throws IOException {
        var fatal = failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
        if (fatal || ClientGone.isCauseOf(failure) || !response.failed()) {
            return false;
        }
        turn.request.getServletContext().log("the application failed", failure);
        return true;
    }

    /** A later turn of a request that was judged: asynchronous, forwarded, included, or on to an error page. */
    private void again(Exchange exchange, Turn turn) throws IOException, ServletException {
        switch (turn.type()) {
            case ERROR -> errorPage(exchange, turn);
            case FORWARD, INCLUDE -> elsewhere(exchange, turn);
            case ASYNC -> {
                onward(exchange, turn);
                exchange.finish(turn.request);
            }
            // The filter stands there twice; what stands between may have changed the method, or turned the request to
            // another target.
            case REQUEST -> onward(exchange, turn);
        }
    }

    private void onward(Exchange exchange, Turn turn) throws IOException, ServletException {
        if (exchange.isFor(turn.request)) {
            turn.chain.doFilter(turn.request, turn.response);
        } else {
            elsewhere(exchange, turn);
        }
    }

    private void errorPage(Exchange exchange, Turn turn) throws IOException, ServletException {
        if (exchange.outcome() instanceof Outcome.Stop stop) {
            Replies.send(stop, exchange, turn.response);
            return;
        }
        var response = GuardedResponse.of(turn.response, exchange, turn.request);
        var request = new GuardedRequest(turn.request, exchange, response, care.before(turn.request));
        try {
            turn.chain.doFilter(request, response);
            exchange.finish(turn.request);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            if (!withheld(e, response, turn)) {
                throw e;
            }
        }
    }

    /** Another target inside the application: its own rules are asked, as far as they are for later turns. */
    private void elsewhere(Exchange exchange, Turn turn) throws IOException, ServletException {
        var view = view(turn, Dispatch.FORWARD);
        var outcome = engine.evaluate(view);
        var before = exchange.judged();
        try {
            if (outcome instanceof Outcome.Proceed proceed) {
                exchange.judged(new Judged(view, proceed));
                if (proceed.watch().asksHead()) {
                    judgedThere(exchange, new Exchange(view, proceed, view.rawPath(), doors.hidden()), turn);
                } else {
                    turn.chain.doFilter(turn.request, turn.response);
                }
            } else if (outcome instanceof Outcome.Stop stop) {
                stopLater(exchange, stop, turn);
            }
        } finally {
            exchange.judged(before);
            outcome.watch().ended(view, Ending.ANSWERED, turn.response.getStatus());
        }
    }

    /** The target's own rules see what it answers, before those of the request do. */
    private static void judgedThere(Exchange exchange, Exchange there, Turn turn) throws IOException, ServletException {
        var response = GuardedResponse.of(turn.response, there, turn.request);
        try {
            turn.chain.doFilter(turn.request, response);
            there.finish(turn.request);
        } finally {
            if (there.deniedLater()) {
                exchange.denyLater();
            }
        }
    }

    /** What is included is part of a page; what is forwarded to is all of it. */
    private static void stopLater(Exchange exchange, Outcome.Stop stop, Turn turn) throws IOException {
        var guarded = exchange.guarded();
        if (guarded != null && turn.type() != DispatcherType.INCLUDE) {
            guarded.stop(stop);
        } else {
            exchange.denyLater();
            Replies.send(stop, exchange, turn.response);
        }
    }
}
