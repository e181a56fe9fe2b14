package dev.portcullis.servlet;

import dev.portcullis.Watch;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that the application writes, kept until the response is sent, since containers cannot take one away again. Belongs
 * to one response.
 *
 * <p>A few go to the container at once, for they are more than fields there: the type and the length of the content, and cookies.
 */
final class ResponseFields implements Watch.Head {

    private static final Set<String> AT_ONCE = Set.of("content-type", "content-length", "set-cookie");

    private final HttpServletResponse response;
    private final Exchange exchange;
    private Map<String, List<String>> kept = Map.of();
    private Set<String> changed = Set.of();
    private int pending;
    private Watch.@Nullable Unjudged obstacle;

    ResponseFields(HttpServletResponse response, Exchange exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    /** The status that the container is about to set, in the place of the present one; 0 for none. */
    void pending(int status) {
        pending = status;
    }

    void obstacle(Watch.@Nullable Unjudged why) {
        obstacle = why;
    }

    /** Forgets what was not sent. */
    void clear() {
        kept = Map.of();
        changed = Set.of();
    }

    /** Hands what has changed over to the container. */
    void apply() {
        for (var name : changed) {
            apply(name, kept.getOrDefault(name, List.of()));
        }
        changed = Set.of();
    }

    private void apply(String name, List<String> values) {
        if (values.isEmpty()) {
            takeAway(name);
            return;
        }
        response.setHeader(name, values.get(0));
        for (var i = 1; i < values.size(); i++) {
            response.addHeader(name, values.get(i));
        }
    }

    /** What the container never heard of needs no taking away. Some containers cannot, and get an empty value. */
    private void takeAway(String name) {
        if (response.containsHeader(name)) {
            response.setHeader(name, null);
        }
        if (response.containsHeader(name)) {
            response.setHeader(name, "");
        }
    }

    private static boolean atOnce(String name) {
        return AT_ONCE.contains(name.toLowerCase(Locale.ROOT));
    }

    private List<String> keptOf(String name) {
        if (kept.isEmpty()) {
            kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
        if (changed.isEmpty()) {
            changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        }
        changed.add(name);
        return kept.computeIfAbsent(name, any -> new ArrayList<>(response.getHeaders(any)));
    }

    @Override
    public int status() {
        return pending == 0 ? response.getStatus() : pending;
    }

    @Override
    public boolean ofApplication() {
        return true;
    }

    @Override
    public List<String> headers(String name) {
        var values = kept.get(name);
        if (values != null) {
            return Collections.unmodifiableList(values);
        }
        return name.equalsIgnoreCase("Content-Type") ? type() : listOf(response.getHeaders(name));
    }

    private static List<String> listOf(Collection<String> values) {
        return values instanceof List<String> list ? list : List.copyOf(values);
    }

    @Override
    public boolean has(String name) {
        var values = kept.get(name);
        return values == null ? response.containsHeader(name) : !values.isEmpty();
    }

    /** Not every container shows it among the fields. */
    private List<String> type() {
        var type = response.getContentType();
        return type == null ? List.of() : List.of(type);
    }

    @Override
    public Collection<String> names() {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(response.getHeaderNames());
        kept.forEach((name, values) -> {
            if (values.isEmpty()) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public void set(String name, String value) {
        if (atOnce(name)) {
            response.setHeader(name, value);
            return;
        }
        var values = keptOf(name);
        values.clear();
        values.add(value);
    }

    @Override
    public void add(String name, String value) {
        if (atOnce(name)) {
            response.addHeader(name, value);
        } else {
            keptOf(name).add(value);
        }
    }

    @Override
    public void remove(String name) {
        if (has(name)) {
            keptOf(name).clear();
        }
    }

    @Override
    public String nonce() {
        return exchange.nonce();
    }

    @Override
    public Watch.@Nullable Unjudged obstacle() {
        return response.isCommitted() ? Watch.Unjudged.COMMITTED : obstacle;
    }
}
