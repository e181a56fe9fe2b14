package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.TrustedBase;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that checks see, made of what a door received.
 *
 * <p>What is derived is derived once, when first asked for. Belongs to one request and one thread at a time.
 */
@TrustedBase
public final class View implements Request {

    private final Wire wire;
    private final Forwarding forwarding;
    private final TargetPath path;
    private final StreamedBody body;
    private @Nullable List<Header> headers;
    private Forwarding.@Nullable Facts facts;
    private boolean deriving;
    private @Nullable String id;

    /** A view of what a door received, with what trusted proxies say. */
    public View(Wire wire, Forwarding forwarding) {
        this.wire = requireNonNull(wire, "wire");
        this.forwarding = requireNonNull(forwarding, "forwarding");
        this.path = TargetPath.of(wire.rawPath(), wire.contextPath());
        this.body = new StreamedBody(wire, this);
    }

    private Forwarding.@Nullable Facts facts() {
        if (facts == null && !deriving) {
            deriving = true;
            facts = forwarding.facts(this);
            deriving = false;
        }
        return facts;
    }

    @Override
    public String id() {
        if (id == null) {
            var known = facts();
            id = RequestId.of(known != null && known.trusted() ? header(RequestId.HEADER) : null);
        }
        return id;
    }

    @Override
    public String method() {
        return wire.method();
    }

    @Override
    public String scheme() {
        var known = facts();
        return known == null ? wire.scheme() : known.scheme();
    }

    @Override
    public String host() {
        var known = facts();
        if (known != null) {
            return known.host();
        }
        var sent = header("Host");
        return sent == null ? "" : sent;
    }

    @Override
    public String rawPath() {
        return path.raw();
    }

    @Override
    public String path() {
        return path.decoded();
    }

    @Override
    public @Nullable String ambiguity() {
        return path.ambiguity();
    }

    @Override
    public @Nullable String query() {
        return wire.query();
    }

    @Override
    public List<Header> headers() {
        if (headers == null) {
            headers = wire.headers();
        }
        return headers;
    }

    @Override
    public @Nullable String header(String name) {
        var all = headers();
        String found = null;
        for (var i = 0; i < all.size(); i++) {
            var header = all.get(i);
            if (header.named(name)) {
                found = found == null ? header.value() : found + ", " + header.value();
            }
        }
        return found;
    }

    @Override
    public List<String> headers(String name) {
        var all = headers();
        List<String> found = List.of();
        for (var i = 0; i < all.size(); i++) {
            var header = all.get(i);
            if (header.named(name)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(header.value());
            }
        }
        return found;
    }

    @Override
    public Address peer() {
        return wire.peer();
    }

    @Override
    public Address address() {
        var known = facts();
        return known == null ? wire.peer() : known.address();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return wire.certificate();
    }

    @Override
    public @Nullable Route route() {
        return wire.route();
    }

    @Override
    public Dispatch dispatch() {
        return wire.dispatch();
    }

    @Override
    public @Nullable Principal principal() {
        return null;
    }

    @Override
    public StreamedBody body() {
        return body;
    }
}
