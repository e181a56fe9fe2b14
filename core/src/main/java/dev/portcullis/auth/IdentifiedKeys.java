package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Keys by their ids, kept close together: among many keys that are used in turn, what costs is not comparing but fetching from memory.
 * Immutable.
 *
 * <p>Open addressing, at most two thirds full. What a key needs that is good everywhere stands in one row: the number of its id, and
 * its hash, which is over its id too, so that the id itself is only fetched when the hash does not fit.
 */
@TrustedBase
final class IdentifiedKeys {

    /** A number, then the hash. */
    private static final int ROW = 5;

    /** Marks a row in use; numbers take the lower half. */
    private static final long USED = 1L << 32;

    /** Marks a row whose key has a pepper mixed in. */
    private static final long PEPPERED = 1L << 33;

    /** Marks a row whose key is good everywhere. */
    private static final long EVERYWHERE = 1L << 34;

    /** Marks a row whose key is good for a time. */
    private static final long TIMED = 1L << 35;

    private final int places;
    private final long[] rows;
    private final @Nullable ApiKey[] keys;
    private final Verdict.@Nullable Pass[] passes;

    IdentifiedKeys(Collection<ApiKey> all) {
        this.places = all.size() + all.size() / 2 + 1;
        this.rows = new long[places * ROW];
        this.keys = new ApiKey[places];
        this.passes = new Verdict.Pass[places];
        for (var key : all) {
            var id = key.id();
            if (id != null) {
                put(PresentedKey.number(id), key);
            }
        }
    }

    private void put(int number, ApiKey key) {
        var place = first(number);
        while (rows[place * ROW] != 0) {
            place = after(place);
        }
        var newest = key.newest();
        var row = place * ROW;
        rows[row] = USED
                | Integer.toUnsignedLong(number)
                | (newest.peppered() ? PEPPERED : 0)
                | (key.isGoodEverywhere() ? EVERYWHERE : 0)
                | (newest.isTimed() ? TIMED : 0);
        rows[row + 1] = newest.a();
        rows[row + 2] = newest.b();
        rows[row + 3] = newest.c();
        rows[row + 4] = newest.d();
        keys[place] = key;
        passes[place] = key.pass();
    }

    private int first(int number) {
        return (int) (Integer.toUnsignedLong(number) * places >>> 32);
    }

    private int after(int place) {
        return place + 1 == places ? 0 : place + 1;
    }

    /** The place of the next row of this number, from a place on; -1 when there is none. */
    private int seek(int number, int from) {
        for (var place = from; rows[place * ROW] != 0; place = after(place)) {
            if ((int) rows[place * ROW] == number) {
                return place;
            }
        }
        return -1;
    }

    /** The pass of the one that was presented, when it is the newest of a key that is good everywhere, and good now; null when not. */
    Verdict.@Nullable Pass pass(PresentedKey presented, Clock clock) {
        if (!presented.hasId()) {
            return null;
        }
        var number = presented.number();
        for (var place = seek(number, first(number)); place >= 0; place = seek(number, after(place))) {
            var what = rows[place * ROW];
            if ((what & EVERYWHERE) != 0
                    && fits(place, (what & PEPPERED) != 0 ? presented.peppered() : presented.plain())) {
                return (what & TIMED) == 0 || isGood(place, clock.millis()) ? passes[place] : null;
            }
        }
        return null;
    }

    private boolean isGood(int place, long now) {
        var key = keys[place];
        return key != null && key.newest().holds(now);
    }

    /** Compares without telling by its duration where the difference is. */
    private boolean fits(int place, Fingerprint print) {
        var row = place * ROW;
        return ((rows[row + 1] ^ print.a())
                        | (rows[row + 2] ^ print.b())
                        | (rows[row + 3] ^ print.c())
                        | (rows[row + 4] ^ print.d()))
                == 0;
    }

    /** The key that has the id of the one that was presented; null when there is none. */
    @Nullable
    ApiKey find(PresentedKey presented) {
        if (!presented.hasId()) {
            return null;
        }
        var number = presented.number();
        for (var place = seek(number, first(number)); place >= 0; place = seek(number, after(place))) {
            var key = keys[place];
            if (key != null && key.id() != null && presented.hasId(key.id())) {
                return key;
            }
        }
        return null;
    }
}
