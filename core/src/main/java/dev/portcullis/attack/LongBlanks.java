package dev.portcullis.attack;

/** Long runs of white space in a text, which mean no more than short ones and would push apart what belongs together. */
final class LongBlanks {

    /** How many blanks in a row are left at either end of a run. */
    private static final int KEPT = 32;
    /** Every how many characters a run is looked for: one of twice as many is found for certain. */
    private static final int STEP = 4 * KEPT;

    private LongBlanks() {}

    /** The text with less white space in place of the runs; the very same text when it has none. */
    static String shorten(String text) {
        StringBuilder shortened = null;
        var copied = 0;
        for (var at = STEP - 1; at < text.length(); at += STEP) {
            if (!Text.isSpace(text.charAt(at))) {
                continue;
            }
            var from = at;
            while (from > copied && Text.isSpace(text.charAt(from - 1))) {
                from--;
            }
            var end = at;
            while (end < text.length() && Text.isSpace(text.charAt(end))) {
                end++;
            }
            if (end - from >= STEP) {
                shortened = shortened == null ? new StringBuilder(text.length()) : shortened;
                shortened.append(text, copied, from + KEPT);
                copied = end - KEPT;
            }
            at = Math.max(at, end - 1);
        }
        return shortened == null
                ? text
                : shortened.append(text, copied, text.length()).toString();
    }
}
