package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

import java.util.Arrays;

/**
 * A text cut into tokens of SQL, as it would be read behind what the application writes before it.
 *
 * <p>Comments within the text are white space, as they are to a database. Not thread-safe.
 */
final class SqlTokens {

    private static final Marks MATH_SIGNS = Marks.of("+-");
    private static final Marks PREFIXES = Marks.of("nxbe");
    private static final Marks BEHIND_NOTHING = Marks.of("):,=-");
    private static final Marks COMPARING = Marks.of("=<>");

    /** Letters that make a number one of a certain size. */
    private static final Marks SIZES = Marks.of("fd");
    /** How long the word of an escape for drivers may be. */
    private static final int ESCAPE = 8;

    private final Text text;
    private final char quote;
    private SqlKind[] kinds = new SqlKind[8];
    private int[] starts = new int[8];
    private int count;
    private int comments;
    private int braces;
    private int at;

    private SqlTokens(Text text, char quote) {
        this.text = text;
        this.quote = quote;
    }

    /** The tokens of the text behind an open quote, or behind none for a quote of {@link Text#END}. */
    static SqlTokens behind(char quote, Text text) {
        var tokens = new SqlTokens(text, quote);
        if (quote != Text.END) {
            tokens.string(quote, -1);
        }
        return tokens;
    }

    /** Tells whether there is such a token; no more of the text is cut than it takes to know. */
    boolean has(int index) {
        while (count <= index && at < text.length()) {
            next();
        }
        return index < count;
    }

    Text text() {
        return text;
    }

    /** The quotes inside of which the text stands. */
    char quote() {
        return quote;
    }

    /** How many comments stand in the midst of the text. */
    int comments() {
        has(Integer.MAX_VALUE);
        return comments;
    }

    int count() {
        has(Integer.MAX_VALUE);
        return count;
    }

    /** The kind of the token; a comment, which ends all, behind the last one. */
    SqlKind kind(int index) {
        return index >= 0 && has(index) ? kinds[index] : OTHER;
    }

    int start(int index) {
        return has(index) ? starts[index] : text.length();
    }

    /** Tells whether the token is this word. */
    boolean is(int index, String word) {
        return index >= 0
                && has(index)
                && text.says(word, starts[index])
                && !Text.isWord(text.at(starts[index] + word.length()));
    }

    char first(int index) {
        return text.at(start(index));
    }

    private void add(SqlKind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
        }
        kinds[count] = kind;
        starts[count++] = start;
        at = end;
    }

    private void next() {
        var c = text.at(at);
        if (Text.isSpace(c) || c == '\ufffd') {
            at++;
        } else if (Text.isDigit(c) || c == '.' && Text.isDigit(text.at(at + 1))) {
            number();
        } else if (SqlName.isPart(c)) {
            word();
        } else if (c == '\'' || c == '"') {
            string(c, at);
        } else if (!comment(c)) {
            mark(c);
        }
    }

    private void number() {
        var start = at;
        var i = at;
        if (text.at(i) == '0' && text.lower(i + 1) == 'x') {
            add(NUMBER, start, text.wordEnd(i));
            return;
        }
        while (Text.isDigit(text.at(i)) || text.at(i) == '.') {
            i++;
        }
        if (SqlSpelling.isPadding(text, i)) {
            comments++;
            at = i + 1;
            return;
        }
        if (text.lower(i) == 'e'
                && (Text.isDigit(text.at(i + 1)) || MATH_SIGNS.has(text.at(i + 1)) && Text.isDigit(text.at(i + 2)))) {
            i += 2;
            while (Text.isDigit(text.at(i))) {
                i++;
            }
        } else if (SIZES.has(text.lower(i)) && SqlWords.KEYWORDS.has(text, i + 1, SqlName.end(text, i))) {
            i++;
        }
        var end = SqlName.end(text, i);
        if (end == i || SqlWords.KEYWORDS.has(text, i, end) || text.at(i - 1) == '.') {
            add(NUMBER, start, i);
        } else {
            add(NAME, start, end);
        }
    }

    private void word() {
        var start = at;
        var end = SqlName.end(text, start);
        if (end == start + 1 && text.at(end) == '\'' && PREFIXES.has(text.lower(start))) {
            string('\'', end);
            return;
        }
        var keyword = SqlWords.KEYWORDS.find(text, start, end);
        var dotted = SqlName.wholeEnd(text, start);
        if (dotted == end && isCompared(start, end)) {
            add(COMPARE, start, end);
        } else if (dotted == end && keyword != null && !SqlName.isFunction(text, keyword, start, end)) {
            add(keyword, start, end);
        } else {
            add(SqlName.kind(text, start, end, dotted), start, dotted);
        }
    }

    /** Tells whether it is the second word of {@code SIMILAR TO}. */
    private boolean isCompared(int start, int end) {
        return end == start + 2
                && text.says("to", start)
                && count > 0
                && kinds[count - 1] == COMPARE
                && text.says("similar", starts[count - 1]);
    }

    /** Reads a string from the quote at the index on. */
    private void string(char quote, int start) {
        var i = start + 1;
        while (i < text.length()) {
            var c = text.at(i);
            if (c == quote && text.at(i + 1) == quote) {
                i += 2;
            } else if (c == quote) {
                add(STRING, start, i + 1);
                return;
            } else {
                i += c == '\\' ? 2 : 1;
            }
        }
        add(OPEN_STRING, start, text.length());
    }

    private boolean comment(char c) {
        var next = text.at(at + 1);
        if (c == '-' && next == '-' && text.at(at - 1) == '!' && text.at(at - 2) == '<') {
            add(OTHER, at, at + 2);
            return true;
        }
        if (c == '#' || c == '-' && next == '-') {
            line();
            return true;
        }
        if (c == '/' && next == '*') {
            block();
            return true;
        }
        if (c == '*' && next == '/') {
            at += 2;
            return true;
        }
        return false;
    }

    private void line() {
        var i = at;
        while (i < text.length() && text.at(i) != '\n' && text.at(i) != '\r') {
            i++;
        }
        if (text.skipSpace(i) >= text.length()) {
            add(COMMENT, at, text.length());
        } else {
            comments++;
            at = i;
        }
    }

    private void block() {
        var i = at + 2;
        if (text.at(i) == '!') {
            comments++;
            at = i + 1;
            while (Text.isDigit(text.at(at))) {
                at++;
            }
            return;
        }
        while (i < text.length() && (text.at(i) != '*' || text.at(i + 1) != '/')) {
            i++;
        }
        if (i >= text.length()) {
            add(COMMENT, at, text.length());
        } else {
            comments++;
            at = i + 2;
        }
    }

    private void mark(char c) {
        switch (c) {
            case '(' -> add(OPEN, at, at + 1);
            case ')' -> add(CLOSE, at, at + 1);
            case ',' -> add(COMMA, at, at + 1);
            case ';' -> add(SEMICOLON, at, at + 1);
            case '@' -> at();
            case '{' -> brace();
            case '}' -> closingBrace();
            case '`' -> quoted('`');
            case '[' -> quoted(']');
            case '&' -> ampersand();
            case '|' -> add(text.at(at + 1) == c ? LOGIC : MATH, at, text.at(at + 1) == c ? at + 2 : at + 1);
            case '=', '<', '>', '!', '~', '^' -> comparison(c);
            case '?' -> question();
            case '+', '*', '/', '%' -> add(MATH, at, at + 1);
            case '-' -> add(MATH, at, text.at(at + 1) != '>' ? at + 1 : text.at(at + 2) == '>' ? at + 3 : at + 2);
            case ':' -> add(text.at(at + 1) == ':' || text.at(at + 1) == '=' ? MATH : OTHER, at, at + 2);
            case '\\' -> add(text.lower(at + 1) == 'n' ? CONSTANT : OTHER, at, at + 2);
            default -> add(OTHER, at, at + 1);
        }
    }

    /** Reads the brace of an escape for drivers with the word behind it, which are white space to MySQL: <code>{x 1}</code>. */
    private void brace() {
        var end = SqlName.end(text, at + 1);
        var escapes = end > at + 1 && end < at + ESCAPE && (text.at(end) == ' ' || text.at(end) == '(');
        if (escapes && SqlWords.KEYWORDS.find(text, at + 1, end) == null) {
            braces++;
            at = end;
        } else {
            add(OTHER, at, at + 1);
        }
    }

    private void closingBrace() {
        if (braces > 0) {
            braces--;
            at++;
        } else {
            add(OTHER, at, at + 1);
        }
    }

    /** Reads the sign that asks a document of PostgreSQL for a key, which stands behind a string. */
    private void question() {
        var asks = count > 0 && kinds[count - 1] == STRING;
        add(asks ? COMPARE : OTHER, at, asks && "|&".indexOf(text.at(at + 1)) >= 0 ? at + 2 : at + 1);
    }

    /** Reads a variable, or one of the signs with which PostgreSQL compares documents. */
    private void at() {
        if (text.at(at + 1) == '>') {
            add(COMPARE, at, at + 2);
        } else {
            variable();
        }
    }

    /** Reads an ampersand, which may also begin a character reference of HTML. */
    private void ampersand() {
        var next = text.at(at + 1);
        var reference = next == '#' && (Text.isDigit(text.at(at + 2)) || text.lower(at + 2) == 'x');
        add(reference ? OTHER : next == '&' ? LOGIC : MATH, at, next == '&' || reference ? at + 2 : at + 1);
    }

    private void variable() {
        var system = text.at(at + 1) == '@';
        var from = at + (system ? 2 : 1);
        var end = SqlName.end(text, from);
        var dotted = text.at(end) == '.';
        while (text.at(end) == '.') {
            end = SqlName.end(text, end + 1);
        }
        if (!system && dotted && Text.isWord(text.at(at - 1))) {
            add(OTHER, at, end); // an address for mail
            return;
        }
        var unnamed = end == from && !system && BEHIND_NOTHING.has(text.at(end));
        add(end == from && !unnamed ? OTHER : system ? SYSTEM_VARIABLE : VARIABLE, at, Math.max(end, at + 1));
    }

    private void quoted(char close) {
        var i = at + 1;
        while (SqlName.isPart(text.at(i)) || Text.isDigit(text.at(i)) || text.at(i) == ' ') {
            i++;
        }
        var closed = text.at(i) == close;
        add(closed ? NAME : OTHER, at, closed ? i + 1 : at + 1);
    }

    private void comparison(char c) {
        var end = at + 1;
        while (end < at + 3 && COMPARING.has(text.at(end))) {
            end++;
        }
        end += c == '<' && end == at + 1 && text.at(end) == '@' ? 1 : 0;
        var kind = c == '^' || c == '~' && end == at + 1 ? MATH : c == '!' && end == at + 1 ? NOT : COMPARE;
        var shift = end == at + 2 && c == text.at(at + 1) && c != '=';
        add(shift ? MATH : kind, at, end);
    }
}
