package dev.portcullis.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What requests are counted by. Immutable.
 *
 * <p>Words, alone or together:
 *
 * <ul>
 *   <li>{@code client}: the caller's issuer and client; the address for a caller without identity
 *   <li>{@code address}: the caller's address; for IPv6 the network of its first 64 bits
 *   <li>{@code route}: the handler or path template that the request goes to; the rule's name where that is not known
 *   <li>{@code tenant}: the caller's issuer and tenant; the address for a caller without one
 *   <li>{@code header:name}: the value of a header; the address where it is missing, empty, or longer than 1024 characters
 *   <li>{@code global}: nothing, so that all requests count together
 * </ul>
 *
 * <p>Together they count by the combination: every value of a header that a client sends then has permits of its own, so that such
 * a limit needs another one beside it, without the header. No request is left uncounted.
 */
public final class LimitKey {

    /** What a word asks for. */
    enum Kind {
        CLIENT,
        ADDRESS,
        ROUTE,
        TENANT,
        HEADER,
        GLOBAL
    }

    /** One word; the header's name is empty for all kinds but one. */
    record Part(Kind kind, String header) {}

    private static final String HEADER = "header:";

    private final List<Part> parts;
    private final ClientNames names;

    private LimitKey(List<Part> parts, ClientNames names) {
        this.parts = parts;
        this.names = names;
    }

    /**
     * The key that these words name. Their order does not matter.
     *
     * @throws IllegalArgumentException when there is none, one is unknown, or one stands there twice
     */
    public static LimitKey parse(List<String> words) {
        var parts = new ArrayList<Part>();
        for (var word : words) {
            var part = part(word);
            if (parts.contains(part)) {
                throw new IllegalArgumentException("by: `" + word + "` twice (expected: every word once)");
            }
            parts.add(part);
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "by: nothing (expected: client, address, route, tenant, header:name or global)");
        }
        parts.sort(Comparator.comparing(Part::kind).thenComparing(Part::header));
        return new LimitKey(List.copyOf(parts), ClientNames.NONE);
    }

    /** The same key, where clients are known by these names. */
    public LimitKey naming(ClientNames others) {
        return new LimitKey(parts, others);
    }

    /** By which names clients are counted. */
    ClientNames names() {
        return names;
    }

    private static Part part(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith(HEADER) && fieldName(lower.substring(HEADER.length()))) {
            return new Part(Kind.HEADER, lower.substring(HEADER.length()));
        }
        return switch (lower) {
            case "client" -> new Part(Kind.CLIENT, "");
            case "address" -> new Part(Kind.ADDRESS, "");
            case "route" -> new Part(Kind.ROUTE, "");
            case "tenant" -> new Part(Kind.TENANT, "");
            case "global" -> new Part(Kind.GLOBAL, "");
            default ->
                throw new IllegalArgumentException(
                        "by: `" + word + "` (expected: client, address, route, tenant, header:name or global)");
        };
    }

    private static boolean fieldName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(
                                c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** The words in one order. */
    List<Part> parts() {
        return parts;
    }

    /** Tells whether the key asks who the caller is, so that its limit is of full use only after authentication. */
    public boolean needsIdentity() {
        return has(Kind.CLIENT) || has(Kind.TENANT);
    }

    /** Tells whether every client is counted by itself, once it is known. */
    public boolean tellsClients() {
        return has(Kind.CLIENT);
    }

    /** Tells whether a client can choose the key freely: it holds a header, and nothing that says who or where the client is. */
    public boolean forgeable() {
        return has(Kind.HEADER) && !needsIdentity() && !has(Kind.ADDRESS);
    }

    private boolean has(Kind kind) {
        return parts.stream().anyMatch(part -> part.kind() == kind);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LimitKey key && parts.equals(key.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** The words, joined by commas. */
    @Override
    public String toString() {
        return String.join(
                ",",
                parts.stream()
                        .map(part -> part.kind().name().toLowerCase(Locale.ROOT) + suffix(part))
                        .toList());
    }

    private static String suffix(Part part) {
        return part.header().isEmpty() ? "" : ":" + part.header();
    }
}
