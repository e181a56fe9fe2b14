package dev.portcullis.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * How clients ask. Immutable.
 *
 * <p>One that is near and asks again as soon as it has its answer runs a race with Tomcat, which looks once for a next request before
 * it hands the connection to its poller. That costs a thread's sleep and wake-up, a third of a small service's whole CPU; and who
 * wins depends on microseconds. So a ratio is only of two services when all requests find the connection alike: with the poller, as
 * requests over a network do ({@code -Dpause}), or in the buffer already ({@code -Dahead}).
 *
 * @param clients how many connections there are ({@code -Dclients}, or one)
 * @param ahead how many requests each sends before it waits for the first answer ({@code -Dahead}, or none)
 * @param micros how long they wait before they ask again ({@code -Dpause}, in microseconds, or not at all)
 */
record Load(int clients, int ahead, int micros) {

    /** What the properties say. */
    static final Load CHOSEN =
            new Load(Integer.getInteger("clients", 1), Integer.getInteger("ahead", 0), Integer.getInteger("pause", 0));

    /** Waits, and does not sleep: a sleep takes as long as the machine likes. */
    void pause() {
        var end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        while (micros > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Override
    public String toString() {
        return clients + " clients, " + ahead + " requests ahead, " + micros + " us between";
    }
}
