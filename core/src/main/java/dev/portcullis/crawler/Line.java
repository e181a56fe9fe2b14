package dev.portcullis.crawler;

import dev.portcullis.Address;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that wait to be looked up, of which each region's come in turn. Not thread-safe.
 *
 * <p>A region has a few places, and one alone once the line is half full; its addresses wait behind each other, and not before those of others.
 */
final class Line {

    /** How many may wait. */
    static final int MAX_WAITING = 200;

    /** How many of one region may, as long as half of the line is empty; else one. */
    static final int MAX_OF_REGION = 8;

    private final Map<Address, Queue<Address>> regions = new LinkedHashMap<>();
    private int waiting;

    /** Puts an address at the end of its region's; false where there is no room. */
    boolean add(Address address) {
        var region = Networks.region(Networks.of(address));
        var before = regions.get(region);
        var most = waiting < MAX_WAITING / 2 ? MAX_OF_REGION : 1;
        if (waiting == MAX_WAITING || before != null && before.size() >= most) {
            return false;
        }
        regions.computeIfAbsent(region, any -> new ArrayDeque<>()).add(address);
        waiting++;
        return true;
    }

    /** Takes the address whose turn it is; null when none waits. */
    @Nullable
    Address take() {
        var turns = regions.entrySet().iterator();
        if (!turns.hasNext()) {
            return null;
        }
        var first = turns.next();
        turns.remove();
        var address = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            regions.put(first.getKey(), first.getValue());
        }
        waiting--;
        return address;
    }
}
