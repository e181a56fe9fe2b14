package dev.portcullis.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * The count of all the keys for which the table had no room. Not thread-safe.
 *
 * <p>It remembers whom it let pass until it is full of permits again, so that nobody who gets a meter of its own meanwhile has those
 * permits a second time.
 */
final class SharedMeter {

    /** How many keys are remembered one by one. Beyond that, any key may have passed. */
    private static final int MAX_GUESTS = 256;

    private final Map<MeterKey, Long> guests = new HashMap<>();
    private final MeterTime time;
    private final Meter meter;
    private boolean crowded;

    SharedMeter(Quota quota, MeterTime time) {
        this.time = time;
        this.meter = Meter.shared(quota, time);
    }

    /** Uses so many permits of every window, if every window has them. */
    Reading take(MeterKey key, Quota quota, long permits) {
        forgetWhenFull();
        return note(key, meter.take(quota, permits), permits);
    }

    /** Uses so many permits of every window, whether it has them or not. */
    Reading charge(MeterKey key, Quota quota, long permits) {
        forgetWhenFull();
        return note(key, meter.charge(quota, permits), permits);
    }

    private Reading note(MeterKey key, Reading reading, long permits) {
        if (reading.passed() && (guests.size() < MAX_GUESTS || guests.containsKey(key))) {
            guests.merge(key, permits, Long::sum);
        } else {
            crowded |= reading.passed();
        }
        return reading;
    }

    /** Gives permits back to a key that is known to have used them here; nobody else gets any by it. */
    void giveBack(MeterKey key, Quota quota, long permits, long at) {
        var used = guests.get(key);
        if (used != null) {
            meter.giveBack(quota, Math.min(used, permits), at);
            guests.put(key, Math.max(0, used - permits));
        }
    }

    /** A meter for this key alone, less the permits that it has, or may have, used here. */
    Meter leave(MeterKey key, Quota quota) {
        forgetWhenFull();
        var used = guests.remove(key);
        if (used == null && crowded) {
            return meter.sibling(quota);
        }
        return new Meter(quota, time, used == null ? 0 : used);
    }

    /** Tells whether it has all its permits, so that forgetting it gives nobody anything. */
    boolean isFull() {
        return meter.isFull();
    }

    private void forgetWhenFull() {
        if (isFull()) {
            guests.clear();
            crowded = false;
        }
    }
}
