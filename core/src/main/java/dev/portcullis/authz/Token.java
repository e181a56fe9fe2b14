package dev.portcullis.authz;

import dev.portcullis.authz.Syntax.Span;

/**
 * A word, a sign or a literal of a condition. Immutable.
 *
 * @param kind which of these
 * @param span where it is written
 * @param text a word, or a sign
 * @param value a literal's value; the text for everything else
 */
record Token(Kind kind, Span span, String text, Object value) {

    /** What a token is. */
    enum Kind {
        NAME,
        SIGN,
        TEXT,
        NUMBER,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }
}
