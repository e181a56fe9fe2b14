package dev.portcullis.limit;

/**
 * Where the counts of limits are: in this process, or in a store that several processes share. Thread-safe.
 *
 * <p>What a limit means, such as its windows, its key and what a request costs, is settled before it comes here; where and how it is
 * counted is settled behind it. Nothing else crosses this line.
 */
interface Counts {

    /**
     * Uses so many permits of every window, if every window has them; else it uses none.
     *
     * @throws RuntimeException when it cannot tell
     */
    Reading take(MeterKey key, Quota quota, long permits);

    /**
     * Gives permits back that {@link #take} gave to a request that a later limit denied, so that it consumed nothing. No window has
     * more permits by it than it can have. It waits for nobody, and may come to nothing where a store is away.
     */
    void giveBack(MeterKey key, Quota quota, long permits);
}
