package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/**
 * Header injection and response splitting.
 *
 * <p>Looks for: a line end, and behind it a line that begins like a header field or a status line.
 *
 * <p>Does not look for: line ends in the text of forms and JSON, unless the field is one that attacks set.
 *
 * <p>Caught: {@code /home%0d%0aSet-Cookie: a=b}
 *
 * <p>Let through: {@code Dear Sir,%0d%0aNote: I am late}
 */
final class HeaderInjection implements Detector {

    private static final Words<Suspicion> FIELDS = Words.of(List.of(
            new Line<>(
                    Suspicion.CERTAIN,
                    "set-cookie content-length transfer-encoding x-xss-protection access-control-allow-origin content-disposition"),
            new Line<>(
                    Suspicion.STRONG,
                    "location content-type contenttype contentlength refresh x-forwarded-for x-forwarded-host bcc"
                            + " content-security-policy last-modified set-cookie2 content-transfer-encoding mime-version"),
            new Line<>(Suspicion.FAINT, "host cookie cc to from subject referer connection")));

    private static final Words<Boolean> METHODS = Words.set("get post put delete head options patch connect trace");

    private static final int LONGEST = 256;

    @Override
    public String id() {
        return "header-injection";
    }

    @Override
    public int attractors(Place place) {
        return Traits.CONTROL | Traits.BACKSLASH | (place.isField() ? 0 : Traits.WIDE);
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.FIELD;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            var c = text.at(i);
            if (isPair(c, text.at(i + 1))) {
                return Finding.strong(i);
            }
            if ((c == '\r' || c == '\n') && !Text.isSpace(text.at(i + 1))) {
                finding = finding.or(line(text, i + 1, place));
            } else if (c == '\\' && text.lower(i + 1) == 'n') {
                finding = finding.or(written(text, i + 2));
            }
        }
        return finding;
    }

    /** Tells whether two characters follow each other of which careless conversions make the two of a line end. */
    static boolean isPair(char c, char next) {
        return c == '\u560d' && next == '\u560a' || c == '\u560a' && next == '\u560d';
    }

    /** Judges what stands behind a line end that is written with a backslash. */
    private static Finding written(Text text, int from) {
        var known = FIELDS.find(text, from, fieldEnd(text, from));
        var named = known != null && text.at(fieldEnd(text, from)) == ':';
        return named && known != Suspicion.FAINT ? Finding.strong(from) : Finding.NONE;
    }

    private static int fieldEnd(Text text, int from) {
        var end = from;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        return end;
    }

    /** Tells whether a line may begin at the index as a field, an answer or a command of a protocol does. */
    static boolean mayBegin(Text text, int from) {
        var end = fieldEnd(text, from);
        return end > from
                && (text.at(text.skipSpace(end)) == ':'
                        || text.at(end) == '/'
                        || text.says("mail", from)
                        || text.says("rcpt", from)
                        || text.says("data", from)
                        || text.says("quit", from)
                        || METHODS.has(text, from, end)
                        || MailInjection.mayCommand(text, from));
    }

    /** Tells whether the first line of a request stands at the index: {@code GET / HTTP/1.1}. */
    private static boolean isRequest(Text text, int from) {
        if (!METHODS.has(text, from, text.wordEnd(from)) || text.at(text.wordEnd(from)) != ' ') {
            return false;
        }
        for (var i = from; i < from + LONGEST && text.at(i) >= ' ' && text.at(i) != Text.END; i++) {
            if (text.says(" http/", i) && Text.isDigit(text.at(i + 6))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether what stands before the line is no more than one word. */
    private static boolean isValue(Text text, int from) {
        var i = from - 1;
        while (i > 0 && (Text.isSpace(text.at(i)) || i > from - LONGEST && !Text.isSpace(text.at(i - 1)))) {
            i--;
        }
        return i <= text.first();
    }

    /** Tells whether a name of several words is that of the last line of a query's value. */
    private static boolean isLast(Text text, int from, int end, Place place) {
        var word = text.wordEnd(from);
        return place == Place.QUERY_VALUE && text.at(word) == '-' && word < end - 1 && text.lineEnd(end) >= text.last();
    }

    private static Finding line(Text text, int from, Place place) {
        if (text.says("http/1.", from) || text.says("http/2", from) || isRequest(text, from)) {
            return Finding.strong(from);
        }
        var end = fieldEnd(text, from);
        var colon = text.skipSpace(end);
        if (end == from || text.at(colon) != ':') {
            return Finding.NONE;
        }
        var known = FIELDS.find(text, from, end);
        var multiline = place.isField();
        if (known == Suspicion.FAINT && place == Place.QUERY_VALUE && isValue(text, from)) {
            return Finding.strong(from);
        }
        if (known != null) {
            return new Finding(multiline ? known.weaker() : known, from);
        }
        var slippedIn = (text.says("x-", from) || isLast(text, from, end, place)) && isValue(text, from);
        if (multiline) {
            return slippedIn && text.next('\n', from) >= text.last() ? Finding.strong(from) : Finding.NONE;
        }
        return place == Place.QUERY_VALUE && !slippedIn ? Finding.faint(from) : Finding.strong(from);
    }
}
