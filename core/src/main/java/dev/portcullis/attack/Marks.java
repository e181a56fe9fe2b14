package dev.portcullis.attack;

/**
 * A set of characters of ASCII, which is asked without a search: as a constant it costs a shift. Immutable.
 *
 * @param low those before the at sign, as a set of bits
 * @param high the others
 */
record Marks(long low, long high) {

    /** The set of these characters. */
    static Marks of(String chars) {
        var low = 0L;
        var high = 0L;
        for (var i = 0; i < chars.length(); i++) {
            var c = chars.charAt(i);
            if (c >= 128) {
                throw new IllegalArgumentException("character: `" + c + "` (expected: one of ASCII)");
            }
            low |= c < 64 ? 1L << c : 0;
            high |= c < 64 ? 0 : 1L << c;
        }
        return new Marks(low, high);
    }

    /** Tells whether the character is one of them. */
    boolean has(char c) {
        return c < 128 && ((c < 64 ? low : high) >>> c & 1) != 0;
    }

    /** Tells whether the character is none of them. */
    boolean lacks(char c) {
        return !has(c);
    }
}
