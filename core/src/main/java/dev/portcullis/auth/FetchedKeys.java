package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Shown;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are fetched, kept, and fetched again. Thread-safe.
 *
 * <p>At most one fetch is under way. Its state lands before the flight is over: whoever becomes the pilot of a new flight first
 * looks whether the state is still the one on which the flight was decided, and else flies no more.
 */
@TrustedBase
final class FetchedKeys implements KeyRing {

    /** How old keys may become before they are fetched again, in the background. */
    static final Duration REFRESH = Duration.ofMinutes(10);

    /** How often an unknown key id may cause a fetch, and a failed fetch is tried again while there are keys. */
    static final Duration COOL_DOWN = Duration.ofSeconds(30);

    /** How often a failed fetch is tried again while there are no keys. */
    static final Duration RETRY = Duration.ofSeconds(5);

    /** How many requests may wait for a fetch. */
    static final int MAX_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);
    private static final long SECOND = 1000;
    private static final long NEVER = Long.MIN_VALUE;

    private final String issuer;
    private final KeySupply supply;
    private final Clock clock;
    private final Delays delays;
    private final long stale;
    private final long refresh;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, NEVER, NEVER, NEVER, null));
    private final AtomicReference<@Nullable CompletableFuture<State>> flight = new AtomicReference<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /**
     * What is known.
     *
     * @param keys the last keys that were fetched
     * @param fetched when they were
     * @param tried when a fetch last ended
     * @param asked when a fetch last ended that an unknown key id had caused
     * @param problem why the last fetch failed; null when it did not
     */
    record State(
            @Nullable KeySet keys,
            long fetched,
            long tried,
            long asked,
            @Nullable String problem) {

        boolean isUsable(long now, long stale) {
            return keys != null && now - fetched < stale;
        }

        boolean isDue(long now, long refresh) {
            return !recent(fetched, now, refresh) && !isBackingOff(now, COOL_DOWN);
        }

        /** The same, with the keys of an earlier life where there are none. */
        State or(KeySupply supply) {
            var kept = keys == null ? supply.kept() : null;
            return kept == null ? this : new State(kept.keys(), kept.fetched().toEpochMilli(), tried, asked, problem);
        }

        boolean isBackingOff(long now, Duration pause) {
            return problem != null && recent(tried, now, pause.toMillis());
        }

        boolean isCoolingDown(long now) {
            return recent(asked, now, COOL_DOWN.toMillis()) || isBackingOff(now, COOL_DOWN);
        }

        /** Whether a token, whose time is in whole seconds, may be signed by a key that is not among these. */
        boolean isOlderThan(long issued) {
            return issued > fetched - SECOND;
        }

        /** A clock that was set back makes nothing recent. */
        private static boolean recent(long then, long now, long span) {
            return then != NEVER && now >= then && now - then < span;
        }
    }

    FetchedKeys(String issuer, KeySupply supply, Clock clock, Delays delays) {
        this.issuer = issuer;
        this.supply = supply;
        this.stale = supply.maxStale().toMillis();
        this.refresh = Math.min(REFRESH.toMillis(), stale / 2);
        this.clock = clock;
        this.delays = delays;
    }

    @Override
    public KeySet current() {
        var known = state.get();
        var now = clock.millis();
        if (known.isUsable(now, stale)) {
            if (known.isDue(now, refresh)) {
                var unused = fly(known, false);
            }
            return keysOf(known);
        }
        if (known.isBackingOff(now, RETRY)) {
            throw unavailable(known.problem());
        }
        await(fly(known, false), delays.first());
        var landed = state.get();
        if (!landed.isUsable(clock.millis(), stale)) {
            throw unavailable(landed.problem());
        }
        return keysOf(landed);
    }

    @Override
    public KeySet newerThan(KeySet seen, long issued) {
        var known = state.get();
        var looked = keysOf(known) == seen && !known.isCoolingDown(clock.millis());
        if (looked) {
            await(fly(known, true), delays.patience());
            known = state.get();
        }
        if (keysOf(known) == seen && known.problem() != null) {
            throw unavailable(known.problem());
        }
        if (keysOf(known) == seen && !looked && known.isOlderThan(issued)) {
            throw unavailable("a token was issued after they were fetched, and they were asked for a moment ago");
        }
        return keysOf(known);
    }

    @Override
    public CompletableFuture<?> fetched() {
        var known = state.get();
        return known.isUsable(clock.millis(), stale) ? CompletableFuture.completedFuture(known) : fly(known, false);
    }

    @Override
    public void tend() {
        var known = state.get();
        var now = clock.millis();
        if (known.isUsable(now, stale) ? known.isDue(now, refresh) : !known.isBackingOff(now, RETRY)) {
            var unused = fly(known, false);
        }
    }

    @Override
    public KeyReport report(String name) {
        var known = state.get();
        var keys = known.keys();
        return new KeyReport(
                name,
                known.isUsable(clock.millis(), stale),
                keys == null ? 0 : keys.keys().size(),
                keys == null ? null : Instant.ofEpochMilli(known.fetched()),
                known.problem(),
                keys == null ? List.of() : keys.notes());
    }

    /** Fetches unless somebody does, or did since the state was seen. */
    private CompletableFuture<State> fly(State seen, boolean asked) {
        var mine = new CompletableFuture<State>();
        var other = flight.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        if (!isStill(seen)) {
            arrive(mine);
            return mine;
        }
        var unused = start().whenComplete((keys, failure) -> {
            try {
                land(keys, failure, asked);
            } finally {
                arrive(mine);
            }
        });
        return mine;
    }

    @SuppressWarnings("ReferenceEquality") // every landing makes a state of its own, even one with the same content
    private boolean isStill(State seen) {
        return state.get() == seen;
    }

    private void arrive(CompletableFuture<State> mine) {
        flight.set(null);
        mine.complete(state.get());
    }

    private CompletableFuture<KeySet> start() {
        try {
            return supply.fetch().orTimeout(delays.first().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Takes in what came. Only the pilot of the one flight is here. */
    private void land(@Nullable KeySet keys, @Nullable Throwable failure, boolean asked) {
        var before = state.get();
        var now = clock.millis();
        var askedAt = asked ? now : before.asked();
        if (failure != null || keys == null || keys.isEmpty()) {
            var problem = failure == null ? "no usable key among those fetched" : reason(failure);
            state.set(new State(before.keys(), before.fetched(), now, askedAt, problem).or(supply));
            LOG.warn("issuer `{}`: the keys cannot be fetched: {}", issuer, problem);
        } else {
            var same = before.keys() != null && before.keys().sameKeys(keys);
            state.set(new State(same ? before.keys() : keys, now, now, askedAt, null));
            tell(keys, same);
        }
    }

    private void tell(KeySet keys, boolean same) {
        if (same) {
            return;
        }
        var without = keys.notes().isEmpty() ? "" : ", without " + keys.notes();
        LOG.info("issuer `{}`: {} keys{}", issuer, keys.keys().size(), without);
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var name = cause.getClass().getSimpleName();
        var message = cause.getMessage() == null ? "" : cause.getMessage();
        return Shown.of(message.isEmpty() ? name : cause instanceof IOException ? name + ": " + message : message);
    }

    private void await(CompletableFuture<State> landing, Duration patience) {
        if (!waiting.tryAcquire()) {
            throw unavailable("more than " + MAX_WAITING + " requests wait for them");
        }
        try {
            landing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw unavailable("a fetch takes longer than " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while waiting for them");
        } finally {
            waiting.release();
        }
    }

    private KeySet keysOf(State known) {
        if (known.keys() == null) {
            throw unavailable(known.problem());
        }
        return known.keys();
    }

    private KeysUnavailable unavailable(@Nullable String problem) {
        return new KeysUnavailable(issuer, problem);
    }
}
