package dev.portcullis.crawler;

import java.util.List;

/**
 * What the name service said of an address. Immutable.
 *
 * @param hosts its names in domains of crawlers that have this address themselves
 * @param told whether it said anything
 * @param until until when that holds, in milliseconds
 * @param again when it is to be asked again
 */
record Found(List<String> hosts, boolean told, long until, long again) {

    /** Tells whether it is time to ask again; also when the clock was set back so far that nobody knows. */
    boolean isDue(long now, long longest) {
        return now >= again || again - now > longest;
    }

    /** Tells whether the address has a name in a domain of each of these crawlers. */
    boolean fits(List<Crawler> claimed) {
        for (var i = 0; i < claimed.size(); i++) {
            if (!isOf(claimed.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isOf(Crawler crawler) {
        for (var i = 0; i < hosts.size(); i++) {
            if (crawler.owns(hosts.get(i))) {
                return true;
            }
        }
        return false;
    }
}
