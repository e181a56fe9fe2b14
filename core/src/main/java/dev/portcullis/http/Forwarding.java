package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;

/**
 * Tells what proxies say about a request: the caller's address, the scheme and the host that the client used.
 *
 * <p>Implementations are thread-safe, and believe only peers that are trusted.
 */
public interface Forwarding {

    /** Nobody is trusted: the facts of the connection hold. */
    Forwarding NONE = head -> new Facts(head.peer(), head.scheme(), head.host(), false);

    /**
     * What holds for a request.
     *
     * @param address the caller's address
     * @param scheme the scheme that the client used, {@code http} or {@code https}
     * @param host the host that the client asked for
     * @param trusted whether the peer is a trusted proxy
     */
    record Facts(Address address, String scheme, String host, boolean trusted) {
        /** Checks that nothing is missing. */
        public Facts {
            requireNonNull(address, "address");
            requireNonNull(scheme, "scheme");
            requireNonNull(host, "host");
        }
    }

    /** Reads the facts from what the connection brought. Asked at most once for a request. */
    Facts facts(Head head);
}
