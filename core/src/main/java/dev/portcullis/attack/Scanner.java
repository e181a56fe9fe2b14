package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * Programs that look for holes and say so.
 *
 * <p>Looks for: the names of scanners in {@code User-Agent}, and fields that some of them send.
 *
 * <p>Does not look for: programs as such; libraries, search engines and monitors pass.
 *
 * <p>Caught: {@code sqlmap/1.8.2#stable (https://sqlmap.org)}
 *
 * <p>Let through: {@code Mozilla/5.0 (compatible; Mapbot/1.0)}
 */
final class Scanner implements Detector {

    @Override
    public String id() {
        return "scanner";
    }

    @Override
    public int attractors(Place place) {
        return place == Place.USER_AGENT ? Traits.LETTER : 0;
    }

    @Override
    public int unnoticed(Place place) {
        return 0;
    }

    @Override
    public boolean notices(Place place, String sent) {
        return place == Place.USER_AGENT && find(sent) >= 0;
    }

    @Override
    public Finding look(Text text, Place place) {
        var at = find(text.toString());
        if (at < 0) {
            return Finding.NONE;
        }
        var known = known(text.toString(), at, end(text.toString(), at));
        return known == null ? Finding.strong(at) : new Finding(known, at);
    }

    /** Where the name of a scanner begins; -1 when there is none. */
    private static int find(String agent) {
        for (var from = 0; from < agent.length(); ) {
            var end = end(agent, from);
            if (end > from && known(agent, from, end) != null
                    || from > 0 && agent.charAt(from - 1) == '.' && ServerAddress.isCallback(agent, from)) {
                return from;
            }
            from = Math.max(end, from) + 1;
        }
        return -1;
    }

    /** What the name, or what stands in it before a dash, is that of. */
    private static @Nullable Suspicion known(String agent, int from, int end) {
        var whole = ExploitWords.SCANNERS.find(agent, from, end);
        var dash = agent.indexOf('-', from);
        return whole != null || dash < 0 || dash >= end ? whole : ExploitWords.SCANNERS.find(agent, from, dash);
    }

    private static int end(String agent, int from) {
        var i = from;
        while (i < agent.length() && (Text.isWord(agent.charAt(i)) || agent.charAt(i) == '-')) {
            i++;
        }
        return i;
    }
}
