package dev.portcullis.abuse;

/** Which values of path variables a caller has tried in vain on a route. Not thread-safe. */
final class Trail implements Table.Cell<Trail> {

    /** How many different values are no enumeration yet. */
    static final int FEW = 20;

    /** How many values in sequence are one. */
    static final int SEQUENCE = 8;

    private static final int ALMOST_ALL = 48;

    private long endsAt;
    private long seen;
    private int different;
    private long last;
    private int run;

    /**
     * Notes one more; how much of an enumeration it is: 0 when it is none, 2 when values come in sequence.
     *
     * @param hash of the values
     * @param number the value, if it is a number
     */
    int note(long hash, long number, long now, long span) {
        var first = first(hash, now, span);
        run = number == last + 1 || number == last - 1 ? run + 1 : 1;
        last = number;
        if (run >= SEQUENCE) {
            return 2;
        }
        return first && different > FEW ? 1 : 0;
    }

    /** Notes one more; whether it was not seen before, as far as can be told. */
    boolean first(long hash, long now, long span) {
        if (now >= endsAt) {
            clear();
        }
        endsAt = now + span;
        var bit = 1L << (hash & 63);
        if ((seen & bit) != 0) {
            return false;
        }
        seen = Long.bitCount(seen) >= ALMOST_ALL ? bit : seen | bit;
        different++;
        return true;
    }

    @Override
    public boolean isIdle(long now) {
        return now >= endsAt;
    }

    @Override
    public void clear() {
        endsAt = 0;
        seen = 0;
        different = 0;
        last = Long.MIN_VALUE / 2;
        run = 0;
    }

    @Override
    public void copy(Trail other) {
        endsAt = other.endsAt;
        seen = other.seen;
        different = other.different;
        last = other.last;
        run = other.run;
    }
}
