package dev.portcullis.abuse;

import java.util.Arrays;

/** What a caller's signals count, which half-life by half-life is forgotten. Not thread-safe. */
final class Score implements Table.Cell<Score> {

    /** What is as good as nothing. */
    private static final double LEAST = 1;

    private final double[] points = new double[Signal.values().length];
    private long at;
    private long idleAt;

    /** Adds to a signal, up to what it may count; how much there is of all then. */
    double add(Signal signal, double more, int most, Decay decay) {
        var left = decay.left(at);
        var sum = 0.0;
        for (var i = 0; i < points.length; i++) {
            points[i] *= left;
            sum += points[i];
        }
        at = decay.now();
        var before = points[signal.ordinal()];
        var after = Math.max(before, Math.min(most, before + more));
        points[signal.ordinal()] = after;
        var total = sum - before + after;
        idleAt = at + decay.until(total, LEAST);
        return total;
    }

    /** How much there is of all. */
    double total(Decay decay) {
        var sum = 0.0;
        for (var one : points) {
            sum += one;
        }
        return sum * decay.left(at);
    }

    @Override
    public boolean isIdle(long now) {
        return now >= idleAt;
    }

    @Override
    public void clear() {
        Arrays.fill(points, 0);
        at = 0;
        idleAt = 0;
    }

    @Override
    public void copy(Score other) {
        System.arraycopy(other.points, 0, points, 0, points.length);
        at = other.at;
        idleAt = other.idleAt;
    }

    /** How what was counted is forgotten, seen at a time. Immutable. */
    record Decay(long now, long halfLife) {

        /** Which part is left of what was counted then. */
        double left(long then) {
            return Math.pow(0.5, (double) Math.max(0, now - then) / halfLife);
        }

        /** In how many milliseconds so much has become less than that. */
        long until(double much, double less) {
            return much < less ? 0 : (long) Math.floor(halfLife * Math.log(much / less) / Math.log(2)) + 1;
        }
    }
}
