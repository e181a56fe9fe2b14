package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.Rule.Mode;
import dev.portcullis.store.Ledger;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The failed authentications of all callers, in tables of bounded size. Thread-safe.
 *
 * <p>They are counted by address, by account, by both together and over all. Addresses, and accounts at an address, are locked out for a
 * time that doubles. An account as a whole never is, for whoever knows its name could lock out its owner: only those who failed for it
 * have to pause. One account fills at most half of its address's count, so that a single program with a wrong key locks out itself only.
 *
 * <p>It outlives policy sets, and counts what is observed apart from what is enforced.
 */
public final class Failures {

    private static final String SPACE = "lockouts";
    private static final String OBSERVED_SPACE = "lockouts.observed";

    private final Clock clock;
    private final Locks enforced;
    private final Locks observed;

    private Failures(Clock clock, int maxKeys, Consumer<Change> changes) {
        this.clock = clock;
        var outlet = new Outlet(clock, changes);
        this.enforced = new Locks(new Counts(clock, maxKeys), new Events(outlet, false));
        this.observed = new Locks(new Counts(clock, maxKeys), new Events(outlet, true));
    }

    /**
     * None yet.
     *
     * @param clock the time that counts follow; it may step back, which prolongs nothing and forgets nothing
     * @param maxKeys for how many addresses, pairs and accounts each there is room; about a hundred bytes each when they are used
     * @param changes who is told when somebody is locked out
     */
    public static Failures of(Clock clock, int maxKeys, Consumer<Change> changes) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: >= 1)");
        }
        return new Failures(requireNonNull(clock, "clock"), maxKeys, requireNonNull(changes, "changes"));
    }

    /**
     * Shares locks with all nodes that use the ledger. They know of each other's locks within about a second; each counts by itself
     * what leads to them.
     *
     * @param executor who asks the ledger
     */
    public void share(Ledger ledger, Executor executor) {
        requireNonNull(ledger, "ledger");
        requireNonNull(executor, "executor");
        enforced.share(new LedgerLocks(ledger, new LedgerLocks.Site(SPACE, enforced.counts(), clock, executor)));
        observed.share(
                new LedgerLocks(ledger, new LedgerLocks.Site(OBSERVED_SPACE, observed.counts(), clock, executor)));
    }

    /** The check that stands before an authentication, and counts what fails in it. */
    public BruteForce bruteForce(FailureLimits limits, Credentials credentials, Mode mode) {
        requireNonNull(mode, "mode");
        return new BruteForce(in(mode), requireNonNull(limits, "limits"), requireNonNull(credentials, "credentials"));
    }

    Locks in(Mode mode) {
        return mode == Mode.ENFORCE ? enforced : observed;
    }

    /** How it stands. */
    public FailureReport report() {
        var real = enforced.totals();
        var rehearsed = observed.totals();
        return new FailureReport(
                real[2] + rehearsed[2],
                real[0] + rehearsed[0],
                real[1],
                rehearsed[1],
                enforced.counts().size() + observed.counts().size(),
                enforced.counts().crowded() + observed.counts().crowded(),
                enforced.shared().failures() + observed.shared().failures());
    }
}
