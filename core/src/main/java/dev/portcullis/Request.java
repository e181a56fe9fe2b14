package dev.portcullis;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of one request.
 *
 * <p>A view belongs to one request and one thread at a time. Facts that a proxy may have changed ({@link #scheme}, {@link #host},
 * {@link #address}) are taken from the proxy's headers only when the peer is trusted.
 */
public interface Request {

    /** Why the container asks the gate: for the request itself, or for a later turn of it inside the application. */
    enum Dispatch {
        /** The request as it came from the network. */
        REQUEST,
        /** A forward or an include to another target inside the application. */
        FORWARD,
        /** The container's turn to an error page. */
        ERROR
    }

    /** The correlation id: taken over from a trusted peer when it is well formed, else made up. It is safe in headers and logs. */
    String id();

    /** When the gate first saw it, as {@link System#nanoTime()} counts, for whoever wants to know how long it took. */
    long began();

    /** The method, as sent. */
    String method();

    /** The scheme in lower case, {@code http} or {@code https}. */
    String scheme();

    /** The host and, where given, the port that the client asked for; empty when there is none. */
    String host();

    /** The path as sent, without query and without the application's context path. */
    String rawPath();

    /** The path as sent, with the application's context path: what the client asked for. */
    default String sentPath() {
        return rawPath();
    }

    /**
     * The path with its percent-encoding decoded once, without the application's context path.
     *
     * <p>It is meaningful only for a path that is not {@linkplain #ambiguity ambiguous}.
     */
    String path();

    /** Why the target may be read differently by different readers, as a phrase for the operator; null when it is plain. */
    @Nullable
    String ambiguity();

    /** The query as sent, without the question mark; null when there is none. */
    @Nullable
    String query();

    /** All header field lines in the order they came. */
    List<Header> headers();

    /** The field's value; several lines joined by {@code ", "} (RFC 9110, section 5.3); null when the field is absent. */
    @Nullable
    String header(String name);

    /** The values of the field's lines, in order; empty when the field is absent. */
    List<String> headers(String name);

    /** The address at the other end of the connection. */
    Address peer();

    /** Whether the peer is a trusted proxy, whose word on what it saw of the client can be taken. */
    default boolean fromTrustedPeer() {
        return false;
    }

    /** The caller's address: the peer's, or what trusted proxies say. */
    Address address();

    /** The client's certificate that the TLS handshake has proven; null when there is none. */
    @Nullable
    X509Certificate certificate();

    /** The chain of the client's certificate as the TLS handshake brought it, the client's own first; empty when there is none. */
    default List<X509Certificate> certificates() {
        var own = certificate();
        return own == null ? List.of() : List.of(own);
    }

    /** What the container or the framework knows of a caller who has logged in with it; null where there is no such thing. */
    @Nullable
    Session session();

    /** Where the request goes; null when that is not known. */
    @Nullable
    Route route();

    /** Why the gate is asked. */
    Dispatch dispatch();

    /** Who calls; null until a rule has identified the caller. */
    @Nullable
    Principal principal();

    /** The body, which nobody has read until a check asks for it. */
    Body body();
}
