package dev.portcullis.limit;

/** The time of meters. */
interface MeterTime {

    long NANOS_PER_MILLI = 1_000_000;

    /** The nanoseconds that have passed. They never grow fewer. */
    long nanos();

    /** What the clock says, in milliseconds since 1970. */
    long millis();
}
