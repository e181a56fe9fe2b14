package dev.portcullis.limit;

import java.time.Clock;
import java.util.Arrays;

/** The counts in this process, in a table of bounded size. Thread-safe. */
final class MeterTable implements Counts {

    private static final int MAX_STRIPES = 64;
    private static final int MIN_STRIPE = 256;

    private final Stripe[] stripes;

    MeterTable(Clock clock, int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: >= 1)");
        }
        stripes = new Stripe[Math.max(1, Math.min(MAX_STRIPES, maxKeys / MIN_STRIPE))];
        Arrays.setAll(stripes, i -> new Stripe(clock, (maxKeys + i) / stripes.length));
    }

    @Override
    public Reading take(MeterKey key, Quota quota, long permits) {
        return of(key).take(key, quota, permits);
    }

    @Override
    public Reading charge(MeterKey key, Quota quota, long permits) {
        return of(key).charge(key, quota, permits);
    }

    @Override
    public void giveBack(MeterKey key, Quota quota, long permits, long at) {
        of(key).giveBack(key, quota, permits, at);
    }

    @Override
    public Reading look(MeterKey key, Quota quota) {
        return of(key).look(key, quota);
    }

    @Override
    public boolean isAtHand() {
        return true;
    }

    private Stripe of(MeterKey key) {
        var upper = key.high() + key.low() >>> Integer.SIZE;
        return stripes[(int) (upper * stripes.length >>> Integer.SIZE)];
    }

    int size() {
        return Arrays.stream(stripes).mapToInt(Stripe::size).sum();
    }

    long overflowed() {
        return Arrays.stream(stripes).mapToLong(Stripe::overflowed).sum();
    }
}
