package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.abuse.FailureReport;
import dev.portcullis.abuse.Failures;
import dev.portcullis.abuse.Logins;
import dev.portcullis.store.Ledger;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of how callers behave, and outlives a configuration. Thread-safe, but compiled by one thread at a time. */
final class Behaviour {

    private final Clock clock;
    private final Executor executor;
    private final Consumer<Change> changes;
    private final @Nullable Ledger ledger;
    private final Logins logins;
    private volatile @Nullable Failures failures;
    private volatile Logins.@Nullable Terms terms;

    /**
     * Nothing yet.
     *
     * @param changes who is told of what stands out
     * @param ledger what other nodes share; null when there are none
     */
    Behaviour(Clock clock, Executor executor, Consumer<Change> changes, @Nullable Ledger ledger) {
        this.clock = clock;
        this.executor = executor;
        this.changes = changes;
        this.ledger = ledger;
        this.logins = Logins.of(this::known, () -> requireNonNull(terms, "terms"));
    }

    /** Who failed so far, in so much room; the first time decides how much that is. */
    Failures failures(int maxKeys) {
        var kept = failures;
        if (kept == null) {
            kept = Failures.of(clock, maxKeys, changes);
            if (ledger != null) {
                kept.share(ledger, executor);
            }
            failures = kept;
        }
        return kept;
    }

    private Failures known() {
        return requireNonNull(failures, "failures");
    }

    /** Takes over what a configuration says that was found right. */
    void adopt(Guessing guessing) {
        terms = guessing.terms();
    }

    Logins logins() {
        return logins;
    }

    FailureReport report() {
        return known().report();
    }
}
