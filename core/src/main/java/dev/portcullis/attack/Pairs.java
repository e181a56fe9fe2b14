package dev.portcullis.attack;

import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes names and values of a query or a form apart. */
final class Pairs {

    private Pairs() {}

    static Verdict.@Nullable Deny look(Inspection inspection, String encoded, Place names, Place values) {
        var from = 0;
        while (from < encoded.length()) {
            var ampersand = encoded.indexOf('&', from);
            var to = ampersand < 0 ? encoded.length() : ampersand;
            var equals = encoded.indexOf('=', from);
            var end = equals < 0 || equals > to ? to : equals;
            var deny = pair(inspection, encoded, new int[] {from, end, to}, names, values);
            if (deny != null) {
                return deny;
            }
            from = to + 1;
        }
        return null;
    }

    private static Verdict.@Nullable Deny pair(
            Inspection inspection, String encoded, int[] bounds, Place names, Place values) {
        var from = bounds[0];
        var end = bounds[1];
        var to = bounds[2];
        if (isPlain(inspection, names, encoded, from, end)
                && (end == to || isPlain(inspection, values, encoded, end + 1, to))) {
            return null;
        }
        var name = Percent.decode(encoded.substring(from, end), true);
        var deny = inspection.look(names, name, name);
        if (deny != null || end == to) {
            return deny;
        }
        return inspection.look(values, name, Percent.decode(encoded.substring(end + 1, to), true));
    }

    private static boolean isPlain(Inspection inspection, Place place, String encoded, int from, int to) {
        var traits = Traits.of(encoded, from, to);
        return (traits & Traits.PLUS) == 0 && inspection.isPlain(place, traits);
    }
}
