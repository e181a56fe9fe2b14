package dev.portcullis.config;

import dev.portcullis.store.ApplicationStore;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.SharedStore;
import dev.portcullis.store.StoreReport;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes share, or this one has alone: opened once, with the first configuration, for as long as the gate stands.
 * Thread-safe.
 */
final class Sharing implements AutoCloseable {

    private final @Nullable StoreSettings written;
    private final Elsewhere elsewhere;
    private final @Nullable SharedStore store;
    private final Ledger ledger;

    Sharing(@Nullable StoreSettings written, Elsewhere elsewhere, Clock clock) {
        this.written = written;
        this.elsewhere = elsewhere;
        this.store = opened(written, elsewhere, clock);
        var handed = elsewhere.ledger();
        if (handed != null) {
            this.ledger = handed;
        } else {
            this.ledger = store == null || written == null ? Ledger.memory(clock, Proving.MAX_ENTRIES) : store.ledger();
        }
    }

    /** What is wrong is said by {@link #check}, together with everything else. */
    private static @Nullable SharedStore opened(@Nullable StoreSettings written, Elsewhere elsewhere, Clock clock) {
        var problems = new Problems(Places.UNKNOWN);
        var at = new At(problems, "store");
        var open = written == null ? null : new StoreCompiler(at, written, elsewhere).compile();
        if (open != null) {
            return open.apply(clock);
        }
        return elsewhere.counters() == null ? null : ApplicationStore.of(elsewhere.counters(), clock);
    }

    /** Finds what is wrong with what a configuration says of the store. */
    void check(At at, @Nullable StoreSettings now) {
        if (now != null) {
            var unused = new StoreCompiler(at, now, elsewhere).compile();
            if (elsewhere.ledger() != null || elsewhere.counters() != null) {
                at.problem(
                        "a store, beside a `Ledger` or a `ProxyManager` of the application",
                        "let one of them have everything");
            }
        }
        if (!Objects.equals(written, now)) {
            at.problem("not what the gate was started with", "start anew; the store cannot change meanwhile");
        }
    }

    /** Where nonces, revocations and the like are. */
    Ledger ledger() {
        return ledger;
    }

    /** The ledger that others share; null when it is of this process alone. */
    @Nullable
    Ledger shared() {
        return elsewhere.ledger() != null || store != null && written != null ? ledger : null;
    }

    /** Whether limits can be counted for all nodes together, or might where this is no rehearsal. */
    boolean counts() {
        return written != null || elsewhere.counters() != null || !elsewhere.complete();
    }

    /** Whether limits are counted for all nodes together unless they say otherwise. */
    boolean countsByItself() {
        return written != null || elsewhere.counters() != null;
    }

    /** Where counts are shared; null when they are in this process. */
    @Nullable
    Buckets buckets() {
        return store == null ? null : store.buckets();
    }

    /** Looks after the store. */
    void tend() {
        if (store != null) {
            store.tend();
        }
    }

    /** How it stands with the store; nothing when there is none. */
    List<StoreReport> reports() {
        return store == null ? List.of() : List.of(store.report());
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
