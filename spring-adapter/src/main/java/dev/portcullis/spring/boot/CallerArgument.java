package dev.portcullis.spring.boot;

import dev.portcullis.Principal;
import dev.portcullis.servlet.CallerPrincipal;
import dev.portcullis.spring.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the caller to handlers. Stateless.
 *
 * <p>A {@link Principal} without an annotation is taken too, for Spring would make one of the parameters that the client sends.
 */
final class CallerArgument implements HandlerMethodArgumentResolver {

    private static final String NULLABLE = "Nullable";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return isCaller(parameter);
    }

    private static boolean isCaller(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(Caller.class)
                || !parameter.hasParameterAnnotations() && typeOf(parameter) == Principal.class;
    }

    private static Class<?> typeOf(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class
                ? parameter.nested().getNestedParameterType()
                : parameter.getParameterType();
    }

    /** Tells whether a caller can be handed over as the parameter's type. */
    private static boolean isOfType(MethodParameter parameter) {
        var type = typeOf(parameter);
        return type == Principal.class || type.isAssignableFrom(CallerPrincipal.class) && type != Object.class;
    }

    private static boolean demands(MethodParameter parameter) {
        var annotations = Stream.concat(
                Stream.of(parameter.getParameterAnnotations()),
                Stream.of(parameter.getParameter().getAnnotatedType().getAnnotations()));
        return !parameter.isOptional()
                && annotations
                        .map(Annotation::annotationType)
                        .map(Class::getSimpleName)
                        .noneMatch(NULLABLE::equals);
    }

    /** Tells whether the handler cannot do without a caller. */
    static boolean demandedBy(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .anyMatch(parameter -> isCaller(parameter) && demands(parameter));
    }

    /** Tells whether the handler takes a caller at all. */
    static boolean takenBy(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters()).anyMatch(CallerArgument::isCaller);
    }

    /**
     * Looks for a parameter that no caller fits.
     *
     * @throws CannotTakeEffect when there is one
     */
    static void refuseOthers(HandlerMethod handler) {
        for (var parameter : handler.getMethodParameters()) {
            if (isCaller(parameter) && !isOfType(parameter)) {
                throw new CannotTakeEffect(
                        handler,
                        "`@Caller` is on a `" + parameter.getParameterType().getSimpleName() + "`",
                        "make it a `dev.portcullis.Principal`, a `java.security.Principal` or an `Optional` of one");
            }
        }
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var asked = request.getNativeRequest(HttpServletRequest.class);
        var caller = asked == null ? null : CallerPrincipal.of(asked);
        if (caller == null && demands(parameter)) {
            throw new IllegalStateException("nobody was identified (expected: a caller)");
        }
        Object value = caller == null || typeOf(parameter) != Principal.class ? caller : caller.caller();
        return parameter.getParameterType() == Optional.class ? Optional.ofNullable(value) : value;
    }
}
