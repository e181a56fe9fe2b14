package dev.portcullis.limit;

/**
 * What one meter counts: a rule, and the requests that agree in what it counts by. Immutable, and of one size whatever was sent.
 *
 * @param rule the number of the rule
 * @param high the upper half of what the requests agree in
 * @param low the lower half
 */
record MeterKey(int rule, long high, long low) {

    @Override
    public boolean equals(Object other) {
        return other instanceof MeterKey key && low == key.low && high == key.high && rule == key.rule;
    }

    /** The halves are hashes already. */
    @Override
    public int hashCode() {
        return hash(rule, high, low);
    }

    static int hash(int rule, long high, long low) {
        return Long.hashCode(high + low) + rule;
    }
}
