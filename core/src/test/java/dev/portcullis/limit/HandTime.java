package dev.portcullis.limit;

import io.github.bucket4j.TimeMeter;

/** Time that passes when it is told to. */
final class HandTime implements TimeMeter {

    long nanos;

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
