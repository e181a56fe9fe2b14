package dev.portcullis.limit;

import java.util.HashSet;
import java.util.List;

/** The windows of one limit, which one meter counts together: a denied request uses a permit of none. Immutable. */
final class Quota {

    private final List<Window> list;
    private final Window[] each;
    private final Growth[] growths;
    private final long[] nanos;
    private final int hash;

    Quota(List<Window> windows) {
        list = List.copyOf(windows);
        each = list.toArray(Window[]::new);
        growths = list.stream().map(Growth::of).toArray(Growth[]::new);
        nanos = list.stream().mapToLong(window -> window.per().toNanos()).toArray();
        hash = list.hashCode();
        if (list.size() > 1 && list.stream().anyMatch(window -> window.calendar() != null)) {
            throw new IllegalArgumentException("windows: one of the calendar among others (expected: it alone)");
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException("windows: none (expected: at least one)");
        }
        var names = new HashSet<String>();
        for (var window : list) {
            if (!names.add(window.name())) {
                throw new IllegalArgumentException("window: `" + window.name() + "` twice (expected: every name once)");
            }
        }
    }

    List<Window> windows() {
        return list;
    }

    int size() {
        return each.length;
    }

    Window get(int index) {
        return each[index];
    }

    /** How a smooth window's permits grow. */
    Growth growth(int index) {
        return growths[index];
    }

    /** How long a window's period is, if it is none of the calendar. */
    long nanos(int index) {
        return nanos[index];
    }

    /** Whether one window is longer than another. */
    boolean longer(int window, int other) {
        return each[window].per().compareTo(each[other].per()) > 0;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Quota quota && hash == quota.hash && list.equals(quota.list);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return list.toString();
    }
}
