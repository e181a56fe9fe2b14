package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from the peer back to the caller, as far as trusted proxies tell it. Immutable.
 *
 * @param address the address of the hop that was reached
 * @param element the last element of a Forwarded field on the way; null when there was none
 * @param end why the way ends there
 */
@TrustedBase
record Trail(Address address, @Nullable ForwardedElement element, End end) {

    /** How many elements are looked at, empty ones included. */
    static final int MAX_HOPS = 32;

    /** The longest element that is read, in characters. */
    static final int MAX_ELEMENT = 1024;

    /** Why a way ends. */
    enum End {
        /** The hop is not trusted, or nothing more was said. */
        REACHED,
        /** The proxy knows the hop before it and does not tell. */
        HIDDEN,
        /** What was said cannot be read. */
        UNREADABLE
    }

    /** How one element of a field leads from a hop to the hop before it. */
    private interface Step {

        Trail from(Trail hop, String element);
    }

    /** Tells whether a hop is believed when it names the hop before it. */
    interface Reach {

        /**
         * Whether the way goes on.
         *
         * @param hop the address that was reached
         * @param steps how many steps it is away from the peer
         */
        boolean goesOn(Address hop, int steps);

        /** Whether a way that is shorter than this is one on which something is missing. */
        default boolean isShort(int steps) {
            return false;
        }

        /** As far as addresses are trusted. */
        static Reach through(IpRanges trusted) {
            return (hop, steps) -> trusted.contains(hop);
        }

        /** Past so many proxies, the peer included, whatever their addresses are. */
        static Reach past(int proxies) {
            return new Reach() {
                @Override
                public boolean goesOn(Address hop, int steps) {
                    return steps < proxies;
                }

                @Override
                public boolean isShort(int steps) {
                    return steps > 0 && steps < proxies;
                }
            };
        }
    }

    /** The way that ends at the peer. */
    static Trail at(Address peer) {
        return new Trail(peer, null, End.REACHED);
    }

    /** The way along the elements of X-Forwarded-For. */
    static Trail ofList(Address peer, List<String> lines, Reach reach) {
        return follow(at(peer), new Elements(lines, false), reach, Trail::plainStep);
    }

    /** The way along the elements of Forwarded (RFC 7239). */
    static Trail ofForwarded(Address peer, List<String> lines, Reach reach) {
        return follow(at(peer), new Elements(lines, true), reach, Trail::forwardedStep);
    }

    /** The way to the one address that a field such as CF-Connecting-IP holds. */
    static Trail ofSingle(Address peer, List<String> lines) {
        if (lines.isEmpty()) {
            return at(peer);
        }
        return lines.size() == 1 && lines.get(0).length() <= MAX_ELEMENT
                ? plainStep(at(peer), lines.get(0))
                : at(peer).ending(End.UNREADABLE);
    }

    private static Trail follow(Trail start, Elements elements, Reach reach, Step step) {
        var hop = start;
        var steps = 0;
        for (var i = 0; i < MAX_HOPS; i++) {
            if (hop.end != End.REACHED || !reach.goesOn(hop.address, steps)) {
                return hop;
            }
            var element = elements.previous();
            if (element == null) {
                return reach.isShort(steps) ? hop.ending(End.UNREADABLE) : hop;
            }
            if (element.length() > MAX_ELEMENT) {
                return hop.ending(End.UNREADABLE);
            }
            hop = element.isEmpty() ? hop : step.from(hop, element);
            steps += element.isEmpty() ? 0 : 1;
        }
        return reach.goesOn(hop.address, steps) ? hop.ending(End.UNREADABLE) : hop;
    }

    private static Trail plainStep(Trail hop, String element) {
        var address = Node.address(element);
        return address == null ? hop.ending(End.UNREADABLE) : at(address);
    }

    private static Trail forwardedStep(Trail hop, String text) {
        var element = ForwardedElement.parse(text);
        if (element == null) {
            return hop.ending(End.UNREADABLE);
        }
        var address = element.address();
        if (address != null) {
            return new Trail(address, element, End.REACHED);
        }
        return new Trail(hop.address, element, element.hidesAddress() ? End.HIDDEN : End.UNREADABLE);
    }

    private Trail ending(End why) {
        return new Trail(address, element, why);
    }
}
