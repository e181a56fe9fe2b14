package dev.portcullis.spring.boot;

import dev.portcullis.Route;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Remembers the handlers that Spring finds by nothing but the method and a path without variables, so that it is not asked twice for
 * each request. Thread-safe.
 *
 * <p>There are no more of them than mappings in the application. Should Spring come to another handler all the same, because the
 * application has changed its mappings, the {@link SecondLock} denies.
 */
final class LiteralRoutes {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final List<HandlerMapping> mappings;

    /** The routes by method and path. */
    private final Map<String, Map<String, Route>> known = METHODS.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), method -> new ConcurrentHashMap<>()));

    LiteralRoutes(List<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The route of a request that is like one seen before; null when none was. */
    @Nullable
    Route of(HttpServletRequest request) {
        var routes = ofMethod(request);
        return routes == null ? null : routes.get(request.getRequestURI());
    }

    /** A preflight is looked up as another request, a forwarded one by other paths; and clients may make up methods. */
    private @Nullable Map<String, Route> ofMethod(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST ? known.get(request.getMethod()) : null;
    }

    /** Remembers the route that the mapping has found, if every request of this method and path finds it. Returns it. */
    Route learn(HandlerMapping finder, HttpServletRequest request, AskedRequest asked, Route route) {
        var literal = request.getRequestURI().equals(request.getContextPath() + route.template());
        var routes = ofMethod(request);
        if (literal && routes != null && isOnlyOne(finder, asked)) {
            routes.put(request.getRequestURI(), route);
        }
        return route;
    }

    /** Tells whether the mapping that found the handler, and those asked before it, have one for the method and path, and no more. */
    private boolean isOnlyOne(HandlerMapping finder, AskedRequest asked) {
        var found = 0;
        for (var mapping : mappings) {
            if (mapping instanceof RouterFunctionMapping functions && functions.getRouterFunction() == null) {
                continue;
            }
            if (!(mapping instanceof RequestMappingInfoHandlerMapping infos) || !isOfSpring(mapping)) {
                return false;
            }
            for (var info : infos.getHandlerMethods().keySet()) {
                found += covers(info, asked) ? isConditional(info) ? 2 : 1 : 0;
            }
            if (mapping == finder) {
                return found == 1;
            }
        }
        return false;
    }

    /** An application's own kind of mapping may look at anything. */
    private static boolean isOfSpring(HandlerMapping mapping) {
        return mapping.getClass().getName().startsWith("org.springframework.");
    }

    private static boolean covers(RequestMappingInfo info, AskedRequest asked) {
        var patterns = info.getPathPatternsCondition();
        return (patterns == null || patterns.getMatchingCondition(asked) != null)
                && info.getMethodsCondition().getMatchingCondition(asked) != null;
    }

    private static boolean isConditional(RequestMappingInfo info) {
        return !(info.getParamsCondition().isEmpty()
                && info.getHeadersCondition().isEmpty()
                && info.getConsumesCondition().isEmpty()
                && info.getProducesCondition().isEmpty()
                && info.getCustomCondition() == null);
    }
}
