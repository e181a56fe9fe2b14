package dev.portcullis.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of ECMA-262 with Unicode semantics, as JSON Schema has it, and its translation to RE2.
 *
 * <p>Escaped punctuation and lone braces and brackets are taken as themselves, as most engines do. Lookaround and backreferences
 * are well formed but have no translation: they cannot be matched in linear time.
 */
final class EcmaPattern {

    private static final String DOT = "[^\\n\\r\\x{2028}\\x{2029}]";
    private static final int MAX_OPEN = 100;
    private static final int NO_END = -1;

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Boolean> groups = new ArrayDeque<>();
    private final PlainPattern.Draft draft = new PlainPattern.Draft();
    private @Nullable String notOffered;
    private boolean repeatable;
    private int at;

    private EcmaPattern(String text) {
        this.text = text;
    }

    /**
     * Reads a regular expression.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static EcmaPattern parse(String text) {
        var pattern = new EcmaPattern(text);
        pattern.disjunction();
        return pattern;
    }

    /**
     * The regular expression in the syntax of RE2.
     *
     * @throws IllegalArgumentException when it has none
     */
    String re2() {
        if (notOffered != null) {
            throw new IllegalArgumentException("pattern: `" + text + "` (expected: no " + notOffered + ")");
        }
        return out.toString();
    }

    /** The same where it is one character after another; null where it is not. */
    @Nullable
    PlainPattern plain() {
        return notOffered == null ? draft.pattern() : null;
    }

    private void disjunction() {
        while (at < text.length()) {
            var c = text.codePointAt(at);
            at += Character.charCount(c);
            term(c);
        }
        if (!groups.isEmpty()) {
            throw malformed("every `(` closed");
        }
    }

    private void term(int c) {
        switch (c) {
            case '|', '^', '$' -> assertion((char) c);
            case '(' -> open();
            case ')' -> close();
            case '.' -> atom(DOT);
            case '[' -> atom(characterClass());
            case '\\' -> escape();
            case '*' -> quantifier("*", new Counts(0, NO_END));
            case '+' -> quantifier("+", new Counts(1, NO_END));
            case '?' -> quantifier("?", new Counts(0, 1));
            case '{' -> brace();
            default -> atom(CharacterEscape.literal(c));
        }
    }

    private void atom(String translated) {
        draft.take(translated);
        out.append(translated);
        repeatable = true;
    }

    private void assertion(char c) {
        switch (c) {
            case '^' -> draft.begin();
            case '$' -> draft.end();
            default -> draft.giveUp();
        }
        out.append(c);
        repeatable = false;
    }

    private void open() {
        draft.giveUp();
        if (groups.size() == MAX_OPEN) {
            throw malformed("at most " + MAX_OPEN + " groups in each other");
        }
        var looksAround = false;
        if (skip("?=") || skip("?!") || skip("?<=") || skip("?<!")) {
            looksAround = true;
            notOffered = "lookahead and lookbehind, which take more than linear time";
        } else if (skip("?<")) {
            groupName();
        } else if (!skip("?:") && at < text.length() && text.charAt(at) == '?') {
            throw malformed("no `(?` but `(?:`, `(?<name>` and lookaround");
        }
        groups.push(looksAround);
        out.append("(?:");
        repeatable = false;
    }

    private void groupName() {
        var from = at;
        while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
            at++;
        }
        if (at == from || Character.isDigit(text.charAt(from)) || !skip(">")) {
            throw malformed("a name after `(?<`");
        }
    }

    private void close() {
        if (groups.isEmpty()) {
            throw malformed("no `)` without `(`");
        }
        var lookedAround = groups.pop();
        out.append(')');
        repeatable = !lookedAround;
    }

    private void escape() {
        if (skip("b")) {
            draft.giveUp();
            out.append("\\b");
            repeatable = false;
        } else if (skip("B")) {
            draft.giveUp();
            out.append("\\B");
            repeatable = false;
        } else if (at < text.length() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
            backreference();
        } else if (skip("k<")) {
            groupName();
            backreference();
        } else {
            var escape = CharacterEscape.read(text, at, false);
            at = escape.end();
            notOffered = escape.notOffered() == null ? notOffered : escape.notOffered();
            atom(escape.translated());
        }
    }

    private void backreference() {
        draft.giveUp();
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        notOffered = "backreferences, which take more than linear time";
        repeatable = true;
    }

    private String characterClass() {
        var reader = new CharacterClass(text, at);
        var translated = reader.read();
        at = reader.end();
        notOffered = reader.notOffered() == null ? notOffered : reader.notOffered();
        return translated;
    }

    private void brace() {
        var end = text.indexOf('}', at);
        var counts = end < 0 ? null : counts(text.substring(at, end));
        if (counts == null) {
            atom("\\{");
            return;
        }
        var translated = "{" + text.substring(at, end) + "}";
        at = end + 1;
        quantifier(translated, counts);
    }

    /** How often something is repeated; without an end where the most is below nothing. */
    private record Counts(int least, int most) {}

    private @Nullable Counts counts(String written) {
        var comma = written.indexOf(',');
        var least = comma < 0 ? written : written.substring(0, comma);
        var most = comma < 0 ? least : written.substring(comma + 1);
        if (!isNumber(least) || !most.isEmpty() && !isNumber(most)) {
            return null;
        }
        var counts = new Counts(Integer.parseInt(least), most.isEmpty() ? NO_END : Integer.parseInt(most));
        if (counts.most >= 0 && counts.least > counts.most) {
            throw malformed("`{least,most}` in this order");
        }
        return counts;
    }

    private static boolean isNumber(String digits) {
        return !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void quantifier(String translated, Counts counts) {
        if (!repeatable) {
            throw malformed("something to repeat before `" + translated + "`");
        }
        draft.repeat(counts.least, counts.most);
        out.append(translated);
        if (skip("?")) {
            out.append('?');
        }
        repeatable = false;
    }

    private boolean skip(String prefix) {
        var here = text.startsWith(prefix, at);
        at += here ? prefix.length() : 0;
        return here;
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("pattern: `" + text + "` (expected: " + expected + ")");
    }
}
