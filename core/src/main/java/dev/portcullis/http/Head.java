package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the connection brought it, before any proxy is believed.
 *
 * <p>Belongs to one request and one thread at a time.
 */
public final class Head {

    private final Wire wire;
    private @Nullable List<Header> headers;

    private Head(Wire wire) {
        this.wire = wire;
    }

    /** The head of what a door received. */
    public static Head of(Wire wire) {
        return new Head(requireNonNull(wire, "wire"));
    }

    /** The address at the other end of the connection. */
    public Address peer() {
        return wire.peer();
    }

    /** The scheme of the connection, {@code http} or {@code https}. */
    public String scheme() {
        return wire.scheme();
    }

    /** The value of the {@code Host} field; empty when there is none. */
    public String host() {
        var sent = header("Host");
        return sent == null ? "" : sent;
    }

    /** All header field lines in the order they came. */
    public List<Header> headers() {
        if (headers == null) {
            headers = wire.headers();
        }
        return headers;
    }

    /** The field's value; several lines joined by {@code ", "} (RFC 9110, section 5.3); null when the field is absent. */
    public @Nullable String header(String name) {
        var all = headers();
        for (var i = 0; i < all.size(); i++) {
            if (all.get(i).named(name)) {
                return joined(all, i, name);
            }
        }
        return null;
    }

    private static String joined(List<Header> all, int first, String name) {
        var value = all.get(first).value();
        StringBuilder joined = null;
        for (var i = first + 1; i < all.size(); i++) {
            if (all.get(i).named(name)) {
                joined = joined == null ? new StringBuilder(value) : joined;
                joined.append(", ").append(all.get(i).value());
            }
        }
        return joined == null ? value : joined.toString();
    }

    /** The values of the field's lines, in order; empty when the field is absent. */
    public List<String> headers(String name) {
        var all = headers();
        List<String> found = List.of();
        for (var i = 0; i < all.size(); i++) {
            if (all.get(i).named(name)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(all.get(i).value());
            }
        }
        return found;
    }
}
