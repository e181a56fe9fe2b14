package dev.portcullis.servlet;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for those in the container who read the headers of proxies too and put the caller's address in the place of the peer's.
 *
 * <p>It asks containers by the names of their methods, since the gate needs none of them. What it cannot find it does not name;
 * Tomcat's own note on a request whose peer was replaced is looked for at every request beside.
 */
final class OtherReaders {

    private static final List<String> NAMES =
            List.of("RemoteIpValve", "RemoteIpFilter", "ForwardedRequestCustomizer", "ForwardedHeaderFilter");
    private static final int MAX_DEPTH = 10;

    private OtherReaders() {}

    /** The name of one who reads them; null when none was found. */
    static @Nullable String in(ServletContext context) {
        var filters = context.getFilterRegistrations().values().stream().map(filter -> filter.getClassName());
        return Stream.concat(filters, Stream.concat(jetty(context), tomcat(context)))
                .map(OtherReaders::simpleName)
                .filter(NAMES::contains)
                .findFirst()
                .orElse(null);
    }

    /** The name of a class without its package, and of a nested one without what is around it. */
    static String simpleName(@Nullable String className) {
        return className == null
                ? ""
                : className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** The customizers of Jetty's connectors. */
    private static Stream<String> jetty(ServletContext context) {
        return items(Inside.call(Inside.call(Inside.call(context, "getContextHandler"), "getServer"), "getConnectors"))
                .flatMap(connector -> items(Inside.call(connector, "getConnectionFactories")))
                .flatMap(factory -> items(Inside.call(Inside.call(factory, "getHttpConfiguration"), "getCustomizers")))
                .flatMap(OtherReaders::names);
    }

    /** The valves of Tomcat's context, its host and its engine. */
    private static Stream<String> tomcat(ServletContext context) {
        var valves = new ArrayList<>();
        var container = Inside.field(Inside.field(context, "context"), "context");
        for (var depth = 0; container != null && depth < MAX_DEPTH; depth++) {
            items(Inside.call(Inside.call(container, "getPipeline"), "getValves"))
                    .forEach(valves::add);
            container = Inside.call(container, "getParent");
        }
        return valves.stream().flatMap(OtherReaders::names);
    }

    /** The names of an object's class and those above it. */
    private static Stream<String> names(Object object) {
        return Stream.<Class<?>>iterate(object.getClass(), type -> type != null, type -> type.getSuperclass())
                .map(Class::getName);
    }

    private static Stream<Object> items(@Nullable Object list) {
        if (list instanceof Iterable<?> items) {
            var all = new ArrayList<Object>();
            items.forEach(all::add);
            return all.stream();
        }
        return list instanceof Object[] array ? Stream.of(array) : Stream.of();
    }
}
