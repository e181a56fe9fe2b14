package dev.portcullis.attack;

/**
 * One reading of a value, as detectors look at it: by index, and never past its end.
 *
 * <p>All looking goes through {@link #at}, so that a test can count it. Belongs to one thread.
 */
class Text {

    /** What stands before the beginning and after the end. It is no character (Unicode, section 23.7). */
    static final char END = '\uffff';

    private static final int UNKNOWN = -1;
    /** How many lines of some length make a document. */
    private static final int DOCUMENT_LINES = 5;
    /** How many braces and semicolons make code of a text, and how long it is at least. */
    private static final int DENSE_MARKS = 24;

    private static final int DENSE_LENGTH = 400;
    /** How many words make a passage. */
    private static final int PASSAGE_WORDS = 12;
    /** How long a line is that counts. */
    private static final int LINE = 8;

    private static final boolean[] WORD = new boolean[128];

    static {
        for (var c = '0'; c <= 'z'; c++) {
            WORD[c] = isDigit(c) || isLetter(c) || c == '_';
        }
    }

    private final String chars;
    /** The same: an array is read by index in fewer steps than a string is, which may be held in two ways. */
    private final char[] all;

    private int first = UNKNOWN;
    private int last = UNKNOWN;
    private int lines = UNKNOWN;
    private int words = UNKNOWN;
    private int tagEnd = 2 * UNKNOWN;
    private int counted = UNKNOWN;
    /** From where a line end was looked for, and where the first ones of both kinds are from there on. */
    private int ended = UNKNOWN;

    private int fed = UNKNOWN;
    private int returned = UNKNOWN;
    private LineSigns lineSigns = LineSigns.NONE;
    private boolean showing;

    Text(String chars) {
        this.chars = chars;
        this.all = chars.toCharArray();
    }

    private Text(char[] all) {
        this.chars = new String(all);
        this.all = all;
    }

    /** The characters from one index up to another, which are in the text, with ASCII capitals made small. */
    final Text small(int from, int to) {
        var some = new char[to - from];
        for (var i = from; i < to; i++) {
            some[i - from] = lower(all[i]);
        }
        return new Text(some);
    }

    /** The character at the index, or {@link #END} outside. */
    char at(int index) {
        return index >= 0 && index < all.length ? all[index] : END;
    }

    /** The character at the index with ASCII capitals made small. */
    final char lower(int index) {
        return lower(at(index));
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /** The index of the first such character from an index on; the length when there is none. */
    int next(char c, int from) {
        var found = chars.indexOf(c, from);
        return found < 0 ? chars.length() : found;
    }

    /** The index of the first line end from an index on; the length when there is none. Asked from left to right, it reads the text once. */
    final int lineEnd(int from) {
        if (from < ended) {
            fed = UNKNOWN;
            returned = UNKNOWN;
        }
        ended = from;
        fed = fed < from ? next('\n', from) : fed;
        returned = returned < from ? next('\r', from) : returned;
        return Math.min(fed, returned);
    }

    final int length() {
        return all.length;
    }

    /** All characters, which nobody changes. */
    final char[] all() {
        return all;
    }

    /** Tells whether the small letters of the word stand at the index, in capitals or not. */
    final boolean says(String word, int index) {
        for (var i = 0; i < word.length(); i++) {
            if (lower(index + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The index of the first character from the index on that is no white space. */
    final int skipSpace(int index) {
        var i = index;
        while (isSpace(at(i))) {
            i++;
        }
        return i;
    }

    /** The index of the first character from the index on that does not belong to a word. */
    final int wordEnd(int index) {
        var i = index;
        while (isWord(at(i))) {
            i++;
        }
        return i;
    }

    /** The index of the first character that is no white space. */
    final int first() {
        if (first == UNKNOWN) {
            first = skipSpace(0);
        }
        return first;
    }

    /** The index behind the last character that is no white space. */
    final int last() {
        if (last == UNKNOWN) {
            last = length();
            while (last > 0 && isSpace(at(last - 1))) {
                last--;
            }
        }
        return last;
    }

    /** Where the last tag of a server page ends that is closed with a percent sign; negative when none does. */
    final int lastTagEnd() {
        tagEnd = tagEnd < UNKNOWN ? chars.lastIndexOf("%>") : tagEnd;
        return tagEnd;
    }

    /** Tells whether the text has several lines that are more than a word, as posts and code have and single values do not. */
    final boolean isDocument() {
        if (lines == UNKNOWN) {
            lines = lineCount();
            lines = lines < DOCUMENT_LINES && isDense() ? DOCUMENT_LINES : lines;
        }
        return lines >= DOCUMENT_LINES;
    }

    /** Tells whether the text is code without line ends: as many braces and semicolons as no value has. */
    private boolean isDense() {
        var marks = 0;
        for (var i = 0; i < length() && length() > DENSE_LENGTH && marks < DENSE_MARKS; i++) {
            marks += at(i) == '{' || at(i) == '}' || at(i) == ';' ? 1 : 0;
        }
        return marks >= DENSE_MARKS;
    }

    /** Tells whether the text has two lines, or is as long as only sentences and code are. */
    final boolean isPassage() {
        return isDocument() || lines > 1 || countWords() >= PASSAGE_WORDS;
    }

    private int countWords() {
        if (words == UNKNOWN) {
            words = 0;
            for (var i = 1; i < length() && words < PASSAGE_WORDS; i++) {
                words += isLetter(at(i)) && at(i - 1) == ' ' ? 1 : 0;
            }
        }
        return words;
    }

    /** Tells whether the text has as many lines as a document, however dense it is. */
    final boolean hasLines() {
        return lineCount() >= DOCUMENT_LINES;
    }

    private int lineCount() {
        if (counted == UNKNOWN) {
            counted = countLines();
        }
        return counted;
    }

    private int countLines() {
        var count = 0;
        for (var from = 0; from < length() && count < DOCUMENT_LINES; ) {
            var end = lineEnd(from);
            count += isLine(from, end) ? 1 : 0;
            from = end + 1;
        }
        return count;
    }

    /** Tells whether as much is visible between two indexes as makes a line that counts. */
    private boolean isLine(int from, int end) {
        var visible = 0;
        for (var i = from; i < end && visible < LINE; i++) {
            visible += isSpace(at(i)) ? 0 : 1;
        }
        return visible >= LINE;
    }

    /** Keeps what was seen of each line. */
    final void lines(LineSigns seen) {
        this.lineSigns = seen;
    }

    /** What was seen of each line; nothing of any until {@link Signs} have read the text. */
    final LineSigns lineSigns() {
        return lineSigns;
    }

    /** Says that the text shows code, of which the brackets were written as references. */
    final void show() {
        showing = true;
    }

    /** Tells whether the text shows code, as {@link ShownCode} tells it of readings. */
    final boolean isShowing() {
        return showing;
    }

    /** Appends the characters from one index up to another. */
    final void copy(int from, int to, StringBuilder out) {
        out.append(chars, from, to);
    }

    final String excerpt(int from, int max) {
        return chars.substring(from, Math.min(chars.length(), from + max));
    }

    static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u3000';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Tells whether it is an ASCII letter, a digit or a low line. */
    static boolean isWord(char c) {
        return c < 128 && WORD[c];
    }

    @Override
    public final String toString() {
        return chars;
    }
}
