package dev.portcullis.spring.boot;

import dev.portcullis.Route;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Asks Spring's own handler mappings which method a request would run. Thread-safe. */
final class HandlerRoutes implements Routes {

    private final List<HandlerMapping> mappings;
    private final HandlerMethods handlers;
    private final LiteralRoutes literals;
    private final Map<String, Boolean> dispatchers = new ConcurrentHashMap<>();
    private volatile Servlet last = new Servlet("", true);

    /** A servlet of the container, and whether it runs handlers. Nearly all requests of an application go to one. */
    private record Servlet(String name, boolean dispatches) {}

    /**
     * Routes of these mappings.
     *
     * @param mappings all of them, in the order in which the dispatcher asks them
     */
    HandlerRoutes(List<HandlerMapping> mappings, HandlerMethods handlers) {
        this.mappings = List.copyOf(mappings);
        this.handlers = handlers;
        this.literals = new LiteralRoutes(this.mappings);
    }

    @Override
    public @Nullable Route of(HttpServletRequest request) {
        if (!reachesDispatcher(request)) {
            return null;
        }
        var known = literals.of(request);
        return known == null ? asked(request) : known;
    }

    /** The second lock holds what a dispatcher runs, and nothing that another servlet does. */
    @Override
    public boolean holds(ServletRegistration servlet) {
        var type = servlet.getClassName();
        return type != null && isDispatcher(type);
    }

    private @Nullable Route asked(HttpServletRequest request) {
        var asked = new AskedRequest(request);
        // A dispatcher that forwards has left the path that it was asked for.
        ServletRequestPathUtils.parseAndCache(asked);
        for (var mapping : mappings) {
            var chain = handlerOf(mapping, asked);
            if (chain != null) {
                var id = chain.getHandler() instanceof HandlerMethod handler ? handlers.known(handler) : null;
                return id == null ? null : literals.learn(mapping, request, asked, route(id, asked));
            }
        }
        return null;
    }

    /** Another servlet of the container does not run handlers, whatever its paths look like. */
    private boolean reachesDispatcher(HttpServletRequest request) {
        var name = request.getHttpServletMapping().getServletName();
        if (name == null || name.isEmpty()) {
            return true;
        }
        var before = last;
        if (!name.equals(before.name)) {
            before = new Servlet(
                    name, dispatchers.computeIfAbsent(name, any -> isDispatcher(any, request.getServletContext())));
            last = before;
        }
        return before.dispatches;
    }

    private static boolean isDispatcher(String name, ServletContext context) {
        var registration = context.getServletRegistration(name);
        return registration == null || registration.getClassName() == null || isDispatcher(registration.getClassName());
    }

    /** A class of the container's that an application does not see is none of Spring's. */
    private static boolean isDispatcher(String className) {
        try {
            return DispatcherServlet.class.isAssignableFrom(
                    ClassUtils.forName(className, HandlerRoutes.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static @Nullable HandlerExecutionChain handlerOf(HandlerMapping mapping, AskedRequest asked) {
        try {
            return mapping.getHandler(asked);
        } catch (HttpRequestMethodNotSupportedException
                | HttpMediaTypeNotSupportedException
                | HttpMediaTypeNotAcceptableException
                | ServletRequestBindingException e) {
            return null;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a handler mapping could not tell", e);
        }
    }

    private static Route route(String id, AskedRequest asked) {
        var template = asked.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var variables = new TreeMap<String, String>();
        if (asked.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> found) {
            found.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        return new Route(id, String.valueOf(template), variables);
    }
}
