package dev.portcullis.http;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Route;
import dev.portcullis.Session;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a door received it: facts, nothing concluded from them.
 *
 * <p>Belongs to one request and one thread at a time.
 */
public interface Wire {

    /** The correlation id that an earlier turn of the request was given; null when this is the first. */
    default @Nullable String id() {
        return null;
    }

    /** The method, as sent. */
    String method();

    /** The path as sent, with its percent-encoding and path parameters, without scheme and host of an absolute form. */
    String rawPath();

    /** The part of the path, as sent, that names the application in its container; empty for the root application. */
    default String contextPath() {
        return "";
    }

    /** The query as sent, without the question mark; null when there is none. */
    @Nullable
    String query();

    /** The scheme of the connection, {@code http} or {@code https}. */
    String scheme();

    /**
     * All header field lines in the order they came, with HTTP/2's {@code :authority} as {@code Host}. Called at most once for a
     * request.
     */
    List<Header> headers();

    /** The address at the other end of the connection. */
    Address peer();

    /** The client's certificate that the TLS handshake has proven; null when there is none. */
    default @Nullable X509Certificate certificate() {
        return null;
    }

    /** The chain of the client's certificate as the TLS handshake brought it, the client's own first; empty when there is none. */
    default List<X509Certificate> certificates() {
        var own = certificate();
        return own == null ? List.of() : List.of(own);
    }

    /** What the container or the framework knows of a caller who has logged in with it; null where there is no such thing. */
    default @Nullable Session session() {
        return null;
    }

    /** Where the request goes; null when the door does not know. */
    default @Nullable Route route() {
        return null;
    }

    /** Why the gate is asked. */
    default Dispatch dispatch() {
        return Dispatch.REQUEST;
    }

    /**
     * Tells whether a request that announces no body, neither by {@code Content-Length} nor by {@code Transfer-Encoding}, has none
     * for certain, as in HTTP/1 (RFC 9112, section 6.3). In HTTP/2 and HTTP/3 it may have one.
     */
    default boolean unannouncedIsEmpty() {
        return false;
    }

    /** Tells whether there was nothing but a method and a target, as in HTTP/0.9: no head, and none in the answer. */
    default boolean isBare() {
        return false;
    }

    /**
     * The body's bytes as they came. Called at most once for a request.
     *
     * @throws IOException when the connection breaks
     */
    InputStream body() throws IOException;

    /**
     * The parts of a multipart form as the application gets them, of a body that nobody has read. Called at most once for a
     * request, and not when {@link #body} was.
     *
     * @param bounded whether the length of the body is known, so that a container that knows no bound needs none
     * @return the parts; null when the door takes nothing apart, and the bytes are read in their stead
     * @throws TooLarge when there is more than the container takes
     * @throws IOException when the connection breaks, or the body is none that can be taken apart
     * @throws IllegalStateException when the container was not told to take bodies apart, or how large they may be
     */
    default @Nullable List<? extends WirePart> parts(boolean bounded) throws IOException {
        return null;
    }

    /** Tells whether the container was told to take multipart bodies apart. Does nothing to the body. */
    default boolean givesParts() {
        return true;
    }
}
