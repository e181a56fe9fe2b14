package dev.portcullis.limit;

/**
 * How a limit counts where several nodes share its counts. Immutable.
 *
 * @param lease how many permits a node takes ahead at most; 0 for none, so that exactly as many pass as are permitted; {@link #SOME}
 *     for a hundredth of what a window permits
 * @param elseHere whether this node counts by itself while the store cannot tell; else nobody can
 */
public record Spread(long lease, boolean elseHere) {

    /** A lease of a hundredth of what the smallest window permits, and of one at least. */
    public static final long SOME = -1;

    /** Checks the bounds. */
    public Spread {
        if (lease < SOME || lease > Window.MAX_PERMITS) {
            throw new IllegalArgumentException("lease: " + lease + " (expected: 1 to " + Window.MAX_PERMITS + ")");
        }
    }

    /** Every permit is asked for. */
    public static Spread exact() {
        return new Spread(0, true);
    }

    /** The same, where nobody can tell while the store cannot. */
    public Spread orNobody() {
        return new Spread(lease, false);
    }

    /** How many permits are taken ahead of these windows. */
    long leaseOf(Quota quota) {
        var smallest = quota.windows().stream().mapToLong(Window::permits).min().orElse(1);
        return lease == SOME ? Math.max(1, smallest / 100) : Math.min(lease, smallest);
    }
}
