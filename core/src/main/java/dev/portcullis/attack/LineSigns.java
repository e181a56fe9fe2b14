package dev.portcullis.attack;

import java.util.Arrays;

/** The {@link Signs} of the lines of a text, as they are seen in all of it: of those lines in which there is any. Belongs to one thread. */
final class LineSigns {

    /** Those of a text of one line, or of none that was read. */
    static final LineSigns NONE = new LineSigns();

    private static final int FEW = 8;

    /** Where the lines end. */
    private int[] ends = {};

    private long[] signs = {};
    private int count;

    /** Adds the line that ends at the index, behind all others. */
    void add(int end, long some) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(FEW, 2 * count));
            signs = Arrays.copyOf(signs, ends.length);
        }
        ends[count] = end;
        signs[count++] = some;
    }

    /** The signs of the line that ends at the index. */
    long endingAt(int index) {
        var found = Arrays.binarySearch(ends, 0, count, index);
        return found < 0 ? 0 : signs[found];
    }
}
