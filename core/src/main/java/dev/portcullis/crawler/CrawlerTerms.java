package dev.portcullis.crawler;

import java.time.Duration;

/**
 * How names are looked up, and for how long it is known what they say. Immutable.
 *
 * @param keep how long an address counts as a crawler's; it is looked up again when half of that is over
 * @param keepForged how long an address counts as none
 * @param retry how long an address is left alone of which the name service could not tell
 * @param maxAddresses of how many addresses it is known
 * @param perSecond how many addresses are looked up in a second; five seconds' worth may come at once
 */
public record CrawlerTerms(Duration keep, Duration keepForged, Duration retry, int maxAddresses, int perSecond) {

    /** What holds unless told otherwise. */
    public static final CrawlerTerms USUAL =
            new CrawlerTerms(Duration.ofHours(24), Duration.ofHours(1), Duration.ofMinutes(1), 10_000, 20);

    private static final int MOST_ADDRESSES = 1_000_000;
    private static final int MOST_PER_SECOND = 1_000;

    /** Checks the amounts. */
    public CrawlerTerms {
        longEnough("keep", keep);
        longEnough("keep-forged", keepForged);
        longEnough("retry", retry);
        within("max-addresses", maxAddresses, MOST_ADDRESSES);
        within("lookups-per-second", perSecond, MOST_PER_SECOND);
    }

    private static void longEnough(String key, Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(key + ": `" + time + "` (expected: a second or more)");
        }
    }

    private static void within(String key, int amount, int most) {
        if (amount < 1 || amount > most) {
            throw new IllegalArgumentException(key + ": " + amount + " (expected: 1 to " + most + ")");
        }
    }
}
