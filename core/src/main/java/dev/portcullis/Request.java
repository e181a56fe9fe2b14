package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What enforced rules that have let it pass have proven of its values; later rules need not look at those. */
    default Proven proven() {
        return Proven.NOTHING;
    }

    /**
     * Which values of a request can do no harm, whoever reads them, because they are numbers, words of a list and the like. Immutable.
     *
     * <p>It is made when a check is built, and handed out with {@link Verdict.Pass}: a request is marked without anything being copied.
     *
     * @param names the names of the values, by where they stand; fields in lower case; for the path the empty name, for all of it
     * @param json what is proven of the body as JSON
     */
    record Proven(Map<Where, Set<String>> names, Value json) {

        /** Where values stand. */
        public enum Where {
            /** The whole path. */
            PATH,
            /** Parameters of the query. */
            QUERY,
            /** Fields of an urlencoded form. */
            FORM,
            /** Header fields. */
            HEADER,
            /** Cookies. */
            COOKIE
        }

        /** Nothing is proven. */
        public static final Proven NOTHING = new Proven(Map.of(), Value.UNKNOWN);

        /** Copies the names. */
        public Proven {
            names = Map.copyOf(names);
            requireNonNull(json, "json");
        }

        /** Tells whether all values of this name that stand there are harmless. */
        public boolean covers(Where where, String name) {
            requireNonNull(name, "name");
            var known = names.get(where);
            return known != null && known.contains(name);
        }

        /** Tells whether nothing is proven. */
        public boolean isNothing() {
            return names.isEmpty() && json.isUnknown();
        }

        /** What both have proven together. */
        public Proven and(Proven other) {
            if (other.isNothing()) {
                return this;
            }
            if (isNothing()) {
                return other;
            }
            var all = new EnumMap<Where, Set<String>>(Where.class);
            all.putAll(names);
            other.names.forEach((where, more) -> all.merge(where, more, Proven::union));
            return new Proven(all, json.and(other.json));
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            var all = new HashSet<>(one);
            all.addAll(other);
            return Set.copyOf(all);
        }

        /**
         * What is proven of a value of JSON. Immutable.
         *
         * @param harmless whether all of it is harmless
         * @param members what is proven of members, by name
         * @param elements what is proven of every element; null: nothing
         */
        public record Value(
                boolean harmless,
                Map<String, Value> members,
                @Nullable Value elements) {

            /** Nothing is proven. */
            public static final Value UNKNOWN = new Value(false, Map.of(), null);

            /** All of it is harmless. */
            public static final Value HARMLESS = new Value(true, Map.of(), null);

            /** Copies the members. */
            public Value {
                members = Map.copyOf(members);
            }

            /** Tells whether nothing is proven. */
            public boolean isUnknown() {
                return !harmless && members.isEmpty() && elements == null;
            }

            /** What is proven of the member. */
            public Value member(String name) {
                requireNonNull(name, "name");
                return harmless ? HARMLESS : members.getOrDefault(name, UNKNOWN);
            }

            /** What is proven of every element. */
            public Value element() {
                return harmless ? HARMLESS : elements == null ? UNKNOWN : elements;
            }

            /** What both have proven together. */
            public Value and(Value other) {
                requireNonNull(other, "other");
                if (harmless || other.isUnknown()) {
                    return this;
                }
                var all = new HashMap<>(members);
                other.members.forEach((name, more) -> all.merge(name, more, Value::and));
                var both = elements == null ? other.elements : element().and(other.element());
                return new Value(other.harmless, all, both);
            }
        }
    }
}
