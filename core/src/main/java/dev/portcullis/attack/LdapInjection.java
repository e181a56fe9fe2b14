package dev.portcullis.attack;

/**
 * LDAP injection.
 *
 * <p>Looks for: a value that closes the filter's parenthesis and opens another one with an attribute, filters (RFC 4515) that fit where a
 * value should be, and the marks of filters alone that do not match.
 *
 * <p>Does not look for: lone parentheses and asterisks, nor a whole filter, which is wrong in the midst of another one, unless it takes whatever
 * has one of its attributes.
 *
 * <p>Caught: {@code *)(uid=*))(|(uid=*}
 *
 * <p>Let through: {@code sizes (S) (M) and (L*)}
 */
final class LdapInjection implements Detector {

    /** Attributes by which directories find people, groups and machines. */
    private static final Words<Boolean> ATTRIBUTES = Words.set(
            "uid cn sn mail ou dn o objectclass userpassword givenname samaccountname"
                    + " displayname memberof member userprincipalname employeenumber uidnumber gidnumber telephonenumber objectcategory");

    /** Parentheses, asterisks, bars, ampersands and NUL as filters escape them. */
    private static final Words<Boolean> ESCAPED = Words.set("21 26 28 29 2a 7c 00");

    private static final int ATTRACTORS = Traits.PAREN | Traits.STAR | Traits.BACKSLASH | Traits.COLON;
    private static final int MARKS = Traits.STAR | Traits.PAREN;
    /** How many marks alone are looked at. */
    private static final int SHORT = 32;

    @Override
    public String id() {
        return "ldap-injection";
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() || place == Place.HEADER ? ATTRACTORS : place == Place.PATH ? Traits.PAREN : 0;
    }

    /** In a line, of which settings are made that hold filters, what closes a parenthesis first. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var text = line.text();
        return text.next(')', 0) < text.next('(', 0) && !areMarks(line.traits()) ? found : Finding.NONE;
    }

    @Override
    public boolean mayFind(Sample sample) {
        var text = sample.text();
        var first = text.at(text.first());
        return sample.has(Signs.FILTER)
                || first == '('
                || isJoint(first) && text.at(text.first() + 1) == '('
                || areMarks(sample.traits())
                || isOpenEnd(text)
                || isPresent(text)
                || isMatched(text)
                || (sample.traits() & Traits.BACKSLASH) != 0 && isEscaped(text);
    }

    private static boolean isJoint(char c) {
        return c == '|' || c == '&' || c == '!';
    }

    /** Tells whether the text ends with a parenthesis that is opened where one was just closed, or with marks that join nothing. */
    private static boolean isOpenEnd(Text text) {
        var last = text.last() - 1;
        var opens = text.at(last) == '(' && text.at(last - 1) == ')';
        return opens && text.next('(', 0) == last
                || text.at(last) == '|' && text.at(last - 1) == '*' && last <= text.first() + 1;
    }

    /** Tells whether the text says nothing but that whoever has one of the usual attributes is asked for: {@code uid=*}. */
    private static boolean isPresent(Text text) {
        var end = text.wordEnd(text.first());
        return text.says("=*", end) && end + 2 == text.last() && ATTRIBUTES.has(text, text.first(), end);
    }

    /** Tells whether the text compares one attribute by a rule that is named: {@code cn:2.5.13.5:=x}, {@code ou:dn:=x}. */
    private static boolean isMatched(Text text) {
        var colon = text.wordEnd(text.first());
        var end = ruleEnd(text, colon);
        return Text.isLetter(text.at(text.first())) && text.says(":=", end) && isRule(text, colon + 1, end);
    }

    /** Tells whether a number of several parts stands there, or the word for the names above, as a rule is called. */
    private static boolean isRule(Text text, int from, int end) {
        var parts = 0;
        for (var i = from; i < end; i++) {
            parts += text.at(i) == '.' && Text.isDigit(text.at(i + 1)) ? 1 : 0;
        }
        return parts > 1 || text.says("dn", from);
    }

    /** Tells whether marks of filters are written as RFC 4515 escapes them, several or nothing else. */
    private static boolean isEscaped(Text text) {
        var count = 0;
        for (var i = text.next('\\', 0); i < text.length() && count < 2; i = text.next('\\', i + 1)) {
            count += ESCAPED.has(text, i + 1, i + 3) ? 1 : 0;
        }
        return count > 1 || count == 1 && text.last() - text.first() == 3;
    }

    /** Tells whether there is no letter nor digit, but the marks of filters. */
    private static boolean areMarks(int traits) {
        return (traits & (Traits.LETTER | Traits.CAPITAL | Traits.DIGIT | Traits.WIDE)) == 0
                && (traits & MARKS) == MARKS;
    }

    /** Judges marks alone, which close a parenthesis of the filter or join what is not there; faces and lists do not. */
    private static Finding marks(Text text) {
        var depth = 0;
        var broken = false;
        var joins = false;
        for (var i = text.first(); i < text.last() && i < text.first() + SHORT; i++) {
            var c = text.at(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            broken |= depth < 0;
            joins |= (c == '&' || c == '|') && (isParen(text.at(i - 1)) || isParen(text.at(i + 1)));
        }
        return broken || joins ? Finding.strong(text.first()) : Finding.NONE;
    }

    private static boolean isParen(char c) {
        return c == '(' || c == ')';
    }

    @Override
    public Finding look(Text text, Place place) {
        return look(text, Traits.of(text.toString()));
    }

    @Override
    public Finding look(Sample sample) {
        return look(sample.text(), sample.traits());
    }

    private static Finding look(Text text, int traits) {
        if (isOpenEnd(text) || isPresent(text) || isMatched(text) || isEscaped(text)) {
            return Finding.strong(text.first());
        }
        var found = areMarks(traits) ? marks(text) : filter(text);
        return found.isStrong() && isWhole(text) ? Finding.faint(found.at()) : found;
    }

    /** Tells whether the text is or ends with one filter from its first parenthesis to its last, which closes none of another and takes nobody for having an attribute alone. */
    private static boolean isWhole(Text text) {
        var from = text.next('(', text.first());
        if (from > text.first() && !Text.isSpace(text.at(from - 1))) {
            return false;
        }
        var depth = 0;
        for (var i = from; i < text.last(); i++) {
            var c = text.at(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && i + 1 < text.last()
                    || text.says("=*)", i)
                    || isConstant(text, i)
                    || asksSecret(text, i)) {
                return false;
            }
        }
        return depth == 0;
    }

    /** Tells whether a secret is compared behind the parenthesis. */
    private static boolean asksSecret(Text text, int paren) {
        var end = text.wordEnd(paren + 1);
        return text.at(paren) == '(' && text.at(end) == '=' && Secrets.has(text, paren + 1, end);
    }

    /** Tells whether a number is compared with one behind the parenthesis, as no directory has it for an attribute. */
    private static boolean isConstant(Text text, int paren) {
        var end = text.wordEnd(paren + 1);
        return text.at(paren) == '('
                && Text.isDigit(text.at(paren + 1))
                && text.at(end) == '='
                && Text.isDigit(text.at(end + 1));
    }

    private static Finding filter(Text text) {
        var depth = 0;
        var broken = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.at(i);
            if (c == '('
                    && (isFilter(text, i) && (joins(text, i) || broken && follows(text, i))
                            || broken && isOperator(text, i))) {
                return Finding.strong(i);
            }
            if (c == '(' && i == text.first() && isPresence(text, i)) {
                return Finding.strong(i);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            broken |= depth < 0;
        }
        return Finding.NONE;
    }

    /** Tells whether the whole text asks for whatever has an attribute: {@code (uid=*)}. */
    private static boolean isPresence(Text text, int paren) {
        var end = text.wordEnd(paren + 1);
        return end > paren + 2 && Text.isLetter(text.at(paren + 1)) && text.says("=*)", end) && end + 3 >= text.last();
    }

    /** Tells whether the parenthesis stands where the one before has just been closed. */
    private static boolean follows(Text text, int paren) {
        var before = text.at(paren - 1);
        return before == ')'
                || (before == '&' || before == '|') && text.at(paren - 2) == ')'
                || before == '(' && text.at(paren - 2) == ')';
    }

    /** Tells whether a filter of several parts is opened. */
    private static boolean isOperator(Text text, int paren) {
        var sign = text.at(paren + 1);
        var next = text.at(paren + 2);
        var before = text.at(paren - 1);
        return (before == ')' || before == '(' && text.at(paren - 2) == ')')
                && (sign == '&' || sign == '|' || sign == '!')
                && (next == '('
                        || next == ')'
                        || next == Text.END
                        || Text.isSpace(next)
                        || sign != '!' && Text.isLetter(next));
    }

    /** Tells whether an attribute and a comparison stand behind the parenthesis. */
    private static boolean isFilter(Text text, int paren) {
        var i = paren + 1;
        var end = i;
        while (Text.isWord(text.at(end)) || text.at(end) == '-' || text.at(end) == ';' || text.at(end) == '.') {
            end++;
        }
        end = ruleEnd(text, end);
        var sign = text.at(end);
        var compares =
                sign == '=' || (sign == '~' || sign == '<' || sign == '>' || sign == ':') && text.at(end + 1) == '=';
        var value = sign == '=' ? end + 1 : end + 2;
        return end > i && compares && text.at(value) != '=' && !Text.isSpace(text.at(value)) && !isCall(text, value);
    }

    /** The index behind the name of a rule by which a filter compares: {@code cn:dn:1.2.840=}. */
    private static int ruleEnd(Text text, int from) {
        var i = from;
        while (text.at(i) == ':' && Text.isWord(text.at(i + 1))) {
            i++;
            while (Text.isWord(text.at(i)) || text.at(i) == '.') {
                i++;
            }
        }
        return text.at(i) == ':' ? i : from;
    }

    /** Tells whether a call stands where the value of a filter would, as in code. */
    private static boolean isCall(Text text, int from) {
        var end = text.wordEnd(from);
        return end > from && text.at(end) == '(';
    }

    /** Tells whether what stands before the parenthesis belongs to a filter, too. */
    private static boolean joins(Text text, int paren) {
        var before = text.at(paren - 1);
        if (before == '|' || before == '&' || before == '!') {
            return text.at(paren - 2) == '(' || paren - 1 == text.first() && text.says("=*)", text.wordEnd(paren + 1));
        }
        return before == ')' && (text.at(paren - 2) == '*' || text.at(0) == ')' || text.at(paren - 2) == ')');
    }

    /** Tells whether another parenthesis is closed before the one at the index, or before a sign that joins the two. */
    static boolean followsFilter(Text text, int at) {
        var before = text.at(at - 1);
        return before == ')' || (before == '&' || before == '|') && text.at(at - 2) == ')';
    }
}
