package dev.portcullis.authz;

import dev.portcullis.authz.Syntax.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts the text of a condition into tokens. Lives for one text. */
final class Tokens {

    private static final int MAX_NUMBER = 40;
    private static final int MAX_EXPONENT = 300;
    private static final List<String> SIGNS =
            List.of("&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ".", ",", "-");
    private static final Map<String, String> OFTEN_MEANT = Map.of("=", "==", "&", "&&", "|", "||", "~", "matches()");
    private static final Map<Character, String> ESCAPES =
            Map.of('n', "\n", 'r', "\r", 't', "\t", '\\', "\\", '\'', "'", '"', "\"");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        return new Tokens(text).read();
    }

    private List<Token> read() {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                tokens.add(next(c));
            }
        }
        tokens.add(new Token(Token.Kind.END, new Span(at, at), "", ""));
        return List.copyOf(tokens);
    }

    private Token next(char c) {
        if (isLetter(c)) {
            return word();
        }
        if (isDigit(c)) {
            return number();
        }
        return c == '\'' || c == '"' ? quoted(at, false) : sign();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token word() {
        var start = at;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        var word = text.substring(start, at);
        if (word.equals("r") && at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            return quoted(start, true);
        }
        return new Token(Token.Kind.NAME, new Span(start, at), word, word);
    }

    private Token sign() {
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Token.Kind.SIGN, new Span(at - sign.length(), at), sign, sign);
            }
        }
        var found = text.substring(at, text.offsetByCodePoints(at, 1));
        var meant = OFTEN_MEANT.get(found);
        throw Mistake.at(at, "`" + found + "` (expected: " + (meant == null ? "a sign" : "`" + meant + "`") + ")");
    }

    private Token number() {
        var start = at;
        digits();
        var whole = true;
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            whole = false;
            at++;
            digits();
        }
        var end = exponentEnd();
        if (end > at) {
            whole = false;
            at = end;
        }
        var written = text.substring(start, at);
        if (at < text.length() && isLetter(text.charAt(at)) || written.length() > MAX_NUMBER) {
            throw Mistake.at(start, "`" + written + "` (expected: a number of at most " + MAX_NUMBER + " characters)");
        }
        return new Token(Token.Kind.NUMBER, new Span(start, at), written, value(start, written, whole));
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    /** Where an exponent ends that begins here; here when none does. */
    private int exponentEnd() {
        if (at >= text.length() || text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return at;
        }
        var from = at + 1;
        if (from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-')) {
            from++;
        }
        var end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == from ? at : end;
    }

    private static Object value(int start, String written, boolean whole) {
        try {
            var exact = new BigDecimal(written);
            if (Math.abs((long) exact.scale()) > MAX_EXPONENT) {
                throw Mistake.at(start, "`" + written + "` (expected: an exponent of at most " + MAX_EXPONENT + ")");
            }
            return whole ? Values.number(exact.toBigInteger()) : exact;
        } catch (NumberFormatException e) {
            throw Mistake.at(start, "`" + written + "` (expected: a number)");
        }
    }

    private Token quoted(int start, boolean raw) {
        var quote = text.charAt(at);
        var value = new StringBuilder();
        for (at++; at < text.length(); ) {
            var c = text.charAt(at);
            if (c == quote) {
                at++;
                return new Token(Token.Kind.TEXT, new Span(start, at), "", value.toString());
            }
            if (c == '\\' && !raw) {
                escape(value);
            } else {
                value.append(c);
                at++;
            }
        }
        throw Mistake.at(start, "a text without its closing quote");
    }

    private void escape(StringBuilder value) {
        var c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        var plain = ESCAPES.get(c);
        if (plain != null) {
            value.append(plain);
            at += 2;
        } else if (c == 'u' || c == 'U') {
            value.appendCodePoint(codePoint(c == 'u' ? 4 : 8));
        } else {
            throw Mistake.at(at, "`\\" + c + "` (expected: `\\\\`, `\\'`, `\\\"`, `\\n`, `\\r`, `\\t`, `\\uXXXX`)");
        }
    }

    private int codePoint(int digits) {
        var start = at;
        var end = Math.min(text.length(), at + 2 + digits);
        var hex = text.substring(at + 2, end);
        at = end;
        var isHex = hex.length() == digits && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
        var value = isHex ? Long.parseLong(hex, 16) : -1;
        if (value < 0 || value > Character.MAX_CODE_POINT || value >= 0xD800 && value <= 0xDFFF) {
            throw Mistake.at(start, "an escape (expected: " + digits + " digits of a character in hexadecimal)");
        }
        return (int) value;
    }
}
