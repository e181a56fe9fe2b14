package dev.portcullis.attack;

/**
 * The code that a text in HTML shows: what stands between {@code <pre>} or {@code <code>} and its end, with brackets that are written as references, as
 * editors write them. Asked from left to right; belongs to one thread.
 */
final class ShownCode {

    private static final String[] ELEMENTS = {"pre", "code"};
    private static final String REFERENCE = "&lt;";

    private final Text text;
    private final boolean decoded;
    private int from;
    private int opened;
    private int closed;

    ShownCode(Text text) {
        this.text = text;
        this.decoded = !text.toString().contains(REFERENCE);
    }

    /**
     * Tells whether a reading of a value shows code: all its angle brackets are those of the value, or written as references there, and none of the elements
     * that hold code is written so. No tag of the value itself holds a reference.
     */
    static boolean is(String value, String reading) {
        if (count(value, REFERENCE) == 0 || !value.contains("<pre") && !value.contains("<code")) {
            return false;
        }
        for (var element : ELEMENTS) {
            if (value.contains(REFERENCE + element) || value.contains(REFERENCE + "/" + element)) {
                return false;
            }
        }
        return !hasHidden(value) && count(reading, "<") <= count(value, "<") + count(value, REFERENCE);
    }

    /** Tells whether a tag that stands in the value as such has a reference in it, in which a script may be written. */
    private static boolean hasHidden(String value) {
        var within = false;
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            within = c == '<' || within && c != '>';
            if (within && c == '&') {
                return true;
            }
        }
        return false;
    }

    private static int count(String text, String part) {
        var count = 0;
        for (var i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
            count++;
        }
        return count;
    }

    /** Tells whether the brackets of the code stand in the text as such, and not as they were written. */
    boolean isDecoded() {
        return decoded;
    }

    /** Tells whether the index stands in such code. */
    boolean holds(int index) {
        while (from <= index) {
            step();
        }
        return index > opened && index < closed;
    }

    private void step() {
        var open = text.next('<', from);
        from = open + 1;
        for (var element : ELEMENTS) {
            var end = open + 1 + element.length();
            if (text.says(element, open + 1) && (text.at(end) == '>' || text.at(end) == ' ')) {
                opened = open;
                closed = end(element, end);
                from = Math.max(closed, from);
                return;
            }
        }
    }

    /** Where the end tag of the element begins; 0 when there is none. */
    private int end(String element, int start) {
        for (var i = text.next('<', start); i < text.length(); i = text.next('<', i + 1)) {
            if (text.at(i + 1) == '/' && text.says(element, i + 2)) {
                return i;
            }
        }
        return 0;
    }
}
