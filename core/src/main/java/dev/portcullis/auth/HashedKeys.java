package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys by the hashes of their secrets, each hash at a place that no other one has: among many keys that are used in turn, what costs is
 * fetching from memory, and a place that may be wrong costs a second time. Immutable.
 *
 * <p>A perfect hash by displacement: the hashes are parted into groups of about four, and for each group a number is sought that sends
 * all of its hashes to places that are still free, the largest group first. A hash for whose group there is none, which needs hashes that
 * somebody made up, stands aside in a map.
 */
@TrustedBase
final class HashedKeys {

    /** How many longs a hash takes. */
    private static final int ROW = 4;

    private static final int PER_GROUP = 4;

    /** The largest group of which a place for each is sought. */
    private static final int MAX_GROUP = 32;

    /** One place in so many stays free. */
    private static final int SPARE = 16;

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long STIR = 0xD6E8FEB86659FD93L;

    private final int places;
    private final char[] numbers;
    private final long[] rows;
    private final @Nullable ApiKey[] keys;
    private final Verdict.@Nullable Pass[] passes;
    private final Map<Fingerprint, ApiKey> aside = new HashMap<>();

    HashedKeys(Map<Fingerprint, ApiKey> all) {
        this.places = all.size() + all.size() / SPARE + 1;
        this.numbers = new char[all.size() / PER_GROUP + 1];
        this.rows = new long[places * ROW];
        this.keys = new ApiKey[places];
        this.passes = new Verdict.Pass[places];
        for (var group : groups(all)) {
            settle(group);
        }
    }

    private List<List<Map.Entry<Fingerprint, ApiKey>>> groups(Map<Fingerprint, ApiKey> all) {
        var groups = new HashMap<Integer, List<Map.Entry<Fingerprint, ApiKey>>>();
        for (var entry : all.entrySet()) {
            groups.computeIfAbsent(group(entry.getKey()), any -> new ArrayList<>())
                    .add(entry);
        }
        return groups.values().stream()
                .sorted(Comparator.<List<?>>comparingInt(List::size).reversed())
                .toList();
    }

    private void settle(List<Map.Entry<Fingerprint, ApiKey>> group) {
        var prints = group.stream().map(Map.Entry::getKey).toList();
        var number = group.size() > MAX_GROUP ? -1 : number(prints);
        if (number < 0) {
            group.forEach(entry -> aside.put(entry.getKey(), entry.getValue()));
            return;
        }
        numbers[group(prints.get(0))] = (char) number;
        group.forEach(entry -> put(entry.getKey(), entry.getValue()));
    }

    /** The number that sends these hashes to places that are free; -1 when there is none. */
    private int number(List<Fingerprint> group) {
        for (var number = 0; number <= Character.MAX_VALUE; number++) {
            if (isFree(group, number)) {
                return number;
            }
        }
        return -1;
    }

    private boolean isFree(List<Fingerprint> group, int number) {
        for (var i = 0; i < group.size(); i++) {
            var place = place(group.get(i), number);
            if (keys[place] != null || anyAt(place, group.subList(0, i), number)) {
                return false;
            }
        }
        return true;
    }

    private boolean anyAt(int place, List<Fingerprint> group, int number) {
        for (var i = 0; i < group.size(); i++) {
            if (place(group.get(i), number) == place) {
                return true;
            }
        }
        return false;
    }

    private void put(Fingerprint print, ApiKey key) {
        var place = place(print, numbers[group(print)]);
        var row = place * ROW;
        rows[row] = print.a();
        rows[row + 1] = print.b();
        rows[row + 2] = print.c();
        rows[row + 3] = print.d();
        keys[place] = key;
        passes[place] = key.always(print);
    }

    private int group(Fingerprint print) {
        return (int) ((print.a() >>> 32) * numbers.length >>> 32);
    }

    private int place(Fingerprint print, int number) {
        var stirred = (print.b() + number * STEP) * STIR;
        return (int) ((stirred >>> 32) * places >>> 32);
    }

    /** The place of a hash; -1 when there is none. */
    private int place(Fingerprint print) {
        var place = place(print, numbers[group(print)]);
        return fits(place * ROW, print) ? place : -1;
    }

    /** Compares without telling by its duration where the difference is. */
    private boolean fits(int row, Fingerprint print) {
        return ((rows[row] ^ print.a())
                        | (rows[row + 1] ^ print.b())
                        | (rows[row + 2] ^ print.c())
                        | (rows[row + 3] ^ print.d()))
                == 0;
    }

    boolean isEmpty() {
        return places == 1;
    }

    /** The pass of the key with this hash where it needs nothing else to be asked; null when there is none. */
    Verdict.@Nullable Pass pass(Fingerprint print) {
        var place = place(print);
        return place < 0 ? null : passes[place];
    }

    /** The key with this hash; null when there is none. */
    @Nullable
    ApiKey find(Fingerprint print) {
        var place = place(print);
        return place < 0 ? aside.get(print) : keys[place];
    }
}
