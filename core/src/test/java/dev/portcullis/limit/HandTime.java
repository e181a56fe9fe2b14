package dev.portcullis.limit;

/** Time that passes when it is told to. */
final class HandTime implements MeterTime {

    long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return nanos / NANOS_PER_MILLI;
    }
}
