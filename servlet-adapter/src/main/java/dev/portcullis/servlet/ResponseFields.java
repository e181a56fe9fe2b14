package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Watch;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private final HttpServletResponse response;
    private final Exchange exchange;

    /** A response has few fields, so that looking through them takes less than keeping them sorted. */
    private final List<Field> fields = new ArrayList<>();

    private int pending;
    private Watch.@Nullable Unjudged obstacle;

    /** What somebody has made of a field. The values are immutable. */
    private static final class Field {

        private final String name;
        private List<String> own;
        private @Nullable List<String> ruled;
        private boolean changed;

        Field(String name, List<String> own) {
            this.name = name;
            this.own = own;
        }

        List<String> values() {
            return ruled == null ? own : ruled;
        }

        void own(List<String> values) {
            own = values;
            changed = true;
        }

        void ruled(@Nullable List<String> values) {
            ruled = values;
            changed = true;
        }
    }

    ResponseFields(HttpServletResponse response, Exchange exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    /** Learns what the container was given before the application came, each line of another field: containers make much of telling. */
    void given(List<Header> headers) {
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            fields.add(new Field(header.name(), List.of(header.value())));
        }
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
        fields.clear();
    }

    /** Forgets what rules have made of the fields, for they see them anew. */
    void restore() {
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (field.ruled != null) {
                field.ruled(null);
            }
        }
    }

    /** Hands what has changed over to the container. */
    void apply() {
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (field.changed) {
                apply(field.name, field.values());
                field.changed = false;
            }
        }
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
        return name.equalsIgnoreCase("Content-Type")
                || name.equalsIgnoreCase("Content-Length")
                || name.equalsIgnoreCase("Set-Cookie");
    }

    private @Nullable Field find(String name) {
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (field.name.equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }

    /** The field to change: with what the container has had, before anybody changes it. */
    private Field field(String name) {
        var known = find(name);
        if (known == null) {
            known = new Field(name, response.containsHeader(name) ? List.copyOf(response.getHeaders(name)) : List.of());
            fields.add(known);
        }
        return known;
    }

    private static List<String> with(List<String> values, String value) {
        if (values.isEmpty()) {
            return List.of(value);
        }
        var more = new ArrayList<>(values);
        more.add(value);
        return List.copyOf(more);
    }

    // what the application writes and sees

    void setOwn(String name, @Nullable String value) {
        if (atOnce(name)) {
            response.setHeader(name, value);
        } else {
            field(name).own(value == null ? List.of() : List.of(value));
        }
    }

    void addOwn(String name, String value) {
        if (atOnce(name)) {
            response.addHeader(name, value);
        } else {
            var field = field(name);
            field.own(with(field.own, value));
        }
    }

    List<String> own(String name) {
        var known = find(name);
        return known == null ? ofContainer(name) : known.own;
    }

    private List<String> ofContainer(String name) {
        return name.equalsIgnoreCase("Content-Type") ? type() : List.copyOf(response.getHeaders(name));
    }

    /** Not every container shows it among the fields. */
    private List<String> type() {
        var type = response.getContentType();
        return type == null ? List.of() : List.of(type);
    }

    boolean hasOwn(String name) {
        var known = find(name);
        return known == null ? response.containsHeader(name) : !known.own.isEmpty();
    }

    Collection<String> ownNames() {
        return names(this::own);
    }

    private Collection<String> names(Function<String, List<String>> values) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(response.getHeaderNames());
        fields.forEach(field -> names.add(field.name));
        names.removeIf(name -> values.apply(name).isEmpty());
        return names;
    }

    // what rules see and change, which is kept apart from what the application has written

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
        var known = find(name);
        return known == null ? ofContainer(name) : known.values();
    }

    @Override
    public boolean has(String name) {
        var known = find(name);
        return known == null ? response.containsHeader(name) : !known.values().isEmpty();
    }

    @Override
    public Collection<String> names() {
        return names(this::headers);
    }

    @Override
    public void set(String name, String value) {
        if (atOnce(name)) {
            response.setHeader(name, value);
        } else {
            field(name).ruled(List.of(value));
        }
    }

    @Override
    public void add(String name, String value) {
        if (atOnce(name)) {
            response.addHeader(name, value);
        } else {
            var field = field(name);
            field.ruled(with(field.values(), value));
        }
    }

    @Override
    public void remove(String name) {
        if (has(name)) {
            field(name).ruled(List.of());
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
