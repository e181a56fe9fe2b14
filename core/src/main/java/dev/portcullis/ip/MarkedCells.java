package dev.portcullis.ip;

/**
 * Which cells of a space are marked, and how many of them stand before each; made for caches that are cold. Not thread-safe until it
 * is counted.
 *
 * <p>A word holds both for 32 cells, so that one look is all it takes.
 */
final class MarkedCells {

    static final int MAX_BITS = 24;

    private static final int MIN_BITS = 8;
    private static final int CELLS_IN_WORD = 32;

    /** Below, a bit for each cell; above, how many marked cells stand in the words before. */
    private final long[] words;

    /** So many cells, none of them marked. */
    MarkedCells(int count) {
        words = new long[(count + CELLS_IN_WORD - 1) / CELLS_IN_WORD];
    }

    /** How many bits the numbers of the cells have, for so many ranges: some sixteen cells to a range. */
    static int bits(int ranges) {
        return Math.min(MAX_BITS, Math.max(MIN_BITS, 36 - Integer.numberOfLeadingZeros(ranges)));
    }

    /** Tells whether ranges that lie in so many cells take more room than there should be for them. */
    static boolean isTooFine(long cells, int ranges) {
        return cells > 4L * ranges + 4096;
    }

    void mark(int cell) {
        words[cell / CELLS_IN_WORD] |= 1L << cell % CELLS_IN_WORD;
    }

    /** To be called once, when all are marked. */
    void count() {
        var before = 0;
        for (var i = 0; i < words.length; i++) {
            var here = Long.bitCount(words[i]);
            words[i] |= (long) before << CELLS_IN_WORD;
            before += here;
        }
    }

    /** How many marked cells stand before this one; negative when it is not marked itself. */
    int rank(int cell) {
        var word = words[cell >>> 5];
        var marks = (int) word;
        var mark = 1 << cell;
        return (marks & mark) == 0 ? -1 : (int) (word >>> CELLS_IN_WORD) + Integer.bitCount(marks & mark - 1);
    }
}
