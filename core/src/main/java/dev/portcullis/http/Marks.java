package dev.portcullis.http;

/**
 * What characters make of a text, so that most texts are known to be harmless after one look at each of their characters.
 *
 * <p>A table has an entry for each lower byte of a character. Whoever reads a text joins the entries of all its characters.
 */
final class Marks {

    /** The text is looked at closely. */
    static final int CLOSELY = 1;

    /** The text is looked at closely if more than this character is there. */
    static final int PERHAPS = 2;

    private Marks() {}

    /** The table in which letters, digits and these characters are plain, and one is perhaps to be looked at. */
    static byte[] of(String plain, char perhaps) {
        var marks = new byte[0x100];
        for (var c = 0; c < marks.length; c++) {
            var harmless = Token.isLetterOrDigit(c) || plain.indexOf(c) >= 0;
            marks[c] = (byte) (harmless ? 0 : c == perhaps ? PERHAPS : CLOSELY);
        }
        return marks;
    }
}
