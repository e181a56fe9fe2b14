package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Check;
import dev.portcullis.Listener;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How badly callers behave, as a number that grows by signals and is forgotten half by half. Thread-safe.
 *
 * <p>A signal counts for the client that a rule has identified, and for the address (IPv6: network of 64 bits) of whoever none has. What is
 * only observed counts for nobody. Scores outlive policy sets, in tables of bounded size, apart for observed and enforced penalties.
 */
public final class Risk {

    private final Scores enforced;
    private final Scores observed;
    private final Trails trails;
    private final LongAdder denied = new LongAdder();
    private volatile RiskTerms terms = RiskTerms.USUAL;
    private volatile Set<Mode> used = Set.of();

    private Risk(Clock clock, int maxKeys) {
        var time = new SteadyTime(clock);
        this.enforced = new Scores(time, maxKeys);
        this.observed = new Scores(time, maxKeys);
        this.trails = new Trails(time, maxKeys);
    }

    /**
     * Nobody has a score yet, and nobody asks for one.
     *
     * @param maxKeys for how many callers there is room
     */
    public static Risk of(Clock clock, int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: >= 1)");
        }
        return new Risk(requireNonNull(clock, "clock"), maxKeys);
    }

    /**
     * Counts by these terms from now on, for those who ask.
     *
     * @param modes the modes of the rules that ask; where there are none nothing is counted
     */
    public void use(RiskTerms next, Set<Mode> modes) {
        terms = requireNonNull(next, "next");
        used = Set.copyOf(modes);
    }

    /** The check that denies callers with such a score: the client where it is asked of who is known, else the address. */
    public Check penalty(int denyAt, boolean ofClient, Mode mode) {
        requireNonNull(mode, "mode");
        if (denyAt < 1) {
            throw new IllegalArgumentException("deny-at: " + denyAt + " (expected: >= 1)");
        }
        return new Penalty(this, in(mode), denyAt, ofClient);
    }

    /** The score of the caller, as a whole number. */
    public long of(Request request) {
        return (long) enforced.of(request, true, terms);
    }

    /**
     * Who finds the signals in what happens.
     *
     * @param kinds tells what a denial says of a credential
     */
    public Listener signals(Function<Verdict.Deny, Credentials.Kind> kinds) {
        return new Signals(this, requireNonNull(kinds, "kinds"));
    }

    boolean isUsed() {
        return !used.isEmpty();
    }

    RiskTerms terms() {
        return terms;
    }

    Trails trails() {
        return trails;
    }

    void raise(Request request, Signal signal, double share) {
        var now = terms;
        for (var mode : used) {
            in(mode).raise(request, signal, now, share);
        }
    }

    /**
     * Counts what a detector in the background found suspicious in a request of a caller.
     *
     * @param share how much, from 0 to 1
     */
    public void detected(@Nullable Principal principal, Address address, double share) {
        requireNonNull(address, "address");
        var now = terms;
        for (var mode : used) {
            in(mode).raise(principal, address, new Scores.Raise(Signal.DETECTED, share), now);
        }
    }

    void denied() {
        denied.increment();
    }

    private Scores in(Mode mode) {
        return mode == Mode.ENFORCE ? enforced : observed;
    }

    /** How often a signal was counted, for enforced penalties and conditions. */
    public long raised(Signal signal) {
        return enforced.raised(signal);
    }

    /** How it stands. */
    public RiskReport report() {
        return new RiskReport(denied.sum(), enforced.size() + observed.size());
    }
}
