package dev.portcullis.limit;

import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for permits.
 *
 * @param permits how many
 * @param alone whether it is asked for by itself, because together with others there were too few
 * @param answer what comes of it
 */
record Waiting(long permits, boolean alone, CompletableFuture<Reading> answer) {

    Waiting(long permits) {
        this(permits, false, new CompletableFuture<>());
    }

    Waiting byItself() {
        return new Waiting(permits, true, answer);
    }

    /** Whether another one can be asked for together with this one. */
    boolean goesWith(Waiting other) {
        return !alone && !other.alone && (permits == 1) == (other.permits == 1);
    }
}
