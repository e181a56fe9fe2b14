package dev.portcullis.crawler;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Address;
import dev.portcullis.store.Late;
import org.jspecify.annotations.Nullable;

/**
 * What was found in networks: {@code /24}, or {@code /48} of IPv6. Thread-safe.
 *
 * <p>Those that have proven something are kept apart from the others, so that no flood makes anybody forget them.
 */
final class Networks {

    private final CrawlerTerms terms;

    /** Until when each counts as proven. */
    private final Late<Cache<Address, Long>> proven;

    /** Until when each counts as barren. */
    private final Late<Cache<Address, Long>> barren;

    Networks(CrawlerTerms terms) {
        this.terms = terms;
        this.proven = held(terms.maxAddresses());
        this.barren = held(terms.maxAddresses());
    }

    private static Late<Cache<Address, Long>> held(int most) {
        return new Late<>(() ->
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build());
    }

    /** The network of an address. */
    static Address of(Address address) {
        return address.isIpv4()
                ? new Address(address.high(), address.low() & ~0xffL)
                : new Address(address.high() & ~0xffffL, 0);
    }

    /** The part of the address space, {@code /16} or {@code /32}, in which a network lies. */
    static Address region(Address network) {
        return network.isIpv4()
                ? new Address(network.high(), network.low() & ~0xffffL)
                : new Address(network.high() & ~0xffff_ffffL, 0);
    }

    /** What is remembered of a network. */
    Repute repute(Address network, long now) {
        if (holds(proven.get().getIfPresent(network), now, terms.keep().toMillis())) {
            return Repute.PROVEN;
        }
        return holds(barren.get().getIfPresent(network), now, terms.keepForged().toMillis())
                ? Repute.BARREN
                : Repute.STRANGE;
    }

    /** Not for longer than it can have been said for, whatever becomes of the clock. */
    private static boolean holds(@Nullable Long until, long now, long longest) {
        return until != null && now < until && until - now <= longest;
    }

    /** An address of the network was looked up. */
    void found(Address network, boolean named, long now) {
        if (named) {
            proven.get().put(network, now + terms.keep().toMillis());
        } else {
            barren.get().put(network, now + terms.keepForged().toMillis());
        }
    }

    /** Nobody could tell the names of an address of the network. */
    void untold(Address network, long now) {
        barren.get().put(network, now + terms.retry().toMillis());
    }
}
