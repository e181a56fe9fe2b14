package dev.portcullis.limit;

import io.github.bucket4j.TimeMeter;
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
    private final TimeMeter time;
    private final Meter meter;
    private boolean crowded;

    SharedMeter(Quota quota, TimeMeter time) {
        this.time = time;
        this.meter = Meter.shared(quota, time);
    }

    /** Uses so many permits of every window, if every window has them. */
    Reading take(MeterKey key, Quota quota, long permits) {
        forgetWhenFull();
        var reading = meter.take(quota, permits);
        if (reading.passed() && (guests.size() < MAX_GUESTS || guests.containsKey(key))) {
            guests.merge(key, permits, Long::sum);
        } else {
            crowded |= reading.passed();
        }
        return reading;
    }

    /** Gives permits back to a key that is known to have used them here; nobody else gets any by it. */
    void giveBack(MeterKey key, long permits) {
        var used = guests.get(key);
        if (used != null) {
            meter.giveBack(Math.min(used, permits));
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

    private void forgetWhenFull() {
        if (meter.isFull()) {
            guests.clear();
            crowded = false;
        }
    }
}
