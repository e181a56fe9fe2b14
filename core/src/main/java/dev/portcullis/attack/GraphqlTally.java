package dev.portcullis.attack;

/**
 * What is counted of a query in GraphQL, outside of its strings: how deep it goes and how often in circles, how often it asks for the same,
 * and what nobody needs. Not thread-safe.
 */
final class GraphqlTally {

    /** How deep selections may be nested. */
    static final int MAX_DEPTH = 15;
    /** How deep hardly any page needs them. */
    private static final int DEEP = 10;
    /** How many selections may have a name of the client's own. */
    static final int MAX_ALIASES = 100;
    /** How many operations may be sent together. */
    static final int MAX_OPERATIONS = 10;
    /** How often one field may be asked for in a row. */
    static final int MAX_REPEATED = 9;
    /** How often one field may be changed in a row, or asked what type it is. */
    static final int MAX_CHANGED = 4;
    /** How often a client may try a password, a code or a token by one operation. */
    private static final int MAX_GUESSES = 2;
    /** How many directives one field may have. */
    static final int MAX_DIRECTIVES = 8;
    /** How many of them may say when it is wanted: there are two. */
    private static final int MAX_CONDITIONS = 3;
    /** How often a field may be within itself at once, as in a tree. */
    static final int MAX_CIRCLES = 4;
    /** How often a field may be within itself by way of others. */
    private static final int MAX_ROUNDS = 2;
    /** How many digits the number of rows that are asked for may have. */
    private static final int MAX_DIGITS = 5;

    /** Marks that no query has outside of strings and comments, and code has. */
    private static final String FOREIGN = ";+*/%<>?\\'`^~";

    private static final Words<Boolean> LISTS = Words.set("edges node nodes items data results oftype children");
    private static final Phrases GUESSED =
            Phrases.of("login", "signin", "auth", "verify", "otp", "password", "token", "coupon", "redeem", "pin");
    private static final Words<Boolean> ROWS = Words.set("first last limit take top pagesize perpage per_page count");
    private static final Words<Boolean> SECRETS =
            Words.set("password passwd passwordhash password_hash hashedpassword passworddigest"
                    + " resettoken reset_token passwordresettoken privatekey private_key secretkey secret_key");

    private final Text text;
    private final GraphqlFragments fragments;
    /** The field within which the selection of each depth is. */
    private final int[] path = new int[MAX_DEPTH + 2];
    /** The latest field at each depth, and how often it was asked for in a row. */
    private final int[] latest = new int[MAX_DEPTH + 2];

    private final int[] repeated = new int[MAX_DEPTH + 2];
    private int depth;
    private int parens;
    private int aliases;
    private int operations;
    private int directives;
    private int conditions;
    private int field = -1;
    private boolean changes;
    private Finding found = Finding.NONE;

    private GraphqlTally(Text text) {
        this.text = text;
        this.fragments = new GraphqlFragments(text);
    }

    /** Judges a query from its first character on. */
    static Finding judge(Text text) {
        var tally = new GraphqlTally(text);
        for (var i = text.first(); i < text.length() && !tally.found.isStrong(); ) {
            if (FOREIGN.indexOf(text.at(i)) >= 0) {
                return Finding.NONE;
            }
            i = tally.read(i);
        }
        return tally.found.or(tally.fragments.areCircular() ? Finding.strong(text.first()) : Finding.NONE);
    }

    /** Reads what stands at the index, and says where the next begins. */
    private int read(int at) {
        var c = text.at(at);
        if (c == '"') {
            return GraphqlAbuse.stringEnd(text, at) + 1;
        }
        if (c == '#') {
            return text.next('\n', at) + 1;
        }
        if (Text.isLetter(c) || c == '_') {
            return word(at);
        }
        parens += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == '{') {
            open(at);
        } else if (c == '}') {
            depth--;
        } else if (c == '@' && parens == 0 && directives(at) > MAX_DIRECTIVES) {
            found = Finding.strong(at);
        }
        return at + 1;
    }

    /** How many directives the field has, of which one that is repeated stands for many. */
    private int directives(int at) {
        conditions += text.says("include", at + 1) || text.says("skip", at + 1) ? 1 : 0;
        return conditions > MAX_CONDITIONS ? MAX_DIRECTIVES + 1 : ++directives;
    }

    private void open(int at) {
        depth++;
        if (depth > MAX_DEPTH) {
            found = Finding.strong(at);
            return;
        }
        found = depth > DEEP ? found.or(Finding.faint(at)) : found;
        if (parens == 0 && depth > 0) {
            operations += depth == 1 && !fragments.isInside() ? 1 : 0;
            path[depth] = depth == 1 ? -1 : field;
            repeated[depth] = depth == 1 ? repeated[1] : 0;
            circles(at);
        }
        found = operations > MAX_OPERATIONS ? Finding.strong(at) : found;
    }

    /** Counts how often the selection that is opened is one within itself. */
    private void circles(int at) {
        var count = 0;
        for (var i = 2; i <= depth && field >= 0; i++) {
            count += path[i] >= 0 && isSame(path[i], field) ? 1 : 0;
        }
        var around = depth > 2 && path[depth - 1] >= 0 && !isSame(path[depth - 1], field);
        var most = around ? MAX_ROUNDS : MAX_CIRCLES;
        if (count >= most && !LISTS.has(text, field, text.wordEnd(field))) {
            found = count > most ? Finding.strong(at) : found.or(Finding.faint(at));
        }
    }

    private int word(int at) {
        var end = text.wordEnd(at);
        if (depth == 0) {
            operation(at, end);
        } else if (parens > 0 || depth < 0) {
            argument(at, end);
        } else if (text.at(at - 1) == '.') {
            fragments.spread(at, end);
        } else if (text.at(at - 1) != '@') {
            select(at, end);
        }
        return end;
    }

    private void operation(int at, int end) {
        if (text.says("fragment", at) && end == at + 8) {
            fragments.define(text.skipSpace(end));
        } else if (text.at(at) >= 'a' && GraphqlAbuse.OPERATIONS.has(text, at, end)) {
            changes = text.says("mutation", at);
            fragments.leave();
        }
        directives = 0;
        conditions = 0;
    }

    /** Looks at the name of an argument, which may ask for more rows than anybody reads. */
    private void argument(int at, int end) {
        var value = text.skipSpace(end + 1);
        var digits = value;
        while (Text.isDigit(text.at(digits))) {
            digits++;
        }
        if (text.at(end) == ':' && digits - value >= MAX_DIGITS && ROWS.has(text, at, end)) {
            found = found.or(digits - value > MAX_DIGITS ? Finding.strong(at) : Finding.faint(at));
        }
    }

    private void select(int at, int end) {
        var next = text.skipSpace(end);
        if (text.at(next) == ':') {
            found = ++aliases > MAX_ALIASES ? Finding.strong(at) : found;
            return;
        }
        directives = 0;
        conditions = 0;
        repeated[depth] = repeated[depth] > 0 && isSame(latest[depth], at) ? repeated[depth] + 1 : 1;
        latest[depth] = at;
        field = at;
        var most = changes && depth == 1 && guesses(at, end)
                ? MAX_GUESSES
                : changes && depth == 1 || text.says("__typename", at) ? MAX_CHANGED : MAX_REPEATED;
        if (repeated[depth] > most || isIntrospection(at, next) || depth > 1 && SECRETS.has(text, at, end)) {
            found = Finding.strong(at);
        }
    }

    /** Tells whether the field is called as what takes a password, a code or a token. */
    private boolean guesses(int at, int end) {
        for (var i = at; i < end; i++) {
            if (GUESSED.begin(text, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIntrospection(int at, int next) {
        return text.says("__schema", at) || text.says("__type", at) && text.at(next) == '(' && next <= at + 8;
    }

    private boolean isSame(int one, int other) {
        var i = 0;
        while (Text.isWord(text.at(one + i)) && text.at(one + i) == text.at(other + i)) {
            i++;
        }
        return !Text.isWord(text.at(one + i)) && !Text.isWord(text.at(other + i));
    }
}
