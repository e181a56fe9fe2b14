package dev.portcullis.attack;

import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes names and values of a query or a form apart. */
final class Pairs {

    /** How many keys of a name are looked at each by itself. */
    private static final int MOST_KEYS = 4;

    private Pairs() {}

    /** Looks at every name and every value, be there ever so many. */
    static Verdict.@Nullable Deny look(Inspection inspection, String encoded, Place names, Place values) {
        var to = 0;
        for (var from = 0; from < encoded.length(); from = to + 1) {
            to = indexOf('&', encoded, from, encoded.length());
            var equals = indexOf('=', encoded, from, to);
            var value = Math.min(equals + 1, to);
            if (isPlain(inspection, names, Traits.of(encoded, from, equals))
                    && isPlain(inspection, values, Traits.of(encoded, value, to))
                    && !StoreCommand.isWord(encoded, value, to)
                    && !ShellProbe.mayBeAsked(encoded, value, to)
                    && !ExploitPath.isEgg(encoded, value, to)
                    && !Secrets.has(encoded, value, to)
                    && !QueryFilter.isRank(encoded, from, equals)) {
                continue;
            }
            var name = Percent.decode(encoded.substring(from, equals), true);
            var deny = inspection.look(names, name, name);
            deny = deny == null && name.indexOf('[') >= 0 ? keys(inspection, name, names) : deny;
            deny = deny == null && !inspection.spares(values, encoded.substring(from, equals))
                    ? inspection.look(values, name, Percent.decode(encoded.substring(value, to), true))
                    : deny;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    /** Looks at what stands in brackets in a name, as the key of a map that the application takes it for. */
    private static Verdict.@Nullable Deny keys(Inspection inspection, String name, Place names) {
        var open = name.indexOf('[');
        for (var i = 0; i < MOST_KEYS && open >= 0; i++) {
            var close = name.indexOf(']', open);
            var end = close < 0 ? name.length() : close;
            var deny = inspection.look(names, name, name.substring(open + 1, end));
            if (deny != null) {
                return deny;
            }
            open = name.indexOf('[', end);
        }
        return null;
    }

    /** The index of the character before the end; the end when it does not stand there. */
    static int indexOf(char c, String text, int from, int end) {
        var at = from;
        while (at < end && text.charAt(at) != c) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(Inspection inspection, Place place, int traits) {
        return (traits & Traits.PLUS) == 0 && inspection.isPlain(place, traits);
    }
}
