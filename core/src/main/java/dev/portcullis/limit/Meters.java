package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The counts of all limits, in a table of bounded size. Thread-safe.
 *
 * <p>It outlives policy sets: a limit that is made again with the name, the windows and the key that it had goes on counting where
 * it stood. With other windows it keeps, for each key, the share of permits that was left; with another key it starts anew.
 *
 * <p>When the table is full, a key is forgotten only if it has all its permits again. While there is none to forget, requests of new
 * keys share a few meters, and are denied when these are used up; known keys keep theirs.
 */
public final class Meters {

    /** A rule by what its counts depend on. */
    private record Name(String rule, LimitKey key) {}

    private final Map<Name, Integer> rules = new ConcurrentHashMap<>();
    private final AtomicInteger lastRule = new AtomicInteger();
    private final MeterTable table;
    private final Salt salt = Salt.random();

    private Meters(Clock clock, int maxKeys) {
        table = new MeterTable(clock, maxKeys);
    }

    /**
     * An empty table.
     *
     * @param clock the time that windows follow; it may step back, which stops them and refills nothing
     * @param maxKeys how many keys are counted each by itself, over all limits; about 200 bytes each
     */
    public static Meters of(Clock clock, int maxKeys) {
        return new Meters(requireNonNull(clock, "clock"), maxKeys);
    }

    /**
     * A check that lets as many requests of a key pass as all of the windows permit: 429 {@code rate-limited}.
     *
     * <p>Every answer carries {@code RateLimit-Policy} and {@code RateLimit}, a denial {@code Retry-After} too. A permit that was used
     * is given back when a later limit denies the request, and when nothing else does.
     *
     * @param ruleName what tells this limit's counts from those of others. Two limits that shall count apart, such as an observed and
     *     an enforced one, have different names; two that are made under one name count together
     * @param windows what each key is permitted; a request that one of them denies uses a permit of none
     * @param key what requests are counted by
     */
    public Check limit(String ruleName, List<Window> windows, LimitKey key) {
        var name = new Name(requireNonNull(ruleName, "ruleName"), requireNonNull(key, "key"));
        var rule = rules.computeIfAbsent(name, unknown -> lastRule.incrementAndGet());
        return new Limit(table, new Keying(rule, ruleName, key, salt), windows);
    }

    /** How many keys are counted each by itself now. */
    public int size() {
        return table.size();
    }

    /** How many requests of new keys had to share a meter because the table was full. */
    public long overflowed() {
        return table.overflowed();
    }
}
