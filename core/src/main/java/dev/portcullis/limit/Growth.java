package dev.portcullis.limit;

import java.math.BigInteger;

/**
 * How permits grow in a smooth window, without rounding: so many in so many nanoseconds, in lowest terms. Immutable.
 *
 * <p>What has grown of the next permit is the rest, from 0 to less than the nanoseconds.
 *
 * @param permits how many grow
 * @param nanos in how many nanoseconds
 */
record Growth(long permits, long nanos) {

    static Growth of(Window window) {
        var nanos = window.per().toNanos();
        var divisor = gcd(window.permits(), nanos);
        return new Growth(window.permits() / divisor, nanos / divisor);
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    /** How many whole permits have grown after a time, with what had grown before. */
    long grown(long gone, long rest) {
        return fits(gone, permits, rest)
                ? (gone * permits + rest) / nanos
                : divided(gone, permits, rest)[0].longValue();
    }

    /** What has grown of the next permit then. */
    long rest(long gone, long rest) {
        return fits(gone, permits, rest)
                ? (gone * permits + rest) % nanos
                : divided(gone, permits, rest)[1].longValue();
    }

    /** The nanoseconds in which so many permits grow. */
    long nanosFor(long missing, long rest) {
        if (fits(missing, nanos, permits)) {
            return (missing * nanos - rest + permits - 1) / permits;
        }
        var parts = BigInteger.valueOf(missing).multiply(BigInteger.valueOf(nanos));
        return parts.add(BigInteger.valueOf(permits - 1 - rest))
                .divide(BigInteger.valueOf(permits))
                .longValue();
    }

    private static boolean fits(long one, long other, long more) {
        var product = one * other;
        return Math.multiplyHigh(one, other) == 0 && product >= 0 && product + more >= 0;
    }

    private BigInteger[] divided(long gone, long times, long rest) {
        var parts = BigInteger.valueOf(gone).multiply(BigInteger.valueOf(times)).add(BigInteger.valueOf(rest));
        return parts.divideAndRemainder(BigInteger.valueOf(nanos));
    }
}
