package dev.portcullis.attack;

/** Queries of graph databases (Cypher) that somebody slips into another one, or sends as a value. */
final class GraphQuery {

    private static final int NEAR = 200;
    /** How long names are that stand for nodes alone, with the parenthesis. */
    private static final int SHORT = 4;

    /** Words of Cypher on which such a query hangs. */
    static final Words<Boolean> ANCHORS = Words.set("match detach csv call return unwind merge create set with for");

    /** Words that go on behind the pattern of a node. */
    private static final Words<Boolean> CLAUSES =
            Words.set("return where set detach delete with create merge remove match call optional union unwind limit");

    /** Words that go on behind a loop. */
    private static final Words<Boolean> STEPS =
            Words.set("return remove update replace insert filter sort limit let for");

    private static final Words<Boolean> LIBRARIES = Words.set("db dbms apoc");

    private GraphQuery() {}

    /** Tells whether a query hangs on the word that begins at the index. */
    static boolean is(Text text, int at) {
        if (Text.isWord(text.at(at - 1)) || text.at(at - 1) == '.') {
            return false;
        }
        var end = text.wordEnd(at);
        if (!ANCHORS.has(text, at, end)) {
            return false;
        }
        var next = text.skipSpace(end);
        return switch (text.lower(at)) {
            case 'd' -> isDeleted(text, next) && next > end;
            case 'f' -> isLoop(text, at, next);
            case 'm' ->
                isPattern(text, next) && (text.says("match", at) || isLabelled(text, next))
                        || isBehindPattern(text, at);
            case 'c' ->
                text.says("create", at) && isLabelled(text, next) && isPattern(text, next)
                        || (text.says("csv", at) ? isLoaded(text, at, next) : isCalled(text, at, next));
            default -> isBehindPattern(text, at);
        };
    }

    private static boolean isDeleted(Text text, int at) {
        var name = text.skipSpace(at + 6);
        return text.says("delete", at) && name > at + 6 && isLast(text, text.wordEnd(name));
    }

    /** Tells whether a loop of ArangoDB's language goes on behind a string: {@code ' FOR u IN users RETURN u}. */
    private static boolean isLoop(Text text, int at, int next) {
        var before = at - 1;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var capitals = text.at(at) == 'F' && text.at(at + 1) == 'O' && isAtString(text, at);
        var in = text.skipSpace(text.wordEnd(next));
        var list = text.skipSpace(in + 2);
        var step = text.skipSpace(text.wordEnd(list));
        return (isQuote(text.at(before)) || capitals)
                && text.says("in ", in)
                && STEPS.has(text, step, text.wordEnd(step));
    }

    /** Tells whether the word in capitals is the first of the text, or the text begins with the end of a string. */
    private static boolean isAtString(Text text, int at) {
        return at == text.first() || isQuote(text.at(text.first()));
    }

    /** Tells whether the pattern of a node with a label begins. */
    private static boolean isLabelled(Text text, int paren) {
        var colon = text.wordEnd(text.skipSpace(paren + 1));
        return text.at(paren) == '(' && text.at(colon) == ':' && Text.isLetter(text.at(colon + 1));
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static boolean isLoaded(Text text, int at, int next) {
        return Text.isSpace(text.at(at - 1))
                && text.says("load", at - 5)
                && (text.says("from", next) && isAddress(text, text.skipSpace(next + 4))
                        || text.says("with headers from ", next));
    }

    private static boolean isAddress(Text text, int at) {
        var c = text.at(at);
        return c == '\'' || c == '"' || c == '$';
    }

    private static boolean isCalled(Text text, int at, int next) {
        var end = text.wordEnd(next);
        var library = text.says("call", at) && text.at(end) == '.' && LIBRARIES.has(text, next, end);
        return library && Text.isLetter(text.at(end + 1)) || isBehindPattern(text, at);
    }

    /** Tells whether the pattern of a node follows, and more of a query behind that: {@code (n:User) RETURN}. */
    private static boolean isPattern(Text text, int paren) {
        if (text.at(paren) != '(') {
            return false;
        }
        var i = paren + 1;
        var labelled = false;
        while (i < paren + NEAR && (Text.isWord(text.at(i)) || text.at(i) == ':' || text.at(i) == ' ')) {
            labelled |= text.at(i) == ':';
            i++;
        }
        if (text.at(i) == '{') {
            return isClosed(text, i);
        }
        var clause = text.skipSpace(i + 1);
        var arrow = text.says("-[", i + 1) || text.says("--", i + 1) || text.says("<-", i + 1);
        var named = i - paren < SHORT || labelled;
        return text.at(i) == ')' && (arrow || named && CLAUSES.has(text, clause, text.wordEnd(clause)));
    }

    /** Tells whether the properties end soon, and the pattern with them. */
    private static boolean isClosed(Text text, int brace) {
        var i = brace;
        while (i < brace + NEAR && text.at(i) != '}' && text.at(i) != Text.END) {
            i++;
        }
        return text.at(i) == '}' && text.at(text.skipSpace(i + 1)) == ')' && text.at(text.wordEnd(brace + 1)) == ':';
    }

    /** Tells whether a string, the properties and the pattern that it stands in are closed before the word: <code>'}) RETURN</code>. */
    private static boolean isBehindPattern(Text text, int at) {
        var i = at - 1;
        while (Text.isSpace(text.at(i)) && i > at - 4) {
            i--;
        }
        var quote = text.at(i - 2);
        return text.at(i) == ')' && text.at(i - 1) == '}' && (quote == '\'' || quote == '"') && i <= NEAR;
    }

    /** Tells whether nothing but a comment follows. */
    private static boolean isLast(Text text, int from) {
        var i = text.skipSpace(from);
        return i >= text.last() || text.says("//", i) || text.at(i) == ';' || text.at(i) == ',';
    }
}
