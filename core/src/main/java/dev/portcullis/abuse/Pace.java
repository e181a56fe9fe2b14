package dev.portcullis.abuse;

import java.util.Arrays;

/**
 * How often a caller is turned away on a route, and how often that is usual: minute by minute, with mean and spread of the minutes before, which
 * count less the longer they are past. Not thread-safe.
 */
final class Pace implements Table.Cell<Pace> {

    private static final double NEWEST = 0.2;

    /** After how many minutes without any what is usual is forgotten. */
    private static final int MOST_MINUTES = 60;

    private long minute;
    private final int[] counts = new int[Anomalies.STATUSES.length];
    private double mean;
    private double variance;
    private long quietAt;
    private long forgottenAt;

    /** Counts one; whether it is one too many, which is said once until it has been quiet for a time. */
    boolean note(int status, long now, AnomalyTerms terms) {
        var per = terms.per().toMillis();
        roll(now / per);
        counts[status]++;
        forgottenAt = Math.max(forgottenAt, now + MOST_MINUTES * per);
        var odd = total() >= terms.threshold() && total() > mean + terms.sigma() * Math.sqrt(variance);
        var first = odd && now >= quietAt;
        if (odd) {
            quietAt = now + terms.quiet().toMillis();
            forgottenAt = Math.max(forgottenAt, quietAt);
        }
        return first;
    }

    /** Takes the minutes that are over into what is usual. */
    private void roll(long current) {
        var passed = Math.min(current - minute, MOST_MINUTES);
        for (var i = 0L; i < passed; i++) {
            var difference = total() - mean;
            mean += NEWEST * difference;
            variance = (1 - NEWEST) * (variance + NEWEST * difference * difference);
            Arrays.fill(counts, 0);
        }
        minute = Math.max(minute, current);
    }

    int total() {
        var sum = 0;
        for (var count : counts) {
            sum += count;
        }
        return sum;
    }

    int count(int status) {
        return counts[status];
    }

    double usual() {
        return mean;
    }

    @Override
    public boolean isIdle(long now) {
        return now >= forgottenAt;
    }

    @Override
    public void clear() {
        minute = 0;
        Arrays.fill(counts, 0);
        mean = 0;
        variance = 0;
        quietAt = 0;
        forgottenAt = 0;
    }

    @Override
    public void copy(Pace other) {
        minute = other.minute;
        System.arraycopy(other.counts, 0, counts, 0, counts.length);
        mean = other.mean;
        variance = other.variance;
        quietAt = other.quietAt;
        forgottenAt = other.forgottenAt;
    }
}
