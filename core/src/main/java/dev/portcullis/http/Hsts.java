package dev.portcullis.http;

import java.time.Duration;

/**
 * What browsers are told to remember: to ask this host over https alone (RFC 6797). Immutable.
 *
 * @param maxAge for how long; none at all makes browsers forget
 * @param includeSubDomains whether that holds for the hosts below this one too
 * @param preload whether the host may go on the lists that browsers bring along, from which it takes months to come off
 */
public record Hsts(Duration maxAge, boolean includeSubDomains, boolean preload) {

    static final String NAME = "Strict-Transport-Security";

    private static final Duration PRELOADED = Duration.ofDays(365);
    private static final Duration LONGEST = Duration.ofDays(2 * 366);

    /** Checks that browsers and the lists would take it. */
    public Hsts {
        if (maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("max-age: `" + maxAge + "` (expected: up to two years)");
        }
        if (preload && (!includeSubDomains || maxAge.compareTo(PRELOADED) < 0)) {
            throw new IllegalArgumentException(
                    "preload: without all hosts for a year (expected: `include-subdomains: true` and `max-age: 365d`)");
        }
    }

    /** The field's value. */
    @Override
    public String toString() {
        return "max-age=" + maxAge.toSeconds() + (includeSubDomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "");
    }
}
