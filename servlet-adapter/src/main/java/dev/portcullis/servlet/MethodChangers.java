package dev.portcullis.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for filters that take the method from a field of a form, so that a servlet sees another one than was judged.
 *
 * <p>They are known by the names under which frameworks and applications have them, and what extends one of those is one too. One under another
 * name is not found, and neither is one that hides behind a proxy of a framework.
 */
final class MethodChangers {

    private static final Set<String> NAMES =
            Set.of("hiddenhttpmethodfilter", "httpmethodoverridefilter", "methodoverridefilter");

    /**
     * Servlets to which a method means nothing: Jetty's for what no other takes, and those of JSP, which run the same page for GET and POST, and
     * nothing for others.
     */
    private static final Set<String> HARMLESS = Set.of("Default404Servlet", "JspServlet", "JettyJspServlet");

    private final ServletContext context;
    private final String gate;
    private final Routes routes;
    private final Map<String, ? extends FilterRegistration> filters;

    /** Those around a gate of this class, in front of servlets of which some hold what runs against what was judged. */
    MethodChangers(ServletContext context, Class<? extends Filter> gate, Routes routes) {
        this.context = context;
        this.gate = gate.getName();
        this.routes = routes;
        this.filters = context.getFilterRegistrations();
    }

    /** What one of them does to requests that nobody judges or holds afterwards; null when none was found. */
    @Nullable
    String unheld() {
        if (filters.keySet().stream().noneMatch(this::changes)) {
            return null;
        }
        var order = FilterOrder.in(context, this::isGate);
        for (var i = 0; i < order.size(); i++) {
            if (changes(order.get(i).filter())) {
                var servlet = unheldBehind(order, i);
                if (servlet != null) {
                    return "the filter `" + shown(order.get(i).filter())
                            + "` changes the method of requests that were judged, before the servlet `"
                            + servlet.getName() + "`";
                }
            }
        }
        return null;
    }

    private @Nullable ServletRegistration unheldBehind(List<Standing> order, int changer) {
        for (var servlet : context.getServletRegistrations().values()) {
            if (!routes.holds(servlet)
                    && !HARMLESS.contains(OtherReaders.simpleName(servlet.getClassName()))
                    && paths(servlet)
                            .anyMatch(paths -> isOpen(order, changer, new Reached(servlet.getName(), paths)))) {
                return servlet;
            }
        }
        return null;
    }

    /** What a servlet takes; Tomcat's registrations do not tell what was mapped without them. */
    private static Stream<UrlPattern> paths(ServletRegistration servlet) {
        var mapped = Inside.call(Inside.field(servlet, "wrapper"), "findMappings") instanceof String[] known
                ? Stream.of(known)
                : Stream.<String>of();
        return Stream.concat(servlet.getMappings().stream(), mapped).distinct().map(UrlPattern::new);
    }

    /** One mapping of a servlet. */
    private record Reached(String servlet, UrlPattern paths) {}

    /** Tells whether something is judged before the changer and not again behind it. */
    private boolean isOpen(List<Standing> order, int changer, Reached reached) {
        for (var changed : order.get(changer).before(reached.servlet)) {
            if (reaches(changed, reached)
                    && gates(order.subList(0, changer), reached)
                            .anyMatch(judged -> judged.meets(changed) && judged.meets(reached.paths))
                    && gates(order.subList(changer + 1, order.size()), reached)
                            .noneMatch(
                                    again -> again.covers(changed) || !again.isRest() && again.covers(reached.paths))) {
                return true;
            }
        }
        return false;
    }

    /** What another servlet takes never reaches the one for what is left. */
    private boolean reaches(UrlPattern changed, Reached reached) {
        return changed.meets(reached.paths)
                && !(reached.paths.isRest()
                        && context.getServletRegistrations().values().stream()
                                .flatMap(MethodChangers::paths)
                                .anyMatch(taken -> !taken.isRest() && taken.covers(changed)));
    }

    private Stream<UrlPattern> gates(List<Standing> some, Reached reached) {
        return some.stream()
                .filter(standing -> isGate(standing.filter()))
                .flatMap(standing -> standing.before(reached.servlet).stream());
    }

    /** Containers need not know the class of filters that were handed to them as objects: such a one may be the gate. */
    private boolean isGate(String filter) {
        var known = className(filter);
        return known == null || known.isEmpty() ? !isOne(filter) : known.equals(gate);
    }

    private boolean changes(String filter) {
        var known = className(filter);
        return known == null || known.isEmpty() ? isOne(filter) : types(known).anyMatch(MethodChangers::isOne);
    }

    private static boolean isOne(String className) {
        return NAMES.contains(OtherReaders.simpleName(className).toLowerCase(Locale.ROOT));
    }

    private @Nullable String className(String filter) {
        var registration = filters.get(filter);
        return registration == null ? null : registration.getClassName();
    }

    private String shown(String filter) {
        var known = className(filter);
        return known == null || known.isEmpty() ? filter : OtherReaders.simpleName(known);
    }

    /** The names of a class and those above it, as far as they can be seen from here. */
    private Stream<String> types(String className) {
        try {
            var known = context.getClassLoader();
            var loader = known == null ? MethodChangers.class.getClassLoader() : known;
            var found = Class.forName(className, false, loader);
            return Stream.<Class<?>>iterate(found, type -> type != null, type -> type.getSuperclass())
                    .map(Class::getName);
        } catch (ClassNotFoundException | LinkageError e) {
            return Stream.of(className);
        }
    }
}
