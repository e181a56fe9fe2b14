package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * So many permits in so much time. Immutable.
 *
 * <p>A fixed window gives all its permits at once and none more until its period ends; periods follow each other from the key's
 * first request on. A smooth one is a token bucket: it starts with all its permits, and a used one grows back after {@code per /
 * permits}.
 *
 * @param name the name under which clients are told of it in {@code RateLimit-Policy}: 1 to 64 printable ASCII characters
 * @param permits how many requests pass: 1 to a thousand million
 * @param per the period, in whole seconds: one second to 366 days
 * @param smooth whether permits grow back one by one, and not all at the end of the period
 */
public record Window(String name, long permits, Duration per, boolean smooth) {

    static final int MAX_NAME = 64;
    static final long MAX_PERMITS = 1_000_000_000;
    static final Duration MAX_PER = Duration.ofDays(366);

    /** Checks the bounds. */
    public Window {
        requireNonNull(per, "per");
        if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("name: `" + name + "` (expected: 1 to 64 printable ASCII characters)");
        }
        if (permits < 1 || permits > MAX_PERMITS) {
            throw new IllegalArgumentException("permits: " + permits + " (expected: 1 to " + MAX_PERMITS + ")");
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(MAX_PER) > 0 || per.getNano() != 0) {
            throw new IllegalArgumentException("per: " + per + " (expected: whole seconds, 1s to 366d)");
        }
    }
}
