package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes readers disagree over a path: proxies, containers, frameworks and file systems do not all decode, cut, fold and
 * resolve alike.
 *
 * <p>Every phrase names one disagreement. A path of plain characters is looked through once, and nothing is allocated.
 */
@TrustedBase
final class Ambiguity {

    private static final String NO_SLASH = "no slash at the beginning";
    private static final String EMPTY_SEGMENT = "an empty segment";
    private static final String DOT_SEGMENT = "a dot segment";
    private static final String BACKSLASH = "a backslash";
    private static final String PARAMETER = "a path parameter";
    private static final String CONTROL = "a control character";
    private static final String DELIMITER = "a question mark or a hash";
    private static final String NOT_ENCODED = "a character outside of ASCII that is not encoded";
    private static final String BROKEN = "broken percent-encoding";
    private static final String NO_UTF8 = "encoded bytes that are not UTF-8";
    private static final String ENCODED_SEPARATOR = "an encoded slash or backslash";
    private static final String ENCODED_DOT = "an encoded dot";
    private static final String ENCODED_PARAMETER = "an encoded semicolon";
    private static final String ENCODED_PERCENT = "an encoded percent sign";
    private static final String ENCODED_DELIMITER = "an encoded question mark or hash";
    private static final String DECOMPOSED = "characters that are not in normal form";
    private static final String FOLDED = "a character that folds to one of ASCII";
    private static final String SPECIAL = "./\\;%";

    /** The fraction slash, the division slash and the set minus, which tables of old code pages turn into slashes and backslashes. */
    private static final String LOOKALIKES = "\u2044\u2215\u2216";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** What else may stand in a path as it is (RFC 3986, section 3.3), but for what begins a parameter. */
    private static final String PLAIN = "-_~!$&'()*+,=:@/";

    /** What a character makes of a path, by its lower byte: one that is looked at closely, or perhaps. */
    private static final byte[] MARKS = Marks.of(PLAIN, '.');

    private Ambiguity() {}

    /** Why readers may differ over the path, which may be of any length and content; null when they cannot. */
    static @Nullable String of(String path) {
        if (!path.isEmpty() && path.charAt(0) != '/') {
            return NO_SLASH;
        }
        return isPlain(path) ? null : closely(path);
    }

    /** Looks at every character for what it may mean. */
    static @Nullable String closely(String path) {
        var found = inAscii(path);
        return found != null || path.indexOf('%') < 0 ? found : inText(TargetPath.decode(path));
    }

    /** Tells whether nothing stands in the path that would have to be looked at closely. */
    private static boolean isPlain(String path) {
        var marks = 0;
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            marks |= MARKS[c & 0xff] | c >> 8 << 2;
        }
        return (marks == 0 || marks == Marks.PERHAPS && !path.contains("/.")) && !path.contains("//");
    }

    private static @Nullable String inAscii(String path) {
        var state = Utf8.START;
        for (var at = 0; at < path.length(); at++) {
            var c = path.charAt(at);
            var encoded = c == '%';
            var octet = encoded ? Percent.octet(path, at) : c;
            var found = encoded ? encoded(octet) : plain(c, path, at);
            if (found != null) {
                return found;
            }
            state = Utf8.next(state, octet);
            if (state == Utf8.MALFORMED) {
                return NO_UTF8;
            }
            at += encoded ? Percent.LENGTH - 1 : 0;
        }
        return state == Utf8.START ? null : NO_UTF8;
    }

    private static @Nullable String plain(char c, String path, int at) {
        return switch (c) {
            case '/' -> segment(path, at + 1);
            case '\\' -> BACKSLASH;
            case ';' -> PARAMETER;
            case '?', '#' -> DELIMITER;
            default -> c < ' ' || c == 0x7f ? CONTROL : c > 0x7f ? NOT_ENCODED : null;
        };
    }

    /** Looks at the segment that begins at the index. */
    private static @Nullable String segment(String path, int from) {
        if (path.startsWith("/", from)) {
            return EMPTY_SEGMENT;
        }
        var end = from;
        while (end < path.length() && path.charAt(end) == '.') {
            end++;
        }
        var dots = end - from;
        var whole = end == path.length() || path.charAt(end) == '/';
        return whole && (dots == 1 || dots == 2) ? DOT_SEGMENT : null;
    }

    private static @Nullable String encoded(int octet) {
        return switch (octet) {
            case -1 -> BROKEN;
            case '/', '\\' -> ENCODED_SEPARATOR;
            case '.' -> ENCODED_DOT;
            case ';' -> ENCODED_PARAMETER;
            case '%' -> ENCODED_PERCENT;
            case '?', '#' -> ENCODED_DELIMITER;
            default -> octet < ' ' || octet == 0x7f ? CONTROL : null;
        };
    }

    /** Looks at decoded text, which holds nothing of the above, for what Unicode adds. */
    private static @Nullable String inText(String text) {
        var ascii = true;
        for (var at = 0; at < text.length(); at++) {
            var c = text.codePointAt(at);
            var found = c < 0x80 ? null : character(c);
            if (found != null) {
                return found;
            }
            ascii &= c < 0x80;
            at += Character.charCount(c) - 1;
        }
        return ascii ? null : form(text);
    }

    private static @Nullable String character(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> CONTROL;
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER ? null : CONTROL;
            default ->
                Character.toLowerCase(c) < 0x80 || Character.toUpperCase(c) < 0x80 || LOOKALIKES.indexOf(c) >= 0
                        ? FOLDED
                        : null;
        };
    }

    private static @Nullable String form(String text) {
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            return DECOMPOSED;
        }
        return specials(Normalizer.normalize(text, Normalizer.Form.NFKC)) > specials(text) ? FOLDED : null;
    }

    private static long specials(String text) {
        return text.chars().filter(c -> SPECIAL.indexOf(c) >= 0).count();
    }
}
