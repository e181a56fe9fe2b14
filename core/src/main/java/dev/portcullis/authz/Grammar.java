package dev.portcullis.authz;

import dev.portcullis.authz.Syntax.Call;
import dev.portcullis.authz.Syntax.Item;
import dev.portcullis.authz.Syntax.Items;
import dev.portcullis.authz.Syntax.Literal;
import dev.portcullis.authz.Syntax.Member;
import dev.portcullis.authz.Syntax.Name;
import dev.portcullis.authz.Syntax.Not;
import dev.portcullis.authz.Syntax.Pair;
import dev.portcullis.authz.Syntax.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a condition, which is written as in CEL, as far as this language goes. Lives for one text. */
final class Grammar {

    static final int MAX_LENGTH = 4096;
    static final int MAX_PARTS = 256;
    static final int MAX_DEPTH = 32;

    private static final Set<String> COMPARING = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Map<String, String> OFTEN_MEANT = Map.of("and", "&&", "or", "||", "not", "!", "eq", "==");

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int parts;

    private Grammar(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * What is written.
     *
     * @throws Mistake when it is no condition, or too large a one
     */
    static Syntax read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw Mistake.at(MAX_LENGTH, text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        var grammar = new Grammar(Tokens.of(text));
        var syntax = grammar.either();
        if (grammar.peek().kind() != Token.Kind.END) {
            throw grammar.unexpected("the end, or `&&` or `||`");
        }
        return syntax;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private boolean takes(String sign) {
        if (peek().is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    private Token demand(String sign) {
        if (!peek().is(sign)) {
            throw unexpected("`" + sign + "`");
        }
        return take();
    }

    private Mistake unexpected(String expected) {
        var token = peek();
        var meant = OFTEN_MEANT.get(token.text());
        var shown = token.kind() == Token.Kind.END ? "the end" : "`" + token.value() + "`";
        return Mistake.at(
                token.span().start(), shown + " (expected: " + (meant == null ? expected : "`" + meant + "`") + ")");
    }

    private Span from(Syntax first) {
        return new Span(first.start(), tokens.get(at - 1).span().end());
    }

    private Span from(Token first) {
        return new Span(first.span().start(), tokens.get(at - 1).span().end());
    }

    /** Counts a part, so that no condition is too large to be judged quickly. */
    private <T extends Syntax> T counted(T part) {
        if (++parts > MAX_PARTS) {
            throw Mistake.at(part.start(), "more than " + MAX_PARTS + " parts (expected: a shorter condition)");
        }
        return part;
    }

    private Syntax nested(Supplier<Syntax> inner) {
        if (++depth > MAX_DEPTH) {
            throw Mistake.at(
                    peek().span().start(), "more than " + MAX_DEPTH + " levels (expected: a flatter condition)");
        }
        var syntax = inner.get();
        depth--;
        return syntax;
    }

    private Syntax either() {
        var left = both();
        while (takes("||")) {
            var right = both();
            left = counted(new Pair(from(left), "||", left, right));
        }
        return left;
    }

    private Syntax both() {
        var left = comparison();
        while (takes("&&")) {
            var right = comparison();
            left = counted(new Pair(from(left), "&&", left, right));
        }
        return left;
    }

    private Syntax comparison() {
        var left = negated();
        if (!compares(peek())) {
            return left;
        }
        var sign = take().text();
        var right = negated();
        if (compares(peek())) {
            throw Mistake.at(
                    peek().span().start(), "`" + peek().text() + "` (expected: `&&`, for comparisons are not chained)");
        }
        return counted(new Pair(from(left), sign, left, right));
    }

    private static boolean compares(Token token) {
        return token.kind() == Token.Kind.SIGN && COMPARING.contains(token.text()) || token.isWord("in");
    }

    private Syntax negated() {
        var first = peek();
        if (takes("!")) {
            var inner = nested(this::negated);
            return counted(new Not(from(first), inner));
        }
        if (takes("-")) {
            if (peek().kind() != Token.Kind.NUMBER) {
                throw unexpected("a number");
            }
            return counted(new Literal(
                    from(first, take()), Type.NUMBER, minus(tokens.get(at - 1).value())));
        }
        return selected();
    }

    private Span from(Token first, Token last) {
        return new Span(first.span().start(), last.span().end());
    }

    private static Object minus(Object number) {
        return number instanceof Long whole
                ? Values.number(BigInteger.valueOf(whole).negate())
                : wholeOrExact(((BigDecimal) number).negate());
    }

    /** The least whole number that fits has no positive counterpart that does. */
    private static Object wholeOrExact(BigDecimal number) {
        return number.scale() == 0 ? Values.number(number.toBigInteger()) : number;
    }

    private Syntax selected() {
        var target = primary();
        while (true) {
            if (takes(".")) {
                target = afterDot(target);
            } else if (takes("[")) {
                target = inBrackets(target);
            } else {
                return target;
            }
        }
    }

    private Syntax afterDot(Syntax target) {
        if (peek().kind() != Token.Kind.NAME) {
            throw unexpected("a name");
        }
        var name = take().text();
        if (takes("(")) {
            var arguments = list(")");
            return counted(new Call(from(target), target, name, arguments));
        }
        return counted(new Member(from(target), target, name));
    }

    private Syntax inBrackets(Syntax target) {
        var key = take();
        if (key.kind() == Token.Kind.TEXT) {
            demand("]");
            return counted(new Member(from(target), target, (String) key.value()));
        }
        if (key.kind() == Token.Kind.NUMBER && key.value() instanceof Long index) {
            demand("]");
            return counted(new Item(from(target), target, index));
        }
        at--;
        throw unexpected("a name in quotes, or a whole number");
    }

    private Syntax primary() {
        var first = take();
        return switch (first.kind()) {
            case TEXT -> counted(new Literal(first.span(), Type.TEXT, first.value()));
            case NUMBER -> counted(new Literal(first.span(), Type.NUMBER, first.value()));
            case NAME -> named(first);
            case SIGN, END -> grouped(first);
        };
    }

    private Syntax named(Token first) {
        switch (first.text()) {
            case "true", "false" -> {
                return counted(
                        new Literal(first.span(), Type.SWITCH, first.text().equals("true")));
            }
            case "null" -> {
                return counted(new Literal(first.span(), Type.NOTHING, Values.NOTHING));
            }
            default -> {
                if (takes("(")) {
                    var arguments = list(")");
                    return counted(new Call(from(first), null, first.text(), arguments));
                }
                return counted(new Name(first.span(), first.text()));
            }
        }
    }

    private Syntax grouped(Token first) {
        if (first.is("(")) {
            var inner = nested(this::either);
            demand(")");
            return inner;
        }
        if (first.is("[")) {
            var items = list("]");
            return counted(new Items(from(first), items));
        }
        at--;
        throw unexpected("an attribute, a function or a value");
    }

    /** What stands between an opened bracket and the closing one. */
    private List<Syntax> list(String close) {
        var items = new ArrayList<Syntax>();
        while (!takes(close)) {
            if (!items.isEmpty()) {
                demand(",");
            }
            items.add(nested(this::either));
        }
        return List.copyOf(items);
    }
}
