package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in what a feed lists, and refuses what no honest feed does. Belongs to one reading.
 *
 * <p>A feed is somebody else's word. So a range that would cover the service's own proxies, the host itself, or a large part of the
 * Internet makes the whole feed one that is not taken, as does a text of which more than one entry in a hundred is no range.
 */
@TrustedBase
final class Harvest {

    private static final int SHORTEST_IPV4 = 8;
    private static final int SHORTEST_IPV6 = 19;
    private static final int TOLERATED = 100;
    private static final int PATIENCE = 1000;
    private static final int MAX_TEXT = 100;
    private static final double MOST = 0.5;
    private static final List<IpRange> LOOPBACK = List.of(IpRange.parse("127.0.0.0/8"), IpRange.parse("::1/128"));

    private final int maxEntries;
    private final IpRanges own;
    private final List<IpRange> ranges = new ArrayList<>();
    private int entries;
    private int unreadable;

    /**
     * Nothing yet.
     *
     * @param maxEntries how many entries are taken
     * @param own the service's own proxies
     */
    Harvest(int maxEntries, IpRanges own) {
        this.maxEntries = maxEntries;
        this.own = own;
    }

    /** Tells whether an entry can be read. */
    static boolean isRange(String text) {
        return text.length() <= MAX_TEXT && !RangeText.some(text).isEmpty();
    }

    /** Takes in one entry. */
    void take(String text) {
        if (++entries > maxEntries) {
            throw new NotTaken("more than " + maxEntries + " entries");
        }
        var found = text.length() > MAX_TEXT ? List.<IpRange>of() : RangeText.some(text);
        if (found.isEmpty() && ++unreadable > PATIENCE) {
            throw new NotTaken("more than " + PATIENCE + " entries are no ranges");
        }
        if (ranges.size() + found.size() > maxEntries) {
            throw new NotTaken("more than " + maxEntries + " networks");
        }
        for (var i = 0; i < found.size(); i++) {
            ranges.add(honest(found.get(i)));
        }
    }

    private IpRange honest(IpRange range) {
        var shortest = range.first().isIpv4() ? SHORTEST_IPV4 : SHORTEST_IPV6;
        if (range.prefix() < shortest) {
            throw new NotTaken("it lists `" + range + "`, more than a `/" + shortest + "`");
        }
        for (var i = 0; i < LOOPBACK.size(); i++) {
            if (LOOPBACK.get(i).overlaps(range)) {
                throw new NotTaken("it lists `" + range + "`, the host itself");
            }
        }
        if (own.overlaps(range)) {
            throw new NotTaken("it lists `" + range + "`, which are trusted proxies of this service");
        }
        return range;
    }

    int entries() {
        return entries;
    }

    int unreadable() {
        return unreadable;
    }

    /** All of it. */
    IpRanges ranges() {
        if ((long) unreadable * TOLERATED > entries) {
            throw new NotTaken(unreadable + " of " + entries + " entries are no ranges");
        }
        var all = IpRanges.of(ranges);
        if (all.share() > MOST) {
            throw new NotTaken("it lists more than half of the Internet");
        }
        return all;
    }
}
