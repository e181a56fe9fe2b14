package dev.portcullis.schema;

/** URIs (RFC 3986), IRIs (RFC 3987) and URI templates (RFC 6570). */
final class Uris {

    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final String UNRESERVED_SIGNS = "-._~";
    private static final String OPERATORS = "+#./;?&=,!@|";
    private static final int MAX_PREFIX_DIGITS = 4;

    private final String text;
    private final boolean international;

    private Uris(String text, boolean international) {
        this.text = text;
        this.international = international;
    }

    static boolean isUri(String text) {
        return new Uris(text, false).isReference(true);
    }

    static boolean isUriReference(String text) {
        return new Uris(text, false).isReference(false);
    }

    static boolean isIri(String text) {
        return new Uris(text, true).isReference(true);
    }

    static boolean isIriReference(String text) {
        return new Uris(text, true).isReference(false);
    }

    private boolean isReference(boolean absolute) {
        var hash = text.indexOf('#');
        var end = hash < 0 ? text.length() : hash;
        var question = text.indexOf('?');
        var pathEnd = question < 0 || question > end ? end : question;
        var scheme = schemeEnd(pathEnd);
        if (scheme < 0 && (absolute || firstSegmentHasColon(pathEnd))) {
            return false;
        }
        return isHierarchy(scheme + 1, pathEnd)
                && isQuery(Math.min(pathEnd + 1, end), end)
                && areOf(Math.min(end + 1, text.length()), text.length(), ":@/?");
    }

    /** Where the colon behind the scheme stands; -1 when there is no scheme. */
    private int schemeEnd(int end) {
        var colon = text.indexOf(':');
        if (colon < 1 || colon >= end || !isLetter(text.charAt(0))) {
            return -1;
        }
        for (var i = 1; i < colon; i++) {
            if (!Hosts.isAlphanumeric(text.charAt(i)) && "+-.".indexOf(text.charAt(i)) < 0) {
                return -1;
            }
        }
        return colon;
    }

    private boolean firstSegmentHasColon(int end) {
        var colon = text.indexOf(':');
        var slash = text.indexOf('/');
        return colon >= 0 && colon < end && (slash < 0 || slash > colon);
    }

    private boolean isHierarchy(int from, int end) {
        if (!text.startsWith("//", from) || from + 2 > end) {
            return areOf(from, end, ":@/");
        }
        var slash = text.indexOf('/', from + 2);
        var authorityEnd = slash < 0 || slash > end ? end : slash;
        return isAuthority(from + 2, authorityEnd) && areOf(authorityEnd, end, ":@/");
    }

    private boolean isAuthority(int from, int end) {
        var sign = text.lastIndexOf('@', end - 1);
        var host = sign >= from ? sign + 1 : from;
        if (sign >= from && !areOf(from, sign, ":")) {
            return false;
        }
        if (host < end && text.charAt(host) == '[') {
            var close = text.indexOf(']', host);
            return close > 0 && close < end && isLiteral(text.substring(host + 1, close)) && isPort(close + 1, end);
        }
        var colon = text.indexOf(':', host);
        var hostEnd = colon < 0 || colon > end ? end : colon;
        return areOf(host, hostEnd, "") && isPort(hostEnd, end);
    }

    private static boolean isLiteral(String literal) {
        return Hosts.isIpv6(literal) || literal.length() > 3 && (literal.charAt(0) | 0x20) == 'v' && isFuture(literal);
    }

    private static boolean isFuture(String literal) {
        var dot = literal.indexOf('.');
        var plain = new Uris(literal, false);
        return dot > 1
                && literal.substring(1, dot).chars().allMatch(Uris::isHex)
                && dot + 1 < literal.length()
                && literal.indexOf('%') < 0
                && plain.areOf(dot + 1, literal.length(), ":");
    }

    private boolean isPort(int from, int end) {
        return from == end
                || text.charAt(from) == ':'
                        && text.substring(from + 1, end).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Tells whether this part is a query, in which an IRI may hold private characters. */
    private boolean isQuery(int from, int end) {
        var query = text.substring(from, end).codePoints().filter(c -> !international || !isPrivate(c));
        var others = query.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return new Uris(others.toString(), international).areOf(0, others.length(), ":@/?");
    }

    /** Tells whether all characters are unreserved, sub-delimiters, percent-encoded or these. */
    private boolean areOf(int from, int end, String also) {
        var at = from;
        while (at < end) {
            var c = text.codePointAt(at);
            var encoded = c == '%' && isEncoded(text, at, end);
            if (!encoded && !isPlain(c) && also.indexOf(c) < 0) {
                return false;
            }
            at += encoded ? 3 : Character.charCount(c);
        }
        return true;
    }

    private static boolean isEncoded(String text, int at, int end) {
        return at + 2 < end && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
    }

    private boolean isPlain(int c) {
        return c < 128
                ? Hosts.isAlphanumeric(c) || UNRESERVED_SIGNS.indexOf(c) >= 0 || SUB_DELIMITERS.indexOf(c) >= 0
                : international && isInternational(c);
    }

    private static boolean isInternational(int c) {
        var noncharacter = (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef;
        return c >= 0xa0
                && !noncharacter
                && !(c >= 0xd800 && c <= 0xf8ff)
                && !(c >= 0xfff0 && c <= 0xffff)
                && c < 0xf0000;
    }

    private static boolean isPrivate(int c) {
        return c >= 0xe000 && c <= 0xf8ff || c >= 0xf0000 && (c & 0xfffe) != 0xfffe;
    }

    static boolean isTemplate(String text) {
        var at = 0;
        while (at < text.length()) {
            var c = text.codePointAt(at);
            var last = c == '{' ? text.indexOf('}', at) : at;
            if (last < 0 || !(c == '{' ? isExpression(text.substring(at + 1, last)) : isTemplateLiteral(text, at, c))) {
                return false;
            }
            at = last + Character.charCount(text.codePointAt(last));
        }
        return true;
    }

    private static boolean isTemplateLiteral(String text, int at, int c) {
        if (c == '%') {
            return isEncoded(text, at, text.length());
        }
        return c < 128 ? c > ' ' && c != 127 && "\"<>\\^`{|}".indexOf(c) < 0 : isInternational(c) || isPrivate(c);
    }

    private static boolean isExpression(String expression) {
        var from = !expression.isEmpty() && OPERATORS.indexOf(expression.charAt(0)) >= 0 ? 1 : 0;
        for (var variable : expression.substring(from).split(",", -1)) {
            if (!isVariable(variable)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariable(String variable) {
        var colon = variable.indexOf(':');
        var name = variable.endsWith("*") ? variable.substring(0, variable.length() - 1) : variable;
        if (colon >= 0) {
            var prefix = variable.substring(colon + 1);
            var number = !prefix.isEmpty() && prefix.length() <= MAX_PREFIX_DIGITS && prefix.charAt(0) != '0';
            if (!number || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            name = variable.substring(0, colon);
        }
        for (var part : name.split("\\.", -1)) {
            if (part.isEmpty() || !isVariablePart(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariablePart(String part) {
        var plain = new Uris(part, false);
        return part.chars().allMatch(c -> Hosts.isAlphanumeric(c) || c == '_' || c == '%')
                && plain.areOf(0, part.length(), "");
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isHex(int c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }
}
