package dev.portcullis.attack;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pollution of the prototype that all objects of JavaScript share.
 *
 * <p>Looks for: the prototype as the name of a parameter or a member, or of a part of one, as a key in a value, and a
 * value or a path that is nothing but the way to it.
 *
 * <p>Does not look for: talk about prototypes, and members that are called {@code constructor} and hold none.
 *
 * <p>Caught: <code>{"__proto__": {"admin": true}}</code>
 *
 * <p>Let through: {@code why is __proto__ slow, and what is constructor.prototype for?}
 */
final class PrototypePollution implements Detector {

    private static final String SHARED = "__proto__";
    private static final String MADE = "prototype";
    /** How long a path of members may be. */
    private static final int LONGEST = 256;
    /** Methods of all objects that set and get what is shared. */
    static final Words<Boolean> ACCESSORS =
            Words.set("__definegetter__ __definesetter__ __lookupgetter__ __lookupsetter__");

    /** The same words with themselves within, which are left once a filter has taken out the inner ones: {@code __pro__proto__to__}. */
    static final Words<Boolean> DOUBLED = Words.set(Stream.of(SHARED, MADE, "constructor")
            .map(PrototypePollution::doubled)
            .collect(Collectors.joining(" ")));

    private static String doubled(String word) {
        return IntStream.range(1, word.length())
                .mapToObj(i -> word.substring(0, i) + word + word.substring(i))
                .collect(Collectors.joining(" "));
    }

    @Override
    public String id() {
        return "prototype-pollution";
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() || place == Place.HEADER
                ? Traits.MARK | Traits.DOT | Traits.BRACKET | Traits.SLASH | (place.isName() ? Traits.LETTER : 0)
                : place == Place.PATH ? Traits.MARK : 0;
    }

    /** Letters alone are looked at where they are the words within themselves. */
    @Override
    public int unnoticed(Place place) {
        return attractors(place) & ~Traits.LETTER;
    }

    @Override
    public boolean notices(Place place, String sent) {
        return place.isName() && DOUBLED.has(sent, 0, sent.length());
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.PROTOTYPE;
    }

    @Override
    public Finding look(Text text, Place place) {
        var first = text.first();
        if (ACCESSORS.has(text, first, text.last())) {
            return Finding.strong(first);
        }
        var name = place.isName() || isPath(text, first);
        for (var i = 0; i < text.length(); i++) {
            var c = text.lower(i);
            var word = (c == '_' || c == 'p' || c == 'c') && !Text.isWord(text.at(i - 1));
            if (word && DOUBLED.has(text, i, text.wordEnd(i))) {
                return Finding.strong(i);
            }
            if (c == '_' && text.says(SHARED, i) && isPart(text, i, i + SHARED.length(), name)) {
                return Finding.strong(i);
            }
            if (c == 'p' && text.says(MADE, i) && isMade(text, i) && isPart(text, i, i + MADE.length(), name)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether the text is nothing but a path of members, such as some function is told to set: {@code constructor.prototype.admin}. */
    private static boolean isPath(Text text, int first) {
        return text.last() - first <= LONGEST && isWhole(text, first);
    }

    /** Tells whether the words are the name, or a part of one: between brackets or full stops, or a key in quotes. */
    private static boolean isPart(Text text, int from, int end, boolean name) {
        var before = text.at(from - 1);
        var after = text.at(end);
        if (name && (before == Text.END || isJoint(before)) && (after == Text.END || isJoint(after))) {
            return true;
        }
        if (before == '[' && after == ']') {
            return text.at(end + 1) == '[' || text.at(end + 1) == '=' || text.at(end + 1) == '.';
        }
        var path = before == Text.END && (after == '[' || after == '.' && Text.isLetter(text.at(end + 1)));
        if (path && isWhole(text, end)) {
            return true;
        }
        if (before == '.' && (text.says("{}.", 0) || text.says("[].", 0)) && from == 3 && isWhole(text, end)) {
            return isJoint(after);
        }
        var quoted = before == '"' && after == '"' || before == '\'' && after == '\'';
        if (quoted && text.at(from - 2) == '[' && text.says("][", end + 1)) {
            return true;
        }
        return quoted && text.at(text.skipSpace(end + 1)) == ':';
    }

    /** Tells whether nothing but more of a path follows up to the end, and perhaps what is assigned there. */
    private static boolean isWhole(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || isJoint(text.at(i)) || text.at(i) == '=') {
            i++;
        }
        return i >= text.last();
    }

    private static boolean isJoint(char c) {
        return c == '[' || c == ']' || c == '.' || c == '/' || c == '"' || c == '\'';
    }

    /** Tells whether it is the prototype of a constructor. */
    private static boolean isMade(Text text, int at) {
        return text.says("constructor.", at - 12)
                || text.says("constructor[", at - 12)
                || text.says("constructor][", at - 13)
                || text.says("constructor/", at - 12)
                || (text.at(at - 1) == '\'' || text.at(at - 1) == '"') && text.says("constructor[", at - 13);
    }
}
