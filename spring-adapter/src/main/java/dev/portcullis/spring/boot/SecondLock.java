package dev.portcullis.spring.boot;

import dev.portcullis.Reply;
import dev.portcullis.Rule;
import dev.portcullis.servlet.CallerPrincipal;
import dev.portcullis.servlet.Judged;
import dev.portcullis.servlet.Replies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds the handler that does run against the one that the filter judged. Thread-safe. */
final class SecondLock implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(SecondLock.class);
    private static final Reply NOT_JUDGED = Reply.problem(403, "not-judged");

    private static final Reply NO_CALLER =
            Reply.problem(401, "authentication-required").with("WWW-Authenticate", "Bearer realm=\"api\"");

    private final Portcullis portcullis;

    SecondLock(Portcullis portcullis) {
        this.portcullis = portcullis;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var judged = Judged.of(request);
        if (judged != null
                && (isErrorPage(request) || isPreflightOfSpring(request, handler) || same(judged, request, handler))) {
            return knowsTheCaller(request, response, handler);
        }
        var what = judged == null
                ? "the filter has not seen the request"
                : "the filter has judged another request or handler";
        if (portcullis.mode() == Rule.Mode.OBSERVE) {
            LOG.warn("would have denied {}: {}", handler, what);
            return true;
        }
        LOG.warn("denied {}: {}", handler, what);
        Replies.deny(NOT_JUDGED, request, response);
        return false;
    }

    /** A handler that cannot do without a caller is not asked without one, whoever let the request through. */
    private static boolean knowsTheCaller(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || CallerPrincipal.of(request) != null
                || !CallerArgument.demandedBy(method)) {
            return true;
        }
        LOG.warn("denied {}: it demands a caller, and nobody was identified", handler);
        Replies.deny(NO_CALLER, request, response);
        return false;
    }

    /** The container turns to error pages by itself, and to no others than were registered. */
    private static boolean isErrorPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    /** Spring answers a preflight without running the handler. */
    private static boolean isPreflightOfSpring(HttpServletRequest request, Object handler) {
        return !(handler instanceof HandlerMethod) && CorsUtils.isPreFlightRequest(request);
    }

    private boolean same(Judged judged, HttpServletRequest request, Object handler) {
        var route = judged.request().route();
        return judged.isFor(request)
                && Objects.equals(route == null ? null : route.id(), idOf(handler))
                && !isUnheard(handler);
    }

    /** A handler of another dispatcher, or one that came later: nobody has read what its annotations demand. */
    private boolean isUnheard(Object handler) {
        return handler instanceof HandlerMethod method
                && portcullis.handlers().known(method) == null
                && IdleAnnotations.speakOf(method);
    }

    private @Nullable String idOf(Object handler) {
        return handler instanceof HandlerMethod method ? portcullis.handlers().known(method) : null;
    }
}
