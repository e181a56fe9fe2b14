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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that the application writes, kept until the response is sent, since containers cannot take one away again, and
 * what rules make of them. Belongs to one response.
 *
 * <p>The application sees what it has written itself, so that it decides the same whether rules have seen the head already or not. A
 * few fields go to the container at once, for they are more than fields there: the type and the length of the content, and cookies.
 */
final class ResponseFields implements Watch.Head {

    private static final Set<String> AT_ONCE = Set.of("content-type", "content-length", "set-cookie");

    private final HttpServletResponse response;
    private final Exchange exchange;
    private Map<String, List<String>> own = Map.of();
    private Map<String, List<String>> ruled = Map.of();
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
        own = Map.of();
        ruled = Map.of();
        changed = Set.of();
    }

    /** Forgets what rules have made of the fields, for they see them anew. */
    void restore() {
        ruled.keySet().forEach(this::change);
        ruled = Map.of();
    }

    /** Hands what has changed over to the container. */
    void apply() {
        for (var name : changed) {
            apply(name, values(name));
        }
        changed = Set.of();
    }

    private void apply(String name, List<String> values) {
        if (values.isEmpty()) {
            takeAway(response, name);
            return;
        }
        response.setHeader(name, values.get(0));
        for (var i = 1; i < values.size(); i++) {
            response.addHeader(name, values.get(i));
        }
    }

    /** What the container never heard of needs no taking away. Some containers cannot, and get an empty value. */
    static void takeAway(HttpServletResponse response, String name) {
        if (response.containsHeader(name)) {
            response.setHeader(name, null);
        }
        if (response.containsHeader(name)) {
            response.setHeader(name, "");
        }
    }

    private static boolean atOnce(String name) {
        var first = name.isEmpty() ? 'x' : name.charAt(0) | 0x20;
        return (first == 'c' || first == 's') && AT_ONCE.contains(name.toLowerCase(Locale.ROOT));
    }

    private void change(String name) {
        if (changed.isEmpty()) {
            changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        }
        changed.add(name);
    }

    // what the application writes and sees

    /** The application's values to change: what the container has had, before anybody changes it. */
    private List<String> ownOf(String name) {
        change(name);
        if (own.isEmpty()) {
            own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
        return own.computeIfAbsent(name, this::ofContainer);
    }

    /** Most fields are new, and containers make much of telling that a field has no values. */
    private List<String> ofContainer(String name) {
        return response.containsHeader(name) ? new ArrayList<>(response.getHeaders(name)) : new ArrayList<>(1);
    }

    void setOwn(String name, @Nullable String value) {
        if (atOnce(name)) {
            response.setHeader(name, value);
            return;
        }
        var values = ownOf(name);
        values.clear();
        if (value != null) {
            values.add(value);
        }
    }

    void addOwn(String name, String value) {
        if (atOnce(name)) {
            response.addHeader(name, value);
        } else {
            ownOf(name).add(value);
        }
    }

    List<String> own(String name) {
        var values = own.get(name);
        if (values != null) {
            return Collections.unmodifiableList(values);
        }
        return name.equalsIgnoreCase("Content-Type") ? type() : listOf(response.getHeaders(name));
    }

    private static List<String> listOf(Collection<String> values) {
        return values instanceof List<String> list ? list : List.copyOf(values);
    }

    /** Not every container shows it among the fields. */
    private List<String> type() {
        var type = response.getContentType();
        return type == null ? List.of() : List.of(type);
    }

    boolean hasOwn(String name) {
        var values = own.get(name);
        return values == null ? response.containsHeader(name) : !values.isEmpty();
    }

    Collection<String> ownNames() {
        return names(this::own, own.keySet());
    }

    private Collection<String> names(Function<String, List<String>> values, Collection<String> more) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(response.getHeaderNames());
        names.addAll(more);
        names.removeIf(name -> values.apply(name).isEmpty());
        return names;
    }

    // what rules see and change

    /** What rules change is kept apart from what the application has written. */
    private List<String> ruledOf(String name) {
        if (ruled.isEmpty()) {
            ruled = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
        return ruled.computeIfAbsent(name, this::copyOfOwn);
    }

    private List<String> copyOfOwn(String name) {
        var values = ownOf(name);
        return values.isEmpty() ? new ArrayList<>(1) : new ArrayList<>(values);
    }

    private List<String> values(String name) {
        var values = ruled.get(name);
        return values == null ? own(name) : Collections.unmodifiableList(values);
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
        return values(name);
    }

    @Override
    public boolean has(String name) {
        var values = ruled.get(name);
        return values == null ? hasOwn(name) : !values.isEmpty();
    }

    @Override
    public Collection<String> names() {
        return names(this::values, ruled.isEmpty() ? own.keySet() : joined(own.keySet(), ruled.keySet()));
    }

    private static Set<String> joined(Set<String> some, Set<String> others) {
        var all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(some);
        all.addAll(others);
        return all;
    }

    @Override
    public void set(String name, String value) {
        if (atOnce(name)) {
            response.setHeader(name, value);
            return;
        }
        var values = ruledOf(name);
        values.clear();
        values.add(value);
    }

    @Override
    public void add(String name, String value) {
        if (atOnce(name)) {
            response.addHeader(name, value);
        } else {
            ruledOf(name).add(value);
        }
    }

    @Override
    public void remove(String name) {
        if (has(name)) {
            ruledOf(name).clear();
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
