package dev.portcullis.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Who shares a limit with others: how many requests he has in flight, and how many he had at once lately within his share, which is
 * what he claims. Thread-safe.
 *
 * <p>All of it is one number, so that every change is one step, of which the table is told how much more or less is spoken for.
 */
final class Sharer {

    /** Held now, the most at once in this turn, and in the turn before: each in so many bits. */
    private static final int BITS = 20;

    private static final long MASK = (1L << BITS) - 1;
    private static final long GONE = -1;

    private final Sharers table;
    private final Object key;
    private final AtomicLong state = new AtomicLong();

    Sharer(Sharers table, Object key) {
        this.table = table;
        this.key = key;
    }

    private static long state(long held, long now, long before) {
        return held << 2 * BITS | now << BITS | before;
    }

    private static long held(long state) {
        return state >>> 2 * BITS;
    }

    private static long now(long state) {
        return state >>> BITS & MASK;
    }

    private static long claim(long state) {
        return Math.max(now(state), state & MASK);
    }

    /** What nobody else may borrow: what he has, or else would have again. */
    private static long spoken(long state) {
        return Math.max(held(state), claim(state));
    }

    /** Takes a permit unless so many are taken; one that is within his share he will claim again. */
    boolean take(int most, boolean within) {
        var known = state.get();
        while (known != GONE && held(known) < most) {
            var held = held(known) + 1;
            var now = within ? Math.max(now(known), held) : now(known);
            if (changed(known, state(held, now, known & MASK))) {
                return true;
            }
            known = state.get();
        }
        return false;
    }

    /** Gives a permit back. */
    void free() {
        var known = state.get();
        while (!changed(known, state(held(known) - 1, now(known), known & MASK))) {
            known = state.get();
        }
        forgetIfIdle();
    }

    /** Gives a permit back that was not to be had of the others' limit; whoever has nothing else claims nothing by it. */
    void giveUp() {
        var known = state.get();
        while (!changed(known, state(held(known) - 1, held(known) == 1 ? 0 : now(known), known & MASK))) {
            known = state.get();
        }
        forgetIfIdle();
    }

    /** A turn has passed, or more than one. */
    void turn(boolean several) {
        var known = state.get();
        while (known != GONE) {
            var still = Math.min(held(known), claim(known));
            if (changed(known, state(held(known), still, several ? still : now(known)))) {
                break;
            }
            known = state.get();
        }
        forgetIfIdle();
    }

    private boolean changed(long from, long to) {
        if (!state.compareAndSet(from, to)) {
            return false;
        }
        table.changed((int) (spoken(to) - spoken(from)), Long.signum(held(to)) - Long.signum(held(from)));
        return true;
    }

    /** The table forgets who has nothing and claims nothing; a claim too while there is little room. */
    private void forgetIfIdle() {
        var known = state.get();
        if (known != GONE && held(known) == 0 && (claim(known) == 0 || table.isCrowded()) && isLast(known)) {
            table.forget(key, this);
        }
    }

    private boolean isLast(long known) {
        if (!state.compareAndSet(known, GONE)) {
            return false;
        }
        table.changed((int) -spoken(known), 0);
        return true;
    }

    /** Tells whether the table has forgotten him, or is about to; then a permit is to be had of another one. */
    boolean isGone() {
        return state.get() == GONE;
    }
}
