package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Session;
import dev.portcullis.TrustedBase;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that checks see, made of what a door received.
 *
 * <p>What is derived is derived once, when first asked for. Belongs to one request and one thread at a time.
 */
@TrustedBase
public final class View implements Request {

    private static final String BARE = "a target without a version or a head (HTTP/0.9)";
    private static final String OTHER_SCHEME = "a target of another scheme than http and https";

    private final long began = System.nanoTime();
    private final Wire wire;
    private final Head head;
    private final Forwarding forwarding;
    private final TargetPath path;
    private final StreamedBody body;
    private final @Nullable String query;
    private Forwarding.@Nullable Facts facts;
    private @Nullable String id;

    /** A view of what a door received, with what trusted proxies say. */
    public View(Wire wire, Forwarding forwarding) {
        this(wire, forwarding, System::nanoTime);
    }

    View(Wire wire, Forwarding forwarding, LongSupplier nanos) {
        this.wire = requireNonNull(wire, "wire");
        this.head = Head.of(wire);
        this.forwarding = requireNonNull(forwarding, "forwarding");
        this.path = TargetPath.of(wire.rawPath(), wire.contextPath());
        this.query = wire.query();
        this.body = new StreamedBody(wire, head, nanos);
    }

    /** The path that a view of the request has: as sent, without the context path. */
    public static String rawPath(Wire wire) {
        return TargetPath.raw(wire.rawPath(), wire.contextPath());
    }

    private Forwarding.Facts facts() {
        if (facts == null) {
            facts = forwarding.facts(head);
        }
        return facts;
    }

    @Override
    public String id() {
        if (id == null) {
            var before = wire.id();
            id = before == null ? RequestId.of(trustsPeer() ? header(RequestId.HEADER) : null) : before;
        }
        return id;
    }

    /** A denial needs an id also when nobody can tell what proxies say. */
    private boolean trustsPeer() {
        try {
            return facts().trusted();
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public long began() {
        return began;
    }

    @Override
    public String method() {
        return wire.method();
    }

    @Override
    public String scheme() {
        return facts().scheme();
    }

    @Override
    public String host() {
        return facts().host();
    }

    @Override
    public String rawPath() {
        return path.raw();
    }

    @Override
    public String sentPath() {
        return wire.rawPath();
    }

    @Override
    public boolean fromTrustedPeer() {
        return facts().trusted();
    }

    @Override
    public List<X509Certificate> certificates() {
        return wire.certificates();
    }

    @Override
    public String path() {
        return path.decoded();
    }

    @Override
    public @Nullable String ambiguity() {
        var found = path.ambiguity();
        if (found == null && wire.isBare()) {
            return BARE;
        }
        return found == null && !isOfTheWeb(head.scheme()) ? OTHER_SCHEME : found;
    }

    private static boolean isOfTheWeb(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public List<Header> headers() {
        return head.headers();
    }

    @Override
    public @Nullable String header(String name) {
        return head.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return head.headers(name);
    }

    @Override
    public Address peer() {
        return wire.peer();
    }

    @Override
    public Address address() {
        return facts().address();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return wire.certificate();
    }

    @Override
    public @Nullable Session session() {
        return wire.session();
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
