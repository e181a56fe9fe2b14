package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

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

    private final RuleNumbers numbers = new RuleNumbers();
    private final Kept kept = new Kept();
    private final MeterTable table;
    private final Milestones milestones;
    private final Salt salt = Salt.random();
    private final Clock clock;
    private final @Nullable Buckets buckets;
    private final LongAdder local = new LongAdder();
    private final LateCharges late;

    /** What is counted of one window. */
    private record LevelsName(RuleNumbers.Name rule, String window) {}

    /** What a node has taken ahead of a limit. */
    private record PursesName(RuleNumbers.Name rule, Spread spread) {}

    private Meters(Clock clock, int maxKeys, Ledger ledger, @Nullable Buckets buckets) {
        this.clock = clock;
        this.buckets = buckets;
        this.late = new LateCharges(clock);
        table = new MeterTable(clock, maxKeys);
        milestones = new Milestones(clock, ledger);
    }

    /**
     * An empty table.
     *
     * @param clock the time that windows follow; it may step back, which stops them and refills nothing
     * @param maxKeys how many keys are counted each by itself, over all limits; about 110 bytes each
     */
    public static Meters of(Clock clock, int maxKeys) {
        var ledger = Ledger.memory(requireNonNull(clock, "clock"), Milestones.MAX_REMEMBERED);
        return new Meters(clock, maxKeys, ledger, null);
    }

    /**
     * An empty table for a node among others.
     *
     * @param clock the time that windows follow
     * @param maxKeys how many keys are counted each by itself in this process
     * @param ledger which milestones were told, by any node
     * @param buckets where limits count that are {@linkplain Terms#shared shared}; null when there is no such place
     */
    public static Meters of(Clock clock, int maxKeys, Ledger ledger, @Nullable Buckets buckets) {
        return new Meters(requireNonNull(clock, "clock"), maxKeys, requireNonNull(ledger, "ledger"), buckets);
    }

    /**
     * A check that lets as many requests of a key pass as all of the windows permit: 429 {@code rate-limited}, or {@code
     * quota-exceeded} for a window of the calendar; 403 {@code no-limit-key} when a key is demanded and there is none.
     *
     * <p>Every answer carries {@code RateLimit-Policy} and {@code RateLimit}, a denial {@code Retry-After} too. A permit that was used
     * is given back when a later limit denies the request, and when nothing else does.
     */
    public Limit limit(Terms terms) {
        var name = new RuleNumbers.Name(terms.meter, terms.key);
        var rule = numbers.of(name);
        var spread = terms.spread;
        return buckets == null || spread == null
                ? new Limit(table, new Keying(rule, terms.meter, terms.key, salt), terms, memory(name, terms))
                : shared(name, terms, new SharedCounts.Ground(clock, salt, rule, local, late), purses(name, spread));
    }

    /** What was taken ahead stays in hand over a reload, as long as it is taken ahead in the same way. */
    private Purses purses(RuleNumbers.Name name, Spread spread) {
        var where = requireNonNull(buckets, "buckets");
        return kept.keep(new PursesName(name, spread), Purses.class, () -> new Purses(where, spread, clock));
    }

    /** A limit whose keys are the same on every node. */
    private Limit shared(RuleNumbers.Name rule, Terms terms, SharedCounts.Ground ground, Purses purses) {
        var name = terms.meter + " " + terms.key;
        var print = Fingerprint.of(name);
        var counts = new SharedCounts(name, purses, table, ground);
        var keying = new Keying((int) print.high(), terms.meter, terms.key, new Salt(print.high(), print.low()));
        return new Limit(counts, keying, terms, memory(rule, terms));
    }

    private Limit.Memory memory(RuleNumbers.Name rule, Terms terms) {
        var known = terms.windows.stream()
                .map(window -> kept.keep(new LevelsName(rule, window.name()), Levels.class, Levels::new))
                .toList();
        return new Limit.Memory(milestones, known);
    }

    /** How many requests were counted in this process because the store could not tell. */
    public long countedHere() {
        return local.sum();
    }

    /** How many counts in the store have charges waiting for it, because it was away when requests ended. */
    public int lateCharges() {
        return late.size();
    }

    /** How many permits were used and never charged, because the store was away for too long. */
    public long lostCharges() {
        return late.lost();
    }

    /** A check for these windows alone, as {@link #limit(Terms)} makes it. */
    public Check limit(String ruleName, List<Window> windows, LimitKey key) {
        return limit(Terms.of(ruleName, windows, key));
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
