package dev.portcullis.limit;

import org.jspecify.annotations.Nullable;

/**
 * Where the counts of limits are: in this process, or in a store that several processes share. Thread-safe.
 *
 * <p>What a limit means, such as its windows, its key and what a request costs, is settled before it comes here; where and how it is
 * counted is settled behind it. Nothing else crosses this line. All windows of a quota are counted in one step that nothing can come
 * between; a window of the calendar is the only one of its quota.
 */
interface Counts {

    /**
     * Uses so many permits of every window, if every window has them; else it uses none.
     *
     * @throws RuntimeException when it cannot tell
     */
    Reading take(MeterKey key, Quota quota, long permits);

    /**
     * Uses so many permits of every window, whether it has them or not. What is used beyond is a debt, of at most as many permits as
     * the window has, without bound in a window of the calendar: a smooth window pays it off as it grows, any other forgets it when
     * its period ends. The reading always passes.
     *
     * @throws RuntimeException when it cannot tell
     */
    Reading charge(MeterKey key, Quota quota, long permits);

    /**
     * Uses permits beyond those that a request has taken, when it has ended. What cannot be charged because a store is away is charged
     * once it answers again.
     *
     * @param at the time of the reading by which the request passed
     * @return null when it is not known now what is left
     */
    default @Nullable Reading settle(MeterKey key, Quota quota, long permits, long at) {
        return charge(key, quota, permits);
    }

    /**
     * Gives permits back that {@link #take} or {@link #charge} took, as far as that makes no difference to what a period grants: not to
     * a window whose period has ended since, and not what has grown back in a smooth one. No window has more permits by it than it can
     * have. It waits for nobody, and may come to nothing where a store is away.
     *
     * @param at the time of the reading by which they were taken
     */
    void giveBack(MeterKey key, Quota quota, long permits, long at);

    /**
     * What is left, without using any.
     *
     * @throws RuntimeException when it cannot tell
     */
    Reading look(MeterKey key, Quota quota);

    /** Whether it costs nothing but a look into this process to know what is left. */
    default boolean isAtHand() {
        return false;
    }

    /** Who counts together, as operators are told. */
    default String scope() {
        return "scope=node";
    }
}
