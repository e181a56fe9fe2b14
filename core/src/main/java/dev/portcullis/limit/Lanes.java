package dev.portcullis.limit;

import dev.portcullis.Request;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What is kept for each route, or once for all. Thread-safe.
 *
 * <p>Routes are the application's handlers and path templates, of which no client can make new ones; should there be more than
 * {@value #MAX_ROUTES}, the rest is kept together.
 */
final class Lanes<T> {

    static final int MAX_ROUTES = 10_000;

    private static final String TOGETHER = "";

    private final ConcurrentHashMap<String, T> lanes = new ConcurrentHashMap<>();
    private final boolean perRoute;
    private final Supplier<T> maker;

    Lanes(boolean perRoute, Supplier<T> maker) {
        this.perRoute = perRoute;
        this.maker = maker;
        lanes.put(TOGETHER, maker.get());
    }

    T of(Request request) {
        var route = perRoute ? request.route() : null;
        var name = route == null ? TOGETHER : route.id();
        var lane = lanes.get(name);
        return lane == null ? admit(name) : lane;
    }

    private T admit(String name) {
        var full = lanes.mappingCount() > MAX_ROUTES;
        return lanes.computeIfAbsent(full ? TOGETHER : name, unknown -> maker.get());
    }

    /** Shows all of them, by route; the one for requests whose route is not known has none. */
    void forEach(BiConsumer<String, T> visitor) {
        new TreeMap<>(lanes).forEach(visitor);
    }
}
