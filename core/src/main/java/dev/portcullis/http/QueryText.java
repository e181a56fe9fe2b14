package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import org.jspecify.annotations.Nullable;

/** Finds what makes readers disagree over a query, in one look through that allocates nothing. */
@TrustedBase
final class QueryText {

    private static final String BROKEN = "broken percent-encoding in the query";
    private static final String CONTROL = "a control character in the query";
    private static final String NO_UTF8 = "encoded bytes in the query that are not UTF-8";
    private static final String NO_ASCII = "a character outside of ASCII in the query that is not encoded";
    private static final String FRAGMENT = "a hash in the query";
    private static final String TOO_MANY = "more than " + Parameters.MAX_PAIRS + " parameters in the query";
    private static final String OVERRIDE = "a parameter that overrides the method";
    private static final String METHOD_PARAMETER = "_method";

    /** What else may stand in a query as it is (RFC 3986, section 3.4). */
    private static final String PLAIN = "-.~!$&'()*+,;=:@/?";

    /** What a character makes of a query, by its lower byte: one that is looked at closely, or perhaps. */
    private static final byte[] MARKS = Marks.of(PLAIN, '_');

    private QueryText() {}

    /** Why readers may differ over the query, as a phrase for the operator; null when they cannot. */
    static @Nullable String trouble(String query) {
        var marks = 0;
        var pairs = 1;
        for (var i = 0; i < query.length(); i++) {
            var c = query.charAt(i);
            marks |= MARKS[c & 0xff] | c >> 8 << 2;
            pairs += c == '&' ? 1 : 0;
        }
        var plain = marks == 0 || marks == Marks.PERHAPS && !query.contains(METHOD_PARAMETER);
        return plain && pairs <= Parameters.MAX_PAIRS ? null : closely(query);
    }

    /** Looks at every character for what it may mean. */
    static @Nullable String closely(String query) {
        var pairs = 0;
        for (var from = 0; from < query.length(); ) {
            var end = indexOf('&', query, from, query.length());
            pairs += end > from ? 1 : 0;
            var found = pairs > Parameters.MAX_PAIRS ? TOO_MANY : inPair(query, from, end);
            if (found != null) {
                return found;
            }
            from = end + 1;
        }
        return null;
    }

    private static int indexOf(char c, String query, int from, int end) {
        var at = from;
        while (at < end && query.charAt(at) != c) {
            at++;
        }
        return at;
    }

    private static @Nullable String inPair(String query, int from, int end) {
        var equals = indexOf('=', query, from, end);
        var found = inPart(query, from, equals);
        if (found == null && namesMethod(query, from, equals)) {
            return OVERRIDE;
        }
        return found == null ? inValue(query, equals, end) : found;
    }

    /** Values, but no names, may be in ISO 8859-1 where that changes nothing. */
    private static @Nullable String inValue(String query, int equals, int end) {
        var found = inPart(query, equals, end);
        return NO_UTF8.equals(found) && LatinLetters.areAll(query, equals, end) ? null : found;
    }

    private static @Nullable String inPart(String query, int from, int end) {
        var state = Utf8.START;
        for (var at = from; at < end; at++) {
            var c = query.charAt(at);
            if (c >= 0x80 || c == '#') {
                return c == '#' ? FRAGMENT : NO_ASCII;
            }
            var octet = c == '%' && at + Percent.LENGTH > end ? -1 : octet(query, at);
            state = octet < 0 ? Utf8.MALFORMED : Utf8.next(state, octet);
            if (state == Utf8.MALFORMED) {
                return octet < 0 ? BROKEN : NO_UTF8;
            }
            if (Token.isControl((char) octet)) {
                return CONTROL;
            }
            at += c == '%' ? Percent.LENGTH - 1 : 0;
        }
        return state == Utf8.START ? null : NO_UTF8;
    }

    private static int octet(String query, int at) {
        return query.charAt(at) == '%' ? Percent.octet(query, at) : query.charAt(at);
    }

    /** Tells whether the name, which is well-formed, is that of the parameter, decoded. */
    private static boolean namesMethod(String query, int from, int end) {
        var matched = 0;
        for (var at = from; at < end; at++) {
            if (matched == METHOD_PARAMETER.length() || octet(query, at) != METHOD_PARAMETER.charAt(matched)) {
                return false;
            }
            matched++;
            at += query.charAt(at) == '%' ? Percent.LENGTH - 1 : 0;
        }
        return matched == METHOD_PARAMETER.length();
    }
}
