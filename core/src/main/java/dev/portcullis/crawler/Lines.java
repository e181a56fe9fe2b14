package dev.portcullis.crawler;

import dev.portcullis.Address;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that wait to be looked up, in a line for each {@link Repute} of their networks. Thread-safe.
 *
 * <p>Lines take turns, so that a flood from networks that have proven nothing holds up nobody from one that has, and one from networks in which
 * nothing was found holds up nobody of whom nothing is known yet.
 */
final class Lines {

    /** Whose turn it is first, in a round; where nobody waits in a line, the first of the others in which somebody does has it. */
    private static final Repute[] ROUND = {
        Repute.PROVEN,
        Repute.STRANGE,
        Repute.PROVEN,
        Repute.STRANGE,
        Repute.PROVEN,
        Repute.STRANGE,
        Repute.STRANGE,
        Repute.BARREN
    };

    private final ReentrantLock lock = new ReentrantLock();
    private final Line[] lines = {new Line(), new Line(), new Line()};
    private int turn;
    private int waiting;

    /** Tells whether there was room for one more. */
    boolean add(Address address, Repute repute) {
        lock.lock();
        try {
            var added = lines[repute.ordinal()].add(address);
            waiting += added ? 1 : 0;
            return added;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The address whose turn it is; null when none waits, or none may begin now.
     *
     * @param mayBegin is asked only when one waits
     */
    @Nullable
    Address take(BooleanSupplier mayBegin) {
        lock.lock();
        try {
            if (waiting == 0 || !mayBegin.getAsBoolean()) {
                return null;
            }
            waiting--;
            return next();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Address next() {
        turn = (turn + 1) % ROUND.length;
        var next = lines[ROUND[turn].ordinal()].take();
        for (var i = 0; next == null && i < lines.length; i++) {
            next = lines[i].take();
        }
        return next;
    }
}
