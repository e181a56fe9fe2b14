package dev.portcullis.attack;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Injection into queries of document and graph stores, search engines and object mappers, and commands of stores that keep values by their keys.
 *
 * <p>Looks for: operators of MongoDB as names of parameters and members, or as keys in a value, scripts that its {@code $where}
 * would run, clauses of Cypher and steps of Gremlin, commands of Redis and memcached as a whole line, queries of Lucene, Solr and
 * Elasticsearch that ask for everything or break out of another one, and filters of object mappers and OData that compare a secret.
 *
 * <p>Does not look for: amounts of money and other words with a dollar sign, variables of GraphQL, and filters of what anybody may see.
 *
 * <p>Caught: <code>{$gt: ''}</code>
 *
 * <p>Let through: {@code it costs $in or $or, take your pick}
 */
final class NosqlInjection implements Detector {

    private static final Marks BEFORE_INDEX = Marks.of("]&?\"'");
    private static final Marks BEHIND_TYPE = Marks.of("!]),=@$ \t\r\n");

    static final Words<Boolean> OPERATORS =
            Words.set("where ne gt gte lt lte eq in nin or and nor not exists regex expr"
                    + " elemmatch jsonschema function accumulator text lookup out merge unset push pull rename"
                    + " mod comment");

    /** How long the name of a method is at most. */
    private static final int LONGEST_NAME = 24;

    /** How far back the beginning of a list of variables is looked for. */
    private static final int LONGEST_LIST = 512;

    /** Operators that are also names of other things: they count in brackets, and as the only member of an object. */
    static final Words<Boolean> OTHERS =
            Words.set("all size options slice type regularexpression match project group sort limit skip"
                    + " unwind facet sample redact set inc mul min max push addtoset setoninsert currentdate bit geowithin geointersects near"
                    + " nearsphere like notlike ilike notilike iregexp between notbetween overlap contained contains any col startswith endswith"
                    + " substring iregex bitsallset bitsanyset graphlookup unionwith search func preg fuzzy");

    /** All words on which something may hang in {@link #word}, whoever looks at them: one look-up tells the others apart. */
    private static final Words<Boolean> LOOKED_AT = Words.set(Stream.of(
                    GraphQuery.ANCHORS,
                    QueryFilter.COMPARISONS,
                    QueryFilter.FUNCTIONS,
                    SearchQuery.NAMES,
                    Words.set("or and not this redis db object"))
            .flatMap(words -> words.all().stream())
            .distinct()
            .collect(Collectors.joining(" ")));

    /** Operators that begin no variable of a script when they are written alone. */
    private static final Words<Boolean> ALONE = Words.set("where ne gt gte lt lte nin regex elemmatch exists expr");

    @Override
    public String id() {
        return "nosql-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> Traits.DOLLAR;
            case USER_AGENT, REFERER -> 0;
            case QUERY_NAME, FORM_NAME, JSON_NAME, XML_NAME ->
                Traits.DOLLAR | Traits.MARK | Traits.BRACKET | Traits.DOT | Traits.LETTER | Traits.CAPITAL;
            default ->
                Traits.LETTER
                        | Traits.CAPITAL
                        | Traits.DOLLAR
                        | Traits.BRACE
                        | Traits.PAREN
                        | Traits.SEMICOLON
                        | Traits.PIPE
                        | Traits.SPACE
                        | Traits.STAR
                        | Traits.MARK
                        | Traits.COLON
                        | Traits.CONTROL;
        };
    }

    /** Letters alone are looked at where they are a command, or the name of a rank. */
    @Override
    public int unnoticed(Place place) {
        return attractors(place) & ~(Traits.LETTER | Traits.CAPITAL);
    }

    @Override
    public boolean notices(Place place, String sent) {
        return place.isName() ? QueryFilter.isRank(sent) : StoreCommand.isWord(sent) || Secrets.has(sent);
    }

    @Override
    public boolean mayFind(Sample sample) {
        var text = sample.text();
        return sample.has(Signs.NOSQL)
                || isSelected(sample)
                || (sample.place().isName()
                        ? QueryFilter.mayBe(text)
                        : StoreScript.mayBegin(text) || StoreScript.isItself(text) || isClosed(text) || isCutOff(text));
    }

    @Override
    public Finding look(Sample sample) {
        return isSelected(sample) ? Finding.strong(0) : look(sample.text(), sample.place());
    }

    private static boolean isSelected(Sample sample) {
        var place = sample.place();
        var argument = place == Place.QUERY_VALUE || place == Place.FORM_VALUE;
        return argument && QueryFilter.isSelected(sample.name(), sample.text());
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = place.isName() ? QueryFilter.name(text) : value(text);
        var quotes = 0; // which kinds of quotes were read
        var call = 0; // how many parentheses are open since that of a method
        var first = -2; // where the latest quote stands that was the first of its kind
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            var c = text.at(i);
            if (Text.isWord(c)) {
                var end = text.wordEnd(i);
                finding = Text.isDigit(c) ? finding : finding.or(word(text, i, end));
                i = end - 1;
            } else if (isQuote(c) && (quotes & kind(c)) == 0) {
                quotes |= kind(c);
                first = i;
            } else if (c == '\n' && StoreCommand.begins(text, i + 1)
                    || c == '{' && SearchQuery.isParser(text, i)
                    || c == ';' && StoreScript.isAppended(text, i, first)) {
                finding = finding.or(Finding.strong(i));
            } else if (c == '(') {
                call = call > 0 || isMethod(text, i) ? call + 1 : 0;
            } else if (c == ')') {
                call = Math.max(0, call - 1);
            } else if (c == '$' && call == 0) {
                finding = finding.or(operator(text, i, place));
            }
        }
        return finding;
    }

    /** Judges a value by what it begins with. */
    private static Finding value(Text text) {
        var command = StoreCommand.begins(text, text.first()) ? Finding.strong(0) : Finding.NONE;
        return command.or(isCutOff(text) && StoreScript.goesOn(text) ? Finding.strong(0) : Finding.NONE)
                .or(StoreScript.whole(text))
                .or(SearchQuery.first(text))
                .or(isMember(text) || StoreScript.isItself(text) ? Finding.strong(0) : Finding.NONE);
    }

    /** Tells whether the text ends with the beginning of a comment, be it before a control character. */
    private static boolean isCutOff(Text text) {
        var last = text.last() - 1;
        return text.at(last) == '/' && text.at(last - 1) == '/' && text.at(last - 2) != ':';
    }

    /** Tells whether an object is closed, and another one follows in which a member is compared with a regular expression or an operator. */
    private static boolean isMember(Text text) {
        var first = text.first();
        var closed = isQuote(text.at(first)) ? first + 1 : first;
        var open = text.skipSpace(text.skipSpace(closed + 1) + 1);
        if (!isClosed(text) || text.at(text.skipSpace(closed + 1)) != ',' || text.at(open) != '{') {
            return false;
        }
        var name = text.skipSpace(open + 1);
        var colon = text.skipSpace(text.wordEnd(isQuote(text.at(name)) ? name + 1 : name));
        colon = isQuote(text.at(colon)) ? text.skipSpace(colon + 1) : colon;
        return text.at(colon) == ':' && text.at(text.skipSpace(colon + 1)) == '/';
    }

    /** Tells whether the text begins with the end of an object, or of a string and an object. */
    private static boolean isClosed(Text text) {
        var first = text.first();
        return text.at(first) == '}' || isQuote(text.at(first)) && text.at(first + 1) == '}';
    }

    private static int kind(char quote) {
        return quote == '"' ? 2 : 1;
    }

    private static Finding word(Text text, int at, int end) {
        var before = text.at(at - 1);
        if (before != '.' && before != '"' && !text.says("allow", at) && !LOOKED_AT.has(text, at, end)) {
            return Finding.NONE;
        }
        var found = GraphQuery.is(text, at)
                || GraphTraversal.is(text, at)
                || SearchQuery.isKey(text, at)
                || QueryFilter.is(text, at)
                || isFiltering(text, at);
        if (found) {
            return Finding.strong(at);
        }
        var finding = SearchQuery.joined(text, at);
        if (SearchQuery.NAMES.has(text, at, end)) {
            finding = finding.or(SearchQuery.name(text, at));
        }
        return "tdro".indexOf(text.lower(at)) >= 0 ? finding.or(script(text, at)) : finding;
    }

    /** Tells whether Cassandra is told to look at all there is, and nothing follows but what cuts off the rest. */
    private static boolean isFiltering(Text text, int at) {
        var end = text.skipSpace(at + 5);
        if (!text.says("allow", at) || !text.says("filtering", end)) {
            return false;
        }
        var next = text.at(text.skipSpace(end + 9));
        return next == Text.END || next == ';' || next == '-' || next == '/';
    }

    /** Tells whether the parenthesis is that of a method's arguments: no query is read there by anything that takes the text for a value. */
    private static boolean isMethod(Text text, int paren) {
        var i = paren;
        while (Text.isWord(text.at(i - 1)) && i > paren - LONGEST_NAME) {
            i--;
        }
        return i < paren && text.at(i - 1) == '.' && Text.isWord(text.at(i - 2));
    }

    private static Finding operator(Text text, int at, Place place) {
        var end = text.wordEnd(at + 1);
        if (QueryFilter.isSelected(text, at)) {
            return Finding.strong(at);
        }
        var before = text.at(at - 1);
        if (!OPERATORS.has(text, at + 1, end)) {
            return before == '[' && text.at(end) == ']' && isIndex(text, at - 1) && OTHERS.has(text, at + 1, end)
                    ? Finding.strong(at)
                    : Finding.NONE;
        }
        if (place.isName() && (before == '[' || before == Text.END || before == '.')) {
            return Finding.certain(at);
        }
        if (at == text.first() && ALONE.has(text, at + 1, end) && isAlone(text, end)) {
            return Finding.strong(at);
        }
        var quote = text.at(end) == '\'' || text.at(end) == '"' ? 1 : 0;
        var follows = text.skipSpace(end + quote);
        var next = text.at(follows);
        var typed = text.at(end) == ':' && text.at(end + 1) == ':' || next == ':' && isVariable(text, at, follows);
        return next == ':' && !typed || before == '[' && next == ']' && isIndex(text, at - 1)
                ? Finding.strong(at)
                : Finding.NONE;
    }

    /** Tells whether a bracket stands behind a name, or where a value begins, as that of a parameter does. */
    private static boolean isIndex(Text text, int bracket) {
        var before = text.at(bracket - 1);
        return Text.isWord(before) || BEFORE_INDEX.has(before) || bracket <= text.first();
    }

    /** Tells whether a name is declared to be of a type within brackets, as GraphQL does: {@code ($text: String!)}. */
    private static boolean isVariable(Text text, int at, int colon) {
        var type = text.skipSpace(colon + 1);
        type = text.at(type) == '[' ? text.skipSpace(type + 1) : type;
        return GraphqlAbuse.isOperation(text)
                && Text.isLetter(text.at(text.first()))
                && text.at(type) >= 'A'
                && text.at(type) <= 'Z'
                && BEHIND_TYPE.has(text.at(text.wordEnd(type)))
                && isInBrackets(text, at);
    }

    /** Tells whether the nearest bracket that is open before the index is a round one. */
    private static boolean isInBrackets(Text text, int at) {
        var closed = 0;
        for (var i = at - 1; i >= Math.max(0, at - LONGEST_LIST); i--) {
            var c = text.at(i);
            if (c == ')' || c == '}') {
                closed++;
            } else if ((c == '(' || c == '{') && closed-- == 0) {
                return c == '(';
            }
        }
        return false;
    }

    /** Tells whether nothing stands behind an operator, or a value at once, as no variable has it. */
    private static boolean isAlone(Text text, int end) {
        var small = text.at(text.first() + 1) >= 'a';
        return small
                && (end >= text.last()
                        || text.at(end) == '='
                                && text.next(' ', end) >= text.last()
                                && text.next(';', end) >= text.last());
    }

    private static Finding script(Text text, int at) {
        if (text.says("this.", at)) {
            var end = text.wordEnd(at + 5);
            var called = text.says(".match(", end)
                    || text.says(".length", end)
                    || text.says("==", text.skipSpace(end))
                    || text.at(end) == '[' && isQuote(text.at(text.first()));
            return called && isJoined(text, at) ? Finding.strong(at) : Finding.NONE;
        }
        if (text.says("redis.", at)) {
            var calls = text.says("redis.call(", at) || text.says("redis.pcall(", at);
            return calls ? Finding.strong(at) : Finding.NONE;
        }
        if (StoreScript.isListed(text, at)) {
            return isJoined(text, at) ? Finding.strong(at) : Finding.NONE;
        }
        if (!text.says("db.", at)) {
            return Finding.NONE;
        }
        var end = text.wordEnd(at + 3);
        var verb = text.wordEnd(end + 1);
        if (text.at(end) == '(' && OF_DATABASE.has(text, at + 3, end)) {
            return Finding.strong(at);
        }
        return text.at(end) == '.' && text.at(verb) == '(' && isVerb(text, end + 1, verb)
                ? Finding.strong(at)
                : Finding.NONE;
    }

    /** Tells whether the name of an object that ends at the index may be one of a store's script: what is looked at is so behind a joint alone. */
    static boolean mayMean(Text text, int end) {
        return text.lower(end - 1) != 's' || !text.says("this", end - 4) || joint(text, end - 4) >= 0;
    }

    /** The index of the last character of a sign for "and" or "or" that stands before the index; less than 0 when none does. */
    private static int joint(Text text, int at) {
        var i = at - 1;
        while (Text.isSpace(text.at(i)) || text.at(i) == '(') {
            i--;
        }
        return (text.at(i) == '&' || text.at(i) == '|') && text.at(i - 1) == text.at(i) ? i : -1;
    }

    /** Tells whether a sign for "and" or "or" stands before the index, and before that a quote, or nothing but one value. */
    private static boolean isJoined(Text text, int at) {
        var i = joint(text, at);
        if (i < 0) {
            return false;
        }
        var before = i - 2;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var quoted = text.at(before) == '\'' || text.at(before) == '"';
        return quoted || text.wordEnd(text.first()) >= before;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static final Words<Boolean> OF_DATABASE = Words.set(
            "dropdatabase getcollection getcollectionnames getcollectioninfos getsiblingdb getusers createuser shutdownserver"
                    + " serverstatus currentop fsynclock admincommand runcommand eval");

    private static final Words<Boolean> VERBS = Words.set(
            "insert insertone insertmany find findone update updateone remove drop"
                    + " deleteone deletemany mapreduce aggregate dropdatabase eval runcommand group count distinct save");

    private static boolean isVerb(Text text, int from, int end) {
        return VERBS.has(text, from, end);
    }
}
