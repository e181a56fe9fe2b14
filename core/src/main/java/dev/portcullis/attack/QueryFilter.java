package dev.portcullis.attack;

/**
 * Filters of object mappers and of OData, by which somebody asks for what is never shown: names of parameters that compare a secret
 * ({@code user__password__startswith}, {@code q[password_cont]}, {@code where[password][startsWith]}), and conditions that are true of all.
 */
final class QueryFilter {

    /** How long a name is that is looked at, and a condition. */
    private static final int LONGEST = 256;

    /** How comparisons are called, between low lines or in brackets. */
    private static final Words<Boolean> LOOKUPS = Words.set(
            "startswith istartswith endswith iendswith contains icontains regex iregex"
                    + " exact iexact gt gte lt lte in notin range isnull not startswith_i ne neq eq like ilike notlike notilike"
                    + " starts_with ends_with search mode equals between overlap matches nin null iequals contained_by trigram_similar");

    /** The ends of names that compare, as Ransack has them. */
    private static final String[] PREDICATES = {
        "_cont",
        "_not_cont",
        "_i_cont",
        "_start",
        "_not_start",
        "_end",
        "_not_end",
        "_matches",
        "_does_not_match",
        "_eq",
        "_not_eq",
        "_gt",
        "_gteq",
        "_lt",
        "_lteq",
        "_in",
        "_not_in",
        "_cont_any",
        "_cont_all",
        "_start_any",
        "_start_all",
        "_present",
        "_blank",
        "_null",
        "_not_null",
        "_starts_with",
        "_ends_with",
        "_contains"
    };

    static final Words<Boolean> COMPARISONS = Words.set("eq ne gt ge lt le");
    static final Words<Boolean> FUNCTIONS =
            Words.set("startswith endswith contains substringof indexof length substring");

    /** Names of members that make somebody more than others, as forms that somebody fills in have none. */
    private static final Words<Boolean> RANKS = Words.set(
            "isadmin is_admin issuperuser is_superuser issuperadmin is_super_admin isadministrator is_administrator is_staff isroot is_root");

    /** How many objects a name leads along that no filter of a page does. */
    private static final int DEEP = 4;

    /** What members are called that select others. */
    private static final Words<Boolean> SELECTIONS =
            Words.set("select include fields attributes columns sort sortby sort_by order orderby order_by ordering");

    /** What parameters are called that order. */
    private static final Words<Boolean> ORDERS = Words.set("sort sortby sort_by order orderby order_by ordering");

    private QueryFilter() {}

    /** Tells whether the members of one of this name compare a secret, or select what is asked for. */
    static boolean compares(String name) {
        return Secrets.has(name) || SELECTIONS.has(name, 0, name.length());
    }

    /** Tells whether the name of a parameter from one index up to another makes somebody more than others. */
    static boolean isRank(String pairs, int from, int to) {
        return RANKS.has(pairs, from, to);
    }

    /** Tells whether a value is a secret's name, be it one of several, by which a parameter of this name orders or selects. */
    static boolean isSelected(String name, Text text) {
        if (text.length() > LONGEST || !selects(name)) {
            return false;
        }
        for (var from = 0; from < text.length(); from++) {
            var end = text.wordEnd(from);
            if (Secrets.has(text, from, end) && text.at(from - 1) != '/') {
                return true;
            }
            from = end;
        }
        return false;
    }

    private static boolean selects(String name) {
        var first = name.startsWith("$") ? 1 : 0;
        var bracket = name.indexOf('[');
        return bracket < 0 ? ORDERS.has(name, first, name.length()) : SELECTIONS.has(name, first, bracket);
    }

    /** Tells whether a name makes somebody more than others. */
    static boolean isRank(String name) {
        return RANKS.has(name, 0, name.length());
    }

    /** Tells whether a name may be such a filter. */
    static boolean mayBe(Text text) {
        if (text.length() > LONGEST) {
            return false;
        }
        var all = text.toString();
        return isRank(all) || all.indexOf('[') >= 0 || all.indexOf("__") > 0 || all.indexOf('.') > 0;
    }

    /** Judges the name of a parameter or a member. */
    static Finding name(Text text) {
        if (!mayBe(text)) {
            return Finding.NONE;
        }
        if (RANKS.has(text, 0, text.length())) {
            return Finding.faint(0);
        }
        var secret = -1;
        var parts = 0;
        for (var from = 0; from < text.length(); parts++) {
            var end = partEnd(text, from);
            if (from > 0 && text.at(from - 1) == '[' && isSelection(text, from) && Secrets.has(text, from, end)) {
                return Finding.strong(from);
            }
            if ((secret >= 0 || isDeep(text, from, end, parts)) && LOOKUPS.has(text, from, end)) {
                return Finding.strong(Math.max(secret, 0));
            }
            if (text.at(from - 1) == '[' && isPredicate(text, from, end)
                    || text.says("op.", from) && text.at(from - 1) == '[') {
                return Finding.strong(from);
            }
            if (end == text.length() && text.at(from - 1) == '_' && isReached(text, from, end, parts)) {
                return Finding.strong(from);
            }
            if (from > 0 && text.at(end) == ']' && RANKS.has(text, from, end)) {
                return Finding.faint(from);
            }
            secret = end > from ? Secrets.within(text, from, end) ? from : -1 : secret;
            from = text.at(end) == '_' ? end + 2 : end + 1;
        }
        return Finding.NONE;
    }

    /** Tells whether the last part of a name stands there that leads along more objects than filters of pages do. */
    private static boolean isDeep(Text text, int from, int end, int parts) {
        return end == text.length() && parts > DEEP && text.at(from - 1) == '_' && text.at(from - 2) == '_';
    }

    /** Tells whether a name leads from object to object to a secret, or to what makes somebody more than others. */
    private static boolean isReached(Text text, int from, int end, int parts) {
        var rank = text.says("is_superuser", from) || text.says("is_staff", from);
        return text.at(from) >= 'a' && (rank && parts > 0 || parts > 1 && Secrets.has(text, from, end));
    }

    /** Tells whether the first bracket of the name opens at the index, behind what selects. */
    private static boolean isSelection(Text text, int from) {
        return SELECTIONS.has(text, 0, from - 1);
    }

    /** The end of a part of a name: before a bracket, a full stop or two low lines. */
    private static int partEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) && !(text.at(i) == '_' && text.at(i + 1) == '_' && i > from)) {
            i++;
        }
        return i;
    }

    private static boolean isPredicate(Text text, int from, int end) {
        for (var predicate : PREDICATES) {
            var at = end - predicate.length();
            if (at > from && text.says(predicate, at) && Secrets.within(text, from, at)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a condition of OData hangs on the word at the index: a comparison of literals that are alike, or one behind a string. */
    static boolean is(Text text, int at) {
        var end = text.wordEnd(at);
        if (FUNCTIONS.has(text, at, end)) {
            return isAsked(text, end);
        }
        if (!COMPARISONS.has(text, at, end)
                || text.at(at - 1) != ' '
                || text.at(end) != ' '
                || text.length() > LONGEST) {
            return false;
        }
        var right = text.skipSpace(end);
        var left = at - 2;
        while (left >= 0 && (Text.isWord(text.at(left)) || text.at(left) == '\'')) {
            left--;
        }
        left++;
        var quoted = text.at(right) == '\'';
        var numbers = Text.isDigit(text.at(right)) && Text.isDigit(text.at(at - 2));
        if (isAlike(text, left, at - 1, right) && (quoted || numbers)) {
            return true;
        }
        return quoted && Text.isWord(text.at(left)) && isBehindString(text, left);
    }

    /** Tells whether a secret is selected at the index. */
    static boolean isSelected(Text text, int at) {
        return text.says("$select=", at) && Secrets.has(text, at + 8, text.wordEnd(at + 8));
    }

    /** Tells whether a secret is asked for by a function. */
    private static boolean isAsked(Text text, int paren) {
        if (text.at(paren) != '(') {
            return false;
        }
        var from = text.skipSpace(paren + 1);
        while (text.at(text.wordEnd(from)) == '/') {
            from = text.wordEnd(from) + 1;
        }
        var end = text.wordEnd(from);
        return text.at(end) == ',' && Secrets.has(text, from, end);
    }

    private static boolean isAlike(Text text, int left, int end, int right) {
        for (var i = left; i < end; i++) {
            if (text.lower(i) != text.lower(right + i - left)) {
                return false;
            }
        }
        return end > left && !Text.isWord(text.at(right + end - left));
    }

    /** Tells whether "or" or "and" stands before the index, and a quote that is the first of its kind before that. */
    private static boolean isBehindString(Text text, int at) {
        var joint = text.says("or ", at - 3) ? at - 4 : text.says("and ", at - 4) ? at - 5 : -1;
        var quote = joint < 0 || text.at(joint) != ' ' ? -1 : joint - 1;
        return quote >= 0 && text.at(quote) == '\'' && text.next('\'', 0) == quote;
    }
}
