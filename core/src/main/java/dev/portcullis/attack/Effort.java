package dev.portcullis.attack;

/**
 * How much of a body may be looked at once more because it may be encoded: what its values are read as beside what was sent, and what is
 * nested in them. Belongs to one thread.
 */
final class Effort {

    /** How often all of a body may be looked at once more: enough for values that are JSON in one another, as deep as they are read. */
    private static final int TIMES = 3;
    /** How many characters more may be looked at in any body. */
    private static final int ANYWAY = 65_536;

    private long left;

    private Effort(long left) {
        this.left = left;
    }

    /** What may be done for a body of so many bytes. */
    static Effort of(long bytes) {
        return new Effort(ANYWAY + TIMES * bytes);
    }

    /** Takes so many characters off what is left; tells whether that was enough. */
    boolean affords(int characters) {
        left -= characters;
        return left >= 0;
    }
}
