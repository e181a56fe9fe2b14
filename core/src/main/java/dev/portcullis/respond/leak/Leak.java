package dev.portcullis.respond.leak;

/** One kind of thing that must not leave. Implementations are immutable and look at a bounded number of bytes for each. */
interface Leak {

    /** How far a match is looked at, at most; a longer one is a match as soon as so much of it is. */
    int MAX_MATCH = 2_048;

    /** What stands for it in configurations, logs and metrics. */
    String id();

    /** The bytes that a match may begin with, as ASCII. */
    String beginnings();

    /** Where the match ends that begins here; -1 when none does. */
    int end(Text text, int at);

    /**
     * The first byte of a match that a mask covers.
     *
     * @param from where the match begins
     * @param to where it ends
     */
    default int hiddenFrom(Text text, int from, int to) {
        return from;
    }

    /** Where a mask ends, which leaves the rest of the match to be seen. */
    default int hiddenTo(Text text, int from, int to) {
        return to;
    }
}
