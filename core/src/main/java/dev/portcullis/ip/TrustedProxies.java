package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.Head;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Believes what listed proxies say about the caller's address, scheme and host, and nobody else. Thread-safe.
 *
 * <p>For each fact exactly one header is read, and only when the peer is trusted. The address is found by walking back from the
 * peer: as long as a hop is trusted, the element that it appended names the hop before it. The walk ends at the first hop that is
 * not trusted, at the first element when all are, and at the last trusted hop when that hop's element is missing, hidden ({@code
 * unknown}, {@code _name}) or cannot be read. So nothing that the caller wrote is believed, and nothing that he wrote breaks it.
 *
 * <p>Scheme and host are the last value of their header, which the nearest proxy wrote; in a chain of proxies the outermost has to
 * set them and the others to hand them on. Read from {@code forwarded}, they are those of the element at which the walk ended.
 */
@TrustedBase
public final class TrustedProxies implements Forwarding {

    private static final String FORWARDED = "forwarded";
    private static final String LIST = "x-forwarded-for";

    private final IpRanges trusted;
    private final @Nullable String address;
    private final @Nullable String scheme;
    private final @Nullable String host;
    private final List<String> fields;
    private final LongAdder ignored = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    private TrustedProxies(Builder builder) {
        this.trusted = builder.trusted;
        this.address = builder.address;
        this.scheme = builder.scheme;
        this.host = builder.host;
        this.fields = Stream.of(address, scheme, host)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    /**
     * Starts with the ranges of the proxies that are trusted.
     *
     * @throws IllegalArgumentException when there are none, or when they cover all of IPv4 or all of IPv6
     */
    public static Builder builder(IpRanges trusted) {
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException("trusted: none (expected: the ranges of the proxies)");
        }
        if (trusted.coversFamily()) {
            throw new IllegalArgumentException(
                    "trusted: everybody (expected: the ranges of the proxies, and no others)");
        }
        return new Builder(trusted);
    }

    /** How many requests from peers that are not trusted carried one of the headers, which was ignored. */
    public long ignored() {
        return ignored.sum();
    }

    /** How many headers of trusted peers could not be read, so that the last trusted hop stood in for the caller. */
    public long unreadable() {
        return unreadable.sum();
    }

    @Override
    public Facts facts(Head head) {
        if (!trusted.contains(head.peer())) {
            countIgnored(head);
            return new Facts(head.peer(), head.scheme(), head.host(), false);
        }
        var trail = trail(head);
        var element = FORWARDED.equals(address) ? trail.element() : element(head);
        return new Facts(trail.address(), scheme(head, element), host(head, element), true);
    }

    private void countIgnored(Head head) {
        for (var i = 0; i < fields.size(); i++) {
            if (!head.headers(fields.get(i)).isEmpty()) {
                ignored.increment();
                return;
            }
        }
    }

    private Trail trail(Head head) {
        var peer = head.peer();
        if (address == null) {
            return Trail.at(peer);
        }
        var lines = lines(head, address);
        return counted(
                switch (address) {
                    case FORWARDED -> Trail.ofForwarded(peer, lines, trusted);
                    case LIST -> Trail.ofList(peer, lines, trusted);
                    default -> Trail.ofSingle(peer, lines);
                });
    }

    /** What a Forwarded field says of the caller when it is asked for other facts than the address. */
    private @Nullable ForwardedElement element(Head head) {
        if (!FORWARDED.equals(scheme) && !FORWARDED.equals(host)) {
            return null;
        }
        return counted(Trail.ofForwarded(head.peer(), lines(head, FORWARDED), trusted))
                .element();
    }

    private Trail counted(Trail trail) {
        if (trail.end() == Trail.End.UNREADABLE) {
            unreadable.increment();
        }
        return trail;
    }

    private String scheme(Head head, @Nullable ForwardedElement element) {
        var said = FORWARDED.equals(scheme) ? element == null ? null : element.scheme() : last(head, scheme);
        if (said == null) {
            return head.scheme();
        }
        switch (said.toLowerCase(Locale.ROOT)) {
            case "https", "wss":
                return "https";
            case "http", "ws":
                return "http";
            default:
                unreadable.increment();
                return head.scheme();
        }
    }

    private String host(Head head, @Nullable ForwardedElement element) {
        var said = FORWARDED.equals(host) ? element == null ? null : element.host() : last(head, host);
        if (said == null) {
            return head.host();
        }
        if (Authority.wellFormed(said)) {
            return said;
        }
        unreadable.increment();
        return head.host();
    }

    /** The last value of the field; null when there is none. */
    private @Nullable String last(Head head, @Nullable String field) {
        return field == null ? null : new Elements(lines(head, field), false).previous();
    }

    /** The lines of the field; none when a proxy was told to take it away (RFC 9110, section 7.6.1). */
    private List<String> lines(Head head, String field) {
        var lines = head.headers(field);
        if (lines.isEmpty() || !hopByHop(head, field)) {
            return lines;
        }
        unreadable.increment();
        return List.of();
    }

    private static boolean hopByHop(Head head, String field) {
        var options = new Elements(head.headers("Connection"), false);
        for (var option = options.previous(); option != null; option = options.previous()) {
            if (option.strip().equalsIgnoreCase(field)) {
                return true;
            }
        }
        return false;
    }

    /** Names one header for each fact. Not thread-safe. */
    public static final class Builder {

        private final IpRanges trusted;
        private @Nullable String address;
        private @Nullable String scheme;
        private @Nullable String host;

        private Builder(IpRanges trusted) {
            this.trusted = trusted;
        }

        /**
         * Names the header for the caller's address: {@code x-forwarded-for}, {@code forwarded} (RFC 7239), or one that holds a single
         * address, such as {@code cf-connecting-ip}.
         */
        public Builder address(String header) {
            address = field(header);
            return this;
        }

        /** Names the header for the scheme that the caller used: {@code forwarded}, or one such as {@code x-forwarded-proto}. */
        public Builder scheme(String header) {
            scheme = field(header);
            return this;
        }

        /** Names the header for the host that the caller asked for: {@code forwarded}, or one such as {@code x-forwarded-host}. */
        public Builder host(String header) {
            host = field(header);
            return this;
        }

        private static String field(String header) {
            if (!Chars.all(header, 0, Chars::token)) {
                throw new IllegalArgumentException("header: `" + header + "` (expected: the name of a header)");
            }
            return header.toLowerCase(Locale.ROOT);
        }

        /**
         * Builds what believes the proxies.
         *
         * @throws IllegalArgumentException when no header was named
         */
        public TrustedProxies build() {
            if (address == null && scheme == null && host == null) {
                throw new IllegalArgumentException(
                        "headers: none (expected: one for the address, the scheme or the host)");
            }
            return new TrustedProxies(this);
        }
    }
}
