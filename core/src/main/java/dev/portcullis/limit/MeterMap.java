package dev.portcullis.limit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Meters by their keys, and in a round. Not thread-safe.
 *
 * <p>A meter holds its key and the next one of its chain by itself: what a look-up costs is fetching from memory, and a map of the JDK
 * fetches an entry and a key beside the meter.
 */
final class MeterMap {

    private static final int LEAST = 16;

    private @Nullable Meter[] chains = new Meter[LEAST];
    private Meter[] round = new Meter[LEAST];
    private int size;
    private int turn = -1;

    int size() {
        return size;
    }

    /** The meter of a key; null when there is none. */
    @Nullable
    Meter get(MeterKey key) {
        var meter = chains[key.hashCode() & chains.length - 1];
        while (meter != null && !meter.counts(key)) {
            meter = meter.next;
        }
        return meter;
    }

    /** Adds a meter whose key has none. */
    void add(Meter meter) {
        if (size == round.length) {
            grow();
        }
        round[size] = meter;
        size++;
        link(meter);
    }

    private void grow() {
        round = Arrays.copyOf(round, 2 * size);
        chains = new Meter[2 * size];
        for (var i = 0; i < size; i++) {
            link(round[i]);
        }
    }

    private void link(Meter meter) {
        var place = meter.hash() & chains.length - 1;
        meter.next = chains[place];
        chains[place] = meter;
    }

    /** The next meter in the round. There must be one. */
    Meter turn() {
        turn = turn + 1 < size ? turn + 1 : 0;
        return round[turn];
    }

    /** Puts a meter in the place of the one whose turn it was last, which is forgotten. */
    void replace(Meter meter) {
        unlink(round[turn]);
        round[turn] = meter;
        link(meter);
    }

    private void unlink(Meter gone) {
        var place = gone.hash() & chains.length - 1;
        var meter = chains[place];
        if (meter == gone) {
            chains[place] = gone.next;
            return;
        }
        while (meter != null && meter.next != gone) {
            meter = meter.next;
        }
        if (meter != null) {
            meter.next = gone.next;
        }
    }
}
