package dev.portcullis.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for filters that take the method from a field of a form, so that a servlet sees another one than was judged.
 *
 * <p>They are known by the names under which frameworks and applications have them. One under another name is not found, and
 * neither is one that hides behind a proxy of a framework.
 */
final class MethodChangers {

    private static final Set<String> NAMES =
            Set.of("hiddenhttpmethodfilter", "httpmethodoverridefilter", "methodoverridefilter");

    private MethodChangers() {}

    /** The name of one that nothing of the gate stands behind; null when none was found. */
    static @Nullable String unheldIn(ServletContext context) {
        var filters = context.getFilterRegistrations().values();
        var gates = filters.stream().filter(MethodChangers::mayBeTheGate).count();
        return gates > 1
                ? null
                : filters.stream()
                        .map(MethodChangers::simpleName)
                        .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(null);
    }

    /** Tomcat knows no class of filters that were handed to it as objects. */
    private static boolean mayBeTheGate(FilterRegistration filter) {
        var name = simpleName(filter);
        return name.isEmpty() || name.equals(PortcullisFilter.class.getSimpleName());
    }

    private static String simpleName(FilterRegistration filter) {
        return OtherReaders.simpleName(filter.getClassName());
    }
}
