package dev.portcullis.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of ECMA-262 with Unicode semantics, as JSON Schema has it, and its translation to RE2.
 *
 * <p>Escaped punctuation and lone braces and brackets are taken as themselves, as most engines do. Lookahead where a pattern begins, and
 * lookbehind where it ends, become conditions of their own; a pattern with other lookaround is a {@link LookingPattern}. Backreferences are
 * well formed but have no translation: they cannot be matched in linear time.
 */
final class EcmaPattern {

    private static final String DOT = "[^\\n\\r\\x{2028}\\x{2029}]";
    private static final int MAX_OPEN = 100;
    private final String text;
    private final EcmaOutput out;
    private final Deque<Look> groups = new ArrayDeque<>();
    private final PlainPattern.Draft draft = new PlainPattern.Draft();
    private final LookingDraft looking = new LookingDraft();
    private boolean looks;
    private @Nullable String notOffered;
    private boolean repeatable;
    private int at;

    /** What a group looks for, and where. */
    enum Look {
        NONE(""),
        AHEAD("?="),
        NOT_AHEAD("?!"),
        BEHIND("?<="),
        NOT_BEHIND("?<!");

        private final String sign;

        Look(String sign) {
            this.sign = sign;
        }

        boolean isAhead() {
            return this == AHEAD || this == NOT_AHEAD;
        }

        boolean isNegated() {
            return this == NOT_AHEAD || this == NOT_BEHIND;
        }
    }

    private EcmaPattern(String text, boolean counting) {
        this.text = text;
        this.out = new EcmaOutput(text, counting);
    }

    /**
     * Reads a regular expression.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static EcmaPattern parse(String text) {
        var counting = new EcmaPattern(text, true);
        counting.disjunction();
        if (counting.out.hasCounted()) {
            return counting;
        }
        var pattern = new EcmaPattern(text, false);
        pattern.disjunction();
        return pattern;
    }

    /**
     * What must be found in a text, one of several, in the syntax of RE2.
     *
     * @throws IllegalArgumentException when there is no translation
     */
    List<EcmaOutput.Branch> branches() {
        if (notOffered != null) {
            throw malformed("no " + notOffered);
        }
        return out.branches();
    }

    /**
     * The pattern when it looks around elsewhere than at its ends, which RE2 does not; null when it does not.
     *
     * @throws IllegalArgumentException when there is no such pattern
     */
    @Nullable
    LookingPattern looking() {
        if (!looks || notOffered != null) {
            return null;
        }
        try {
            return looking.pattern();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pattern: `" + text + "` (" + e.getMessage() + ")", e);
        }
    }

    /** The same where it is one character after another; null where it is not. */
    @Nullable
    PlainPattern plain() {
        return notOffered == null && !looks ? draft.pattern() : null;
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
        out.endBranch();
        looks |= out.isFloating();
    }

    private void term(int c) {
        switch (c) {
            case '|', '^', '$' -> assertion((char) c);
            case '(' -> open();
            case ')' -> close();
            case '.' -> atom(DOT);
            case '[' -> atom(characterClass());
            case '\\' -> escape();
            case '*', '+', '?' -> quantifier(EcmaOutput.Counts.of((char) c));
            case '{' -> brace();
            default -> atom(CharacterEscape.literal(c));
        }
    }

    private void atom(String translated) {
        draft.take(translated);
        looking.take(translated);
        out.atom(translated);
        repeatable = true;
    }

    private void assertion(char c) {
        switch (c) {
            case '^' -> {
                draft.begin();
                looking.ask(Program.Kind.BEGIN);
                out.assertion("^");
            }
            case '$' -> {
                draft.end();
                looking.ask(Program.Kind.END);
                out.assertion("$");
            }
            default -> {
                draft.giveUp();
                looking.alternative();
                out.alternative();
            }
        }
        repeatable = false;
    }

    private void open() {
        draft.giveUp();
        if (groups.size() == MAX_OPEN) {
            throw malformed("at most " + MAX_OPEN + " groups in each other");
        }
        var look = look();
        if (look == Look.NONE) {
            if (skip("?<")) {
                groupName();
            } else if (!skip("?:") && at < text.length() && text.charAt(at) == '?') {
                throw malformed("no `(?` but `(?:`, `(?<name>` and lookaround");
            }
        }
        groups.push(look);
        looking.open();
        out.open(look);
        repeatable = false;
    }

    private Look look() {
        for (var look : Look.values()) {
            if (look != Look.NONE && skip(look.sign)) {
                return look;
            }
        }
        return Look.NONE;
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
        var look = groups.pop();
        looking.close(look);
        looks |= !out.close(look, isAtEnd());
        repeatable = look == Look.NONE;
    }

    /** Tells whether nothing but the end of the text can follow. */
    private boolean isAtEnd() {
        return groups.isEmpty() && text.startsWith("$", at) && (at + 1 == text.length() || text.charAt(at + 1) == '|');
    }

    private void escape() {
        if (skip("b")) {
            edge(Program.Kind.EDGE, "\\b");
        } else if (skip("B")) {
            edge(Program.Kind.NO_EDGE, "\\B");
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

    private void edge(Program.Kind kind, String translated) {
        draft.giveUp();
        looking.ask(kind);
        out.assertion(translated);
        repeatable = false;
    }

    private void backreference() {
        draft.giveUp();
        looking.open();
        looking.close(Look.NONE);
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
        var counts = end < 0 ? "" : text.substring(at, end);
        if (!isCounts(counts)) {
            atom("\\{");
            return;
        }
        at = end + 1;
        quantifier(EcmaOutput.Counts.of(counts));
    }

    private boolean isCounts(String counts) {
        var comma = counts.indexOf(',');
        var least = comma < 0 ? counts : counts.substring(0, comma);
        var most = comma < 0 ? least : counts.substring(comma + 1);
        if (!isNumber(least) || !most.isEmpty() && !isNumber(most)) {
            return false;
        }
        if (!most.isEmpty() && Integer.parseInt(least) > Integer.parseInt(most)) {
            throw malformed("`{least,most}` in this order");
        }
        return true;
    }

    private static boolean isNumber(String digits) {
        return !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void quantifier(EcmaOutput.Counts counts) {
        if (!repeatable) {
            throw malformed("something to repeat before `" + counts + "`");
        }
        var last = skip("?") ? "?" : "";
        var ends = groups.isEmpty() && (at == text.length() || text.charAt(at) == '|');
        draft.repeat(counts.least(), counts.most());
        looking.repeat(counts.least(), counts.most());
        out.repeat(counts, last, ends);
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
