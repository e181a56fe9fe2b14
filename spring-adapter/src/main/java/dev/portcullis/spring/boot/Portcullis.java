package dev.portcullis.spring.boot;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Reply;
import dev.portcullis.Rule;
import dev.portcullis.abuse.Logins;
import dev.portcullis.config.Gate;
import dev.portcullis.config.Management;
import dev.portcullis.config.Readiness;
import dev.portcullis.outbound.Outbound;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Replies;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate of this application, and the filter that stands before it is up.
 *
 * <p>The container creates its filters before the application's handlers are known. Until they are, every request is denied.
 * Thread-safe.
 */
final class Portcullis implements Filter, AutoCloseable {

    private static final Reply NOT_READY = Reply.problem(503, "could-not-tell").with("Retry-After", "5");

    private final List<Consumer<Gate>> waiting = new ArrayList<>();
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable Up up;

    /** What there is once the handlers are known. */
    private record Up(Gate gate, PortcullisFilter filter, HandlerMethods handlers) {}

    void start(Gate gate, PortcullisFilter filter, HandlerMethods handlers) {
        starting.lock();
        try {
            up = new Up(gate, filter, handlers);
            waiting.forEach(one -> one.accept(gate));
            waiting.clear();
        } finally {
            starting.unlock();
        }
    }

    /** Tells somebody of the gate: now, or when it is up. */
    void whenUp(Consumer<Gate> one) {
        starting.lock();
        try {
            var now = up;
            if (now == null) {
                waiting.add(one);
            } else {
                one.accept(now.gate);
            }
        } finally {
            starting.unlock();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var now = up;
        if (now != null) {
            now.filter.doFilter(request, response, chain);
        } else {
            Replies.deny(NOT_READY, (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    Rule.Mode mode() {
        return requireNonNull(up, "up").gate.mode();
    }

    /** Whether the gate can judge what its configuration speaks of. */
    Readiness readiness() {
        return requireNonNull(up, "up").gate.readiness();
    }

    /** What operators see of the gate and do to it. */
    Management management() {
        return requireNonNull(up, "up").gate.management();
    }

    int auditOneIn() {
        var now = up;
        return now == null ? 1 : now.gate.auditOneIn();
    }

    Outbound outbound() {
        var now = up;
        return now == null ? Outbound.NOWHERE : now.gate.outbound();
    }

    Logins logins() {
        return requireNonNull(up, "up").gate.logins();
    }

    HandlerMethods handlers() {
        return requireNonNull(up, "up").handlers;
    }

    @Override
    public void close() {
        var now = up;
        if (now != null) {
            now.gate.close();
        }
    }
}
