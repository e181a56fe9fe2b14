package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.Head;
import java.util.List;
import java.util.Locale;
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
 * <p>Where the proxies' addresses are not known but their number is, the walk may count hops instead; the peer has to be trusted
 * all the same.
 *
 * <p>Scheme and host are the last value of their header, which the nearest proxy wrote; in a chain of proxies the outermost has to
 * set them and the others to hand them on. Read from {@code forwarded}, they are those of the element at which the walk ended.
 */
@TrustedBase
public final class TrustedProxies implements Forwarding {

    private static final String FORWARDED = "forwarded";
    private static final String LIST = "x-forwarded-for";
    private static final int MAX_PROXIES = 16;

    private final IpRanges trusted;
    private final @Nullable String address;
    private final @Nullable String scheme;
    private final @Nullable String host;
    private final List<String> fields;
    private final Trail.Reach reach;
    private final ProxyTally tally;

    private TrustedProxies(Builder builder) {
        this.trusted = builder.trusted;
        this.address = builder.address;
        this.scheme = builder.scheme;
        this.host = builder.host;
        this.reach = builder.hops == 0 ? Trail.Reach.through(trusted) : Trail.Reach.past(builder.hops);
        this.tally = builder.tally;
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

    /** What became of the headers so far. */
    public ProxyReport report() {
        return tally.report();
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
                tally.ignored();
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
        if (lines.isEmpty()) {
            tally.missing();
        }
        return counted(
                switch (address) {
                    case FORWARDED -> Trail.ofForwarded(peer, lines, reach);
                    case LIST -> Trail.ofList(peer, lines, reach);
                    default -> Trail.ofSingle(peer, lines);
                });
    }

    /** What a Forwarded field says of the caller when it is asked for other facts than the address. */
    private @Nullable ForwardedElement element(Head head) {
        if (!FORWARDED.equals(scheme) && !FORWARDED.equals(host)) {
            return null;
        }
        return counted(Trail.ofForwarded(head.peer(), lines(head, FORWARDED), reach))
                .element();
    }

    private Trail counted(Trail trail) {
        if (trail.end() == Trail.End.UNREADABLE) {
            tally.unreadable();
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
                tally.unreadable();
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
        tally.unreadable();
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
        tally.unreadable();
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
        private int hops;
        private ProxyTally tally = new ProxyTally();

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

        /**
         * Counts proxies instead of looking at their addresses: so many stand before the service, the peer included. Whoever reaches
         * a proxy past the outermost can write what he likes; so ranges are better wherever they are known.
         *
         * @throws IllegalArgumentException when there are less than 1 or more than 16
         */
        public Builder hops(int proxies) {
            if (proxies < 1 || proxies > MAX_PROXIES) {
                throw new IllegalArgumentException("hops: " + proxies + " (expected: 1 to " + MAX_PROXIES + ")");
            }
            hops = proxies;
            return this;
        }

        /** Sets who counts what becomes of the headers; nobody else does unless told otherwise. */
        public Builder tally(ProxyTally lasting) {
            tally = requireNonNull(lasting, "lasting");
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
            if (hops > 0 && !FORWARDED.equals(address) && !LIST.equals(address)) {
                throw new IllegalArgumentException("hops: counted in `" + (address == null ? "nothing" : address)
                        + "` (expected: `x-forwarded-for` or `forwarded`, which name every hop)");
            }
            return new TrustedProxies(this);
        }
    }
}
