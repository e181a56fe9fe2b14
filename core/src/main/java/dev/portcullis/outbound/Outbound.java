package dev.portcullis.outbound;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.RequestId;
import dev.portcullis.http.TraceParent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts the application's own calls take the caller's token and trace to. Immutable.
 *
 * <p>A host is named exactly, with its port where that is not the usual one, and reached over TLS, or is this machine. Only a token goes
 * along that the gate has accepted, and none that is bound to its sender (RFC 8705, RFC 9449): nobody else can use it.
 */
@TrustedBase
public final class Outbound {

    /** What can go along. */
    public enum Part {
        /** The bearer token that the gate has accepted, in {@code Authorization}. */
        AUTHORIZATION,
        /** {@code traceparent} (W3C Trace Context), where the request brought a well-formed one. */
        TRACEPARENT,
        /** The correlation id, in {@code X-Request-Id}. */
        REQUEST_ID
    }

    /** Nothing goes along, wherever to. */
    public static final Outbound NOWHERE = new Outbound(Set.of(), EnumSet.noneOf(Part.class));

    private static final String AUTHORIZATION = "Authorization";
    private static final String TRACEPARENT = "traceparent";
    private static final String BEARER = "Bearer ";
    private static final Set<String> TOKENS = Set.of("jwt", "introspection");

    private final Set<Destination> hosts;
    private final Set<Part> parts;

    private Outbound(Set<Destination> hosts, Set<Part> parts) {
        this.hosts = hosts;
        this.parts = parts;
    }

    /**
     * These parts go along to these hosts.
     *
     * @param hosts each as {@code host}, {@code host:port} or {@code [address]:port}
     * @throws IllegalArgumentException when there is no host, one that is none, or no part
     */
    public static Outbound to(Collection<String> hosts, Set<Part> parts) {
        if (hosts.isEmpty() || parts.isEmpty()) {
            throw new IllegalArgumentException("hosts and parts: none (expected: at least one of each)");
        }
        return new Outbound(
                hosts.stream().map(Destination::parse).collect(Collectors.toUnmodifiableSet()), EnumSet.copyOf(parts));
    }

    /** Tells whether anything may go along to the target. */
    public boolean names(URI target) {
        var destination = hosts.isEmpty() ? null : Destination.of(requireNonNull(target, "target"));
        return destination != null && hosts.contains(destination);
    }

    /**
     * The fields that go along to the target; none when it is not named.
     *
     * @param request the request that the call is made for
     * @param caller whom the gate has identified; null for nobody
     * @throws IllegalStateException when the token shall go along and is bound to its sender
     */
    public List<Header> along(URI target, Request request, @Nullable Principal caller) {
        if (!names(target)) {
            return List.of();
        }
        var fields = new ArrayList<Header>();
        if (parts.contains(Part.AUTHORIZATION) && caller != null && TOKENS.contains(caller.proof())) {
            fields.add(new Header(AUTHORIZATION, token(request, caller)));
        }
        var trace = request.header(TRACEPARENT);
        if (parts.contains(Part.TRACEPARENT) && trace != null && TraceParent.isValid(trace)) {
            fields.add(new Header(TRACEPARENT, trace));
        }
        if (parts.contains(Part.REQUEST_ID)) {
            fields.add(new Header(RequestId.HEADER, request.id()));
        }
        return List.copyOf(fields);
    }

    private static String token(Request request, Principal caller) {
        var sent = request.header(AUTHORIZATION);
        if (caller.claims().containsKey("cnf")
                || sent == null
                || !sent.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new IllegalStateException(
                    "the caller's token is bound to its sender, so that nobody can pass it on (expected: a plain bearer token)");
        }
        return BEARER + sent.substring(BEARER.length()).stripLeading();
    }
}
