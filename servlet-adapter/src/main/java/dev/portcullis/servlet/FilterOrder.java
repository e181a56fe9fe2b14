package dev.portcullis.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which order filters stand before the requests of clients, and before which paths and servlets.
 *
 * <p>The Servlet API does not tell the order; Tomcat and Jetty are asked by the names of their methods.
 */
final class FilterOrder {

    /** Tomcat's bit for requests of clients in the mapping of a filter. */
    private static final int REQUESTS = 8;

    private FilterOrder() {}

    /** One mapping, as containers have them. */
    private record Mapping(String filter, List<String> patterns, List<String> servlets) {

        /** Containers ask all filters of paths before all of servlets. */
        Stream<Standing> ofPaths() {
            var known = patterns.stream().map(UrlPattern::new).toList();
            return patterns.isEmpty() ? Stream.of() : Stream.of(new Standing(filter, known, Set.of()));
        }

        Stream<Standing> ofServlets() {
            return servlets.isEmpty() ? Stream.of() : Stream.of(new Standing(filter, List.of(), Set.copyOf(servlets)));
        }
    }

    /**
     * All filters, from the first to the last; where the container does not tell, the first of these is taken to be the first of all and
     * those like it to be the last.
     *
     * @param first tells by the name of a filter whether it is one of those
     */
    static List<Standing> in(ServletContext context, Predicate<String> first) {
        var tomcat = tomcat(context);
        var known = tomcat.isEmpty() ? jetty(context) : tomcat;
        var all = known.isEmpty() ? guessed(context, first) : known;
        return Stream.concat(
                        all.stream().flatMap(Mapping::ofPaths), all.stream().flatMap(Mapping::ofServlets))
                .toList();
    }

    private static List<Mapping> tomcat(ServletContext context) {
        var standard = Inside.field(Inside.field(context, "context"), "context");
        return mappings(Inside.call(standard, "findFilterMaps"), FilterOrder::tomcatMapping);
    }

    private static @Nullable Mapping tomcatMapping(Object map) {
        if (!(Inside.call(map, "getDispatcherMapping") instanceof Integer types) || (types & REQUESTS) == 0) {
            return null;
        }
        var patterns = new ArrayList<>(texts(Inside.call(map, "getURLPatterns")));
        var servlets = new ArrayList<>(texts(Inside.call(map, "getServletNames")));
        if (Boolean.TRUE.equals(Inside.call(map, "getMatchAllUrlPatterns"))) {
            patterns.add(UrlPattern.ALL.text());
        }
        if (Boolean.TRUE.equals(Inside.call(map, "getMatchAllServletNames"))) {
            servlets.add("*");
        }
        return new Mapping(String.valueOf(Inside.call(map, "getFilterName")), patterns, servlets);
    }

    private static List<Mapping> jetty(ServletContext context) {
        var handler = Inside.call(Inside.call(context, "getContextHandler"), "getServletHandler");
        return mappings(Inside.call(handler, "getFilterMappings"), FilterOrder::jettyMapping);
    }

    private static @Nullable Mapping jettyMapping(Object mapping) {
        var types = Inside.call(mapping, "getDispatcherTypes");
        if (types instanceof Collection<?> some && !some.isEmpty() && !some.contains(DispatcherType.REQUEST)) {
            return null;
        }
        return new Mapping(
                String.valueOf(Inside.call(mapping, "getFilterName")),
                texts(Inside.call(mapping, "getPathSpecs")),
                texts(Inside.call(mapping, "getServletNames")));
    }

    private static List<Mapping> mappings(@Nullable Object array, Function<Object, @Nullable Mapping> read) {
        var known = new ArrayList<Mapping>();
        for (var one : array instanceof Object[] all ? all : new Object[0]) {
            var mapping = read.apply(one);
            if (mapping != null) {
                known.add(mapping);
            }
        }
        return known;
    }

    private static List<String> texts(@Nullable Object array) {
        return array instanceof String[] texts ? Arrays.asList(texts) : List.of();
    }

    private static List<Mapping> guessed(ServletContext context, Predicate<String> first) {
        var before = new ArrayList<Mapping>();
        var others = new ArrayList<Mapping>();
        var after = new ArrayList<Mapping>();
        context.getFilterRegistrations().forEach((name, filter) -> {
            var place = !first.test(name) ? others : before.isEmpty() ? before : after;
            place.add(new Mapping(
                    name, List.copyOf(filter.getUrlPatternMappings()), List.copyOf(filter.getServletNameMappings())));
        });
        return Stream.of(before, others, after).flatMap(List::stream).toList();
    }
}
