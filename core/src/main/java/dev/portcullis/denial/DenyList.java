package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.LedgerUnavailable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The denials of all nodes that share a ledger. Thread-safe.
 *
 * <p>What is denied here holds here at once, and elsewhere when the other node has next asked the ledger. Requests never ask the
 * ledger while it was asked within {@code maxStale}; after that one request at a time does, and the others cannot tell.
 */
@TrustedBase
public final class DenyList {

    /** The space of the ledger that denials stand in. */
    public static final String SPACE = "denials";

    /** The longest that a denial holds. */
    public static final Duration MAX_TTL = Duration.ofDays(366);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Clock clock;
    private final Function<Collection<String>, Predicate<Address>> ranges;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<String, Denial> made = new LinkedHashMap<>();
    private final Map<String, Instant> lifted = new HashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();
    private volatile Bounds bounds;
    private volatile Known known;
    private volatile State state = State.NEVER;
    private List<Denial> written = List.of();
    private long cursor;
    private long unreadable;

    /**
     * The bounds of what is kept, and for how long.
     *
     * @param maxEntries how many denials may be made here, besides those that are written in the configuration
     * @param maxStale how long what is known is good while the ledger cannot tell
     */
    public record Bounds(int maxEntries, Duration maxStale) {

        /** Ten thousand denials; five minutes. */
        public static final Bounds USUAL = new Bounds(10_000, Duration.ofMinutes(5));

        /** Checks the bounds. */
        public Bounds {
            if (maxEntries < 1 || maxEntries > 100_000) {
                throw new IllegalArgumentException("max-entries: " + maxEntries + " (expected: 1 to 100000)");
            }
            if (maxStale.compareTo(Duration.ofSeconds(1)) < 0 || maxStale.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("max-stale: " + maxStale + " (expected: 1 second to 1 day)");
            }
        }
    }

    /**
     * How it stands with the ledger. Immutable.
     *
     * @param asked when it was last asked; null: never
     * @param told when it last told everything; null: never
     * @param problem why it could not when it was last asked; null when it could
     * @param unreadable how many of its entries could not be read, since the start
     */
    public record State(
            @Nullable Instant asked,
            @Nullable Instant told,
            @Nullable String problem,
            long unreadable) {

        static final State NEVER = new State(null, null, null, 0);
    }

    /** There are as many denials as there may be. */
    public static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Full(int most) {
            super("denials: " + most
                    + " hold already (expected: fewer; lift some, or deny a range, a client, a tenant)");
        }
    }

    private DenyList(Ledger ledger, Clock clock, Function<Collection<String>, Predicate<Address>> ranges) {
        this.ledger = requireNonNull(ledger, "ledger");
        this.clock = requireNonNull(clock, "clock");
        this.ranges = requireNonNull(ranges, "ranges");
        this.bounds = Bounds.USUAL;
        this.known = new Known(List.of(), ranges);
    }

    /**
     * The denials in this ledger.
     *
     * @param ranges makes a set of addresses of texts; it throws {@link IllegalArgumentException} for a text that is no range
     */
    public static DenyList of(Ledger ledger, Clock clock, Function<Collection<String>, Predicate<Address>> ranges) {
        return new DenyList(ledger, clock, ranges);
    }

    /** Sets the bounds from now on. */
    public void within(Bounds other) {
        bounds = requireNonNull(other, "other");
    }

    /** Sets what is written in the configuration, beside what was denied since. */
    public void written(List<Denial> denials) {
        writing.lock();
        try {
            written = List.copyOf(denials);
            publish(clock.instant());
        } finally {
            writing.unlock();
        }
    }

    /**
     * Denies something, here at once and on other nodes when they next ask the ledger.
     *
     * @param reason why, for operators
     * @param by who denies it
     * @throws IllegalArgumentException when it cannot be denied for so long, or the address is none
     * @throws Full when there are as many denials as there may be
     * @throws LedgerUnavailable when it could not be entered; then nothing is denied
     */
    public Denial deny(Target target, String reason, String by, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("ttl: " + ttl + " (expected: more than nothing, at most 366 days)");
        }
        demandRange(target);
        var now = clock.instant();
        var denial = new Denial(id(), target, reason, by, now, now.plus(ttl));
        demandRoom(now);
        if (!ledger.putIfAbsent(SPACE, denial.id(), Entry.text(denial), denial.until())) {
            throw new LedgerUnavailable("an id twice", null);
        }
        take(List.of(new Entry.Made(denial)), now);
        return denial;
    }

    private void demandRange(Target target) {
        if (target.what() == Target.What.ADDRESS) {
            var unused = ranges.apply(List.of(target.value()));
        }
    }

    private void demandRoom(Instant now) {
        writing.lock();
        try {
            var most = bounds.maxEntries();
            if (made.values().stream().filter(denial -> denial.holds(now)).count() >= most) {
                throw new Full(most);
            }
        } finally {
            writing.unlock();
        }
    }

    private static String id() {
        var bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Lifts a denial that was made here or on another node.
     *
     * @return what was lifted; null when there is no such denial, or it is written in the configuration
     * @throws LedgerUnavailable when it could not be entered; then nothing is lifted
     */
    public @Nullable Denial lift(String id) {
        requireNonNull(id, "id");
        var now = clock.instant();
        var denial = find(id);
        if (denial == null || !denial.holds(now)) {
            return null;
        }
        ledger.putIfAbsent(SPACE, Entry.liftKey(id), "", denial.until());
        take(List.of(new Entry.Lifted(id, denial.until())), now);
        return denial;
    }

    private @Nullable Denial find(String id) {
        return locked(() -> made.get(id));
    }

    /** Asks the ledger for what other nodes have denied. Never throws for what the ledger does; {@link #state} says how it went. */
    public void refresh() {
        var now = clock.instant();
        try {
            var changes = ledger.changes(SPACE, cursor());
            take(changes, now);
            while (changes.entries().size() >= Ledger.MAX_CHANGES) {
                changes = ledger.changes(SPACE, changes.cursor());
                take(changes, now);
            }
            settle(now);
            state = new State(now, now, null, unreadable());
        } catch (LedgerUnavailable e) {
            state = new State(now, state.told(), e.getMessage(), unreadable());
        } catch (RuntimeException e) {
            state = new State(now, state.told(), e.getClass().getSimpleName(), unreadable());
        }
    }

    /**
     * Knows what was told before this process began, as of then, until the ledger tells itself. Nobody knows what will be told.
     *
     * @param shared whether the ledger outlasts this process: what it does not have once it has told everything is forgotten
     */
    public void recall(KeptDenials kept, boolean shared) {
        var now = clock.instant();
        writing.lock();
        try {
            if (shared) {
                kept.denials().stream()
                        .map(Denial::id)
                        .filter(id -> !made.containsKey(id))
                        .forEach(unconfirmed::add);
            }
            take(kept.denials().stream().map(Entry.Made::new).toList(), now);
        } finally {
            writing.unlock();
        }
        if (state.told() == null && !kept.told().isAfter(now)) {
            state = new State(null, kept.told(), "not asked yet", unreadable());
        }
    }

    /** The ledger has told all that it has, from its beginning: what was recalled and is not among it is denied no longer. */
    private void settle(Instant now) {
        writing.lock();
        try {
            if (made.keySet().removeAll(unconfirmed)) {
                publish(now);
            }
            unconfirmed.clear();
        } finally {
            writing.unlock();
        }
    }

    /** What was denied while the gate runs, here or elsewhere, and holds. */
    public List<Denial> made() {
        return locked(() -> List.copyOf(made.values()));
    }

    private <T extends @Nullable Object> T locked(Supplier<T> read) {
        writing.lock();
        try {
            return read.get();
        } finally {
            writing.unlock();
        }
    }

    private long cursor() {
        return locked(() -> cursor);
    }

    private long unreadable() {
        return locked(() -> unreadable);
    }

    private void take(Ledger.Changes changes, Instant now) {
        take(changes.entries().stream().map(Entry::of).toList(), now);
        writing.lock();
        try {
            changes.entries().forEach(entry -> unconfirmed.remove(entry.key()));
            cursor = changes.cursor(); // a ledger whose backup was restored begins again, below what it told before
        } finally {
            writing.unlock();
        }
    }

    private void take(List<? extends Entry> entries, Instant now) {
        writing.lock();
        try {
            var changed = false;
            for (var entry : entries) {
                changed |= take(entry);
            }
            changed |= made.values().removeIf(denial -> !denial.holds(now));
            lifted.values().removeIf(until -> !until.isAfter(now));
            if (changed) {
                publish(now);
            }
        } finally {
            writing.unlock();
        }
    }

    /** In whichever order a denial and its lifting come, and however often, the same is left. */
    private boolean take(Entry entry) {
        if (entry instanceof Entry.Lifted lift) {
            lifted.put(lift.id(), lift.until());
            return made.remove(lift.id()) != null;
        }
        if (entry instanceof Entry.Made one) {
            var denial = one.denial();
            return !lifted.containsKey(denial.id()) && isRange(denial) && made.put(denial.id(), denial) == null;
        }
        unreadable++;
        return false;
    }

    private boolean isRange(Denial denial) {
        try {
            demandRange(denial.target());
            return true;
        } catch (IllegalArgumentException e) {
            unreadable++;
            return false;
        }
    }

    private void publish(Instant now) {
        var all = new ArrayList<Denial>();
        written.stream().filter(denial -> denial.holds(now)).forEach(all::add);
        all.addAll(made.values());
        known = new Known(all, ranges);
    }

    /** The denials that hold now. */
    public List<Denial> all() {
        var now = clock.instant();
        return known.all().stream().filter(denial -> denial.holds(now)).toList();
    }

    /** How it stands with the ledger. */
    public State state() {
        return state;
    }

    /** What is known, however old it is. */
    Known lastKnown() {
        return known;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * What is known and fresh enough to say who is not revoked.
     *
     * @throws LedgerUnavailable when nobody can tell
     */
    Known fresh() {
        return isFresh() ? known : asked();
    }

    private boolean isFresh() {
        var told = state.told();
        return told != null
                && clock.millis() - told.toEpochMilli() <= bounds.maxStale().toMillis();
    }

    /** One request asks, and the others wait for what comes of it; a ledger that is away is asked once a second. */
    private Known asked() {
        asking.lock();
        try {
            if (!isFresh() && isDue()) {
                refresh();
            }
        } finally {
            asking.unlock();
        }
        if (!isFresh()) {
            throw new LedgerUnavailable("nobody could tell for longer than `max-stale` what is revoked", null);
        }
        return known;
    }

    private boolean isDue() {
        var asked = state.asked();
        var since = asked == null ? PAUSE : Duration.between(asked, clock.instant());
        return since.isNegative() || since.compareTo(PAUSE) >= 0;
    }
}
