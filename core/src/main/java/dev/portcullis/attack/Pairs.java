package dev.portcullis.attack;

import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes names and values of a query or a form apart. */
final class Pairs {

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
                    && !QueryFilter.isKnown(encoded, from, equals, value, to)) {
                continue;
            }
            var name = Percent.decode(encoded.substring(from, equals), true);
            var deny = inspection.look(names, name, name);
            deny = deny == null && !inspection.spares(values, encoded.substring(from, equals))
                    ? inspection.look(values, name, Percent.decode(encoded.substring(value, to), true))
                    : deny;
            if (deny != null) {
                return deny;
            }
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
