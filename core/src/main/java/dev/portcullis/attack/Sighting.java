package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Body.Content;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of what a request was, as it was sent, for whoever looks at it later. Immutable.
 *
 * @param id the request's id
 * @param method the method
 * @param path the path as sent
 * @param query the query as sent; null when there is none
 * @param headers all header field lines
 * @param body the body, when it is not longer than rules read; else empty; not to be changed
 * @param address from where it came
 * @param principal who calls; null when nobody has proven that
 * @param route the template of the route; empty when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // a megabyte is not copied to please equals()
public record Sighting(
        String id,
        String method,
        String path,
        @Nullable String query,
        List<Header> headers,
        byte[] body,
        Address address,
        @Nullable Principal principal,
        String route) {

    private static final byte[] NOTHING = {};

    /** Copies the headers. */
    public Sighting {
        requireNonNull(id, "id");
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(address, "address");
        requireNonNull(route, "route");
        headers = List.copyOf(headers);
    }

    static Sighting of(Request request, long bound) {
        var route = request.route();
        var content = request.body().isEmpty() ? null : request.body().content(bound);
        return new Sighting(
                request.id(),
                request.method(),
                request.rawPath(),
                request.query(),
                request.headers(),
                content instanceof Content.Whole whole ? whole.bytes() : NOTHING,
                request.address(),
                request.principal(),
                route == null ? "" : route.template());
    }

    /** The value of the first line of a header field; null when there is none. */
    public @Nullable String header(String name) {
        requireNonNull(name, "name");
        return headers.stream()
                .filter(header -> header.named(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }
}
