package dev.portcullis.config;

import dev.portcullis.ip.IpRange;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells of two values of one key whether the second lets more through than the first. What is not known to be no looser cannot be told.
 *
 * <p>An absent value is one too: what it means depends on the key.
 */
@FunctionalInterface
interface Tightness {

    /** What can be told. */
    enum Told {
        /** The second lets through no more than the first. */
        NO_LOOSER,
        /** The second lets more through. */
        LOOSER,
        /** Nobody can tell. */
        UNTOLD
    }

    /** Compares; null is what is not written. */
    Told compare(@Nullable List<String> base, @Nullable List<String> over);

    /** Whatever is written lets nothing more through. */
    Tightness HARMLESS = (base, over) -> Told.NO_LOOSER;

    /** Only the same is no looser. */
    Tightness SAME = (base, over) -> base == null ? over == null ? Told.NO_LOOSER : Told.UNTOLD : same(base, over);

    /** A demand that can be added, and not be changed: only the same is no looser than what was there. */
    Tightness DEMAND = (base, over) -> base == null ? Told.NO_LOOSER : over == null ? Told.LOOSER : same(base, over);

    /** A part that must stay where it is. */
    Tightness PART = (base, over) -> base != null && over == null ? Told.LOOSER : Told.NO_LOOSER;

    /** Something that only ever lets more through, piece by piece. */
    Tightness FEWER = (base, over) -> told(over == null || base != null && base.containsAll(over));

    /** Ways of which one is demanded: fewer are tighter, and none at all demands nothing. */
    Tightness FEWER_WAYS =
            (base, over) -> told(base == null || over != null && !over.isEmpty() && base.containsAll(over));

    /** Demands that are all made: more are tighter. */
    Tightness MORE = (base, over) -> told(base == null || over != null && over.containsAll(base));

    /** A switch that opens. */
    Tightness CLOSED = (base, over) -> told(!isTrue(over) || isTrue(base));

    /** A switch that closes. */
    Tightness CLOSING = (base, over) -> told(isTrue(over) || !isTrue(base));

    /** Ranges that may call. */
    Tightness INSIDE = (base, over) -> base == null
            ? Told.NO_LOOSER
            : over == null || over.isEmpty() ? Told.LOOSER : within(over, base) ? Told.NO_LOOSER : Told.UNTOLD;

    /** Ranges that may not call. */
    Tightness AROUND = (base, over) -> base == null || base.isEmpty()
            ? Told.NO_LOOSER
            : over == null ? Told.LOOSER : within(base, over) ? Told.NO_LOOSER : Told.UNTOLD;

    private static boolean isTrue(@Nullable List<String> written) {
        return List.of("true").equals(written);
    }

    private static Told told(boolean noLooser) {
        return noLooser ? Told.NO_LOOSER : Told.LOOSER;
    }

    private static Told same(List<String> base, @Nullable List<String> over) {
        return over != null && new HashSet<>(base).equals(new HashSet<>(over)) ? Told.NO_LOOSER : Told.UNTOLD;
    }

    /** Tells whether each range lies within one of the others. */
    private static boolean within(List<String> inner, List<String> outer) {
        try {
            var around = outer.stream().map(IpRange::parse).toList();
            return inner.stream()
                    .map(IpRange::parse)
                    .allMatch(range ->
                            around.stream().anyMatch(one -> one.contains(range.first()) && one.contains(range.last())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An amount that lets more through the larger it is; where none is written the amount is this, or there is no bound. */
    static <T extends Comparable<T>> Tightness atMost(Kind<T> kind, @Nullable String absent) {
        return (base, over) -> {
            var most = amount(base, kind, absent);
            var amount = amount(over, kind, absent);
            if (most == null) {
                return base == null ? Told.NO_LOOSER : Told.UNTOLD;
            }
            if (amount == null) {
                return over == null ? Told.LOOSER : Told.UNTOLD;
            }
            return told(amount.compareTo(most) <= 0);
        };
    }

    /** One of some words, of which each is tighter than those before it; where none is written it is this. */
    static Tightness rising(List<String> words, String absent) {
        return (base, over) -> {
            var least = words.indexOf(base == null ? absent : String.join("", base));
            var word = words.indexOf(over == null ? absent : String.join("", over));
            return least < 0 || word < 0 ? Told.UNTOLD : told(word >= least);
        };
    }

    private static <T> @Nullable T amount(@Nullable List<String> written, Kind<T> kind, @Nullable String absent) {
        var text = written == null ? absent : String.join("", written);
        if (text == null) {
            return null;
        }
        try {
            return kind.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }

    /** What is absent stands for this. */
    default Tightness absent(String... values) {
        var usual = List.of(values);
        return (base, over) -> compare(base == null ? usual : base, over == null ? usual : over);
    }

    /** How the keys of a part are compared, by the key or by the key with stars for names; the rest must stay the same. */
    static Function<String, Tightness> byKey(Map<String, Tightness> known) {
        var copy = new HashMap<>(known);
        return key -> {
            var found = copy.get(key);
            return found != null ? found : copy.getOrDefault(key.substring(0, key.indexOf('.') + 1) + "**", SAME);
        };
    }
}
