package dev.portcullis.servlet;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * The target of a request as Jetty has read it, beneath what customizers have made of it. Jetty is asked by reflection, for the library stands
 * beside any container. Stateless.
 */
final class JettyTarget {

    private static final String REQUEST = "org.eclipse.jetty.server.Request";
    private static final ClassValue<Optional<List<Method>>> STEPS = new ClassValue<>() {
        @Override
        protected Optional<List<Method>> computeValue(Class<?> type) {
            return steps(type);
        }
    };

    private JettyTarget() {}

    /**
     * Tells whether the target itself was of this scheme, where that can be told: customizers have no part in it.
     *
     * @param connection Jetty's own request
     */
    static boolean isOf(String scheme, ServletRequest connection) {
        return STEPS.get(connection.getClass())
                .map(steps -> scheme.equals(asked(connection, steps)))
                .orElse(false);
    }

    /** From the servlet's request to Jetty's, to the innermost one, to its target, to the scheme. */
    private static Optional<List<Method>> steps(Class<?> type) {
        try {
            var core = Class.forName(REQUEST, false, type.getClassLoader());
            var target = core.getMethod("getHttpURI");
            return Optional.of(List.of(
                    type.getMethod("getRequest"),
                    core.getMethod("unWrap", core),
                    target,
                    target.getReturnType().getMethod("getScheme")));
        } catch (ReflectiveOperationException e) {
            // Another Jetty than those with servlets 6: nothing is told.
            return Optional.empty();
        }
    }

    private static Object asked(ServletRequest connection, List<Method> steps) {
        try {
            var core = steps.get(0).invoke(connection);
            var innermost = steps.get(1).invoke(null, core);
            return String.valueOf(steps.get(3).invoke(steps.get(2).invoke(innermost)));
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            throw new IllegalStateException("Jetty does not tell the target of a request", e);
        }
    }
}
