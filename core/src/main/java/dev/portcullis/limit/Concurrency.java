package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.limit.LimitKey.Kind;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The counts of requests in flight, and the circuits around handlers. Thread-safe.
 *
 * <p>They outlive policy sets: what is made again with the name, the key and the way to adapt that it had goes on counting where it
 * stood. A permit is given back where it was taken, whichever set is asked meanwhile. What no policy set and no permit holds on to any
 * more is forgotten.
 */
public final class Concurrency {

    private final Kept kept = new Kept();
    private final AtomicInteger lastRule = new AtomicInteger();
    private final Salt salt = Salt.random();
    private final Clock clock;
    private final int maxKeys;

    private Concurrency(Clock clock, int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: >= 1)");
        }
        this.clock = clock;
        this.maxKeys = maxKeys;
    }

    /**
     * Nothing is in flight.
     *
     * @param clock the time that latencies and pauses are measured by
     * @param maxKeys how many callers may have requests in flight under one limit; others are denied, since none is forgotten
     */
    public static Concurrency of(Clock clock, int maxKeys) {
        return new Concurrency(requireNonNull(clock, "clock"), maxKeys);
    }

    /** Tells whether the key is the service's own choice, so that what it counts is work of the service and not of a caller. */
    public static boolean isOfTheService(LimitKey key) {
        return key.parts().stream().allMatch(part -> part.kind() == Kind.GLOBAL || part.kind() == Kind.ROUTE);
    }

    /** Tells whether the key says from where a request comes, and nothing else of it, so that its limit can stand before authentication. */
    public static boolean isOfTheAddress(LimitKey key) {
        return key.parts().stream().allMatch(part -> part.kind() == Kind.ADDRESS);
    }

    static boolean isPerRoute(LimitKey key) {
        return key.parts().stream().anyMatch(part -> part.kind() == Kind.ROUTE);
    }

    /** Makes the checks of one policy set. */
    public ConcurrencyRules rules() {
        return rules(ClientNames.NONE);
    }

    /** Makes the checks of one policy set, where clients are known by these names. */
    public ConcurrencyRules rules(ClientNames names) {
        return new ConcurrencyRules(this, requireNonNull(names, "names"));
    }

    Clock clock() {
        return clock;
    }

    Slots slots() {
        return new Slots(maxKeys);
    }

    Sharers sharers() {
        return new Sharers(clock, maxKeys);
    }

    Keying keying(String ruleName, LimitKey key) {
        return new Keying(lastRule.incrementAndGet(), ruleName, key, salt);
    }

    /** What is kept under the name, or was made just now. */
    <T> T keep(Object name, Class<T> type, Supplier<T> maker) {
        return kept.keep(name, type, maker);
    }
}
