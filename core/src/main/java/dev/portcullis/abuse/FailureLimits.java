package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many failed authentications are borne, and what follows. Immutable.
 *
 * @param address from one address (IPv6: network of 64 bits) until it is locked out
 * @param pair for one account from one address until the two together are locked out
 * @param account for one account from anywhere until each further failure for it is followed by a pause, of whoever failed
 * @param overall of all together until addresses and pairs that fail have only a quarter of theirs
 * @param times how long failures are counted and what they lead to lasts
 */
public record FailureLimits(int address, int pair, int account, int overall, Times times) {

    /** What holds where nobody writes anything. */
    public static final FailureLimits USUAL = new FailureLimits(
            20,
            10,
            50,
            1000,
            new Times(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofSeconds(30)));

    static final int MOST = 1_000_000;

    /**
     * How long things last. Immutable.
     *
     * @param per how long failures are counted together, from the first on
     * @param lock how long the first lock lasts; each further one twice as long as the one before
     * @param maxLock how long a lock lasts at most, and how long one is remembered
     * @param maxPause how long a pause lasts at most
     */
    public record Times(Duration per, Duration lock, Duration maxLock, Duration maxPause) {

        private static final Duration LEAST = Duration.ofSeconds(1);
        private static final Duration MOST = Duration.ofDays(7);

        /** Checks the bounds. */
        public Times {
            demand("per", per);
            demand("lock", lock);
            demand("max-lock", maxLock);
            demand("max-pause", maxPause);
            if (maxLock.compareTo(lock) < 0) {
                throw new IllegalArgumentException("max-lock: " + maxLock + " (expected: at least `lock`)");
            }
        }

        /** The same, where every lock lasts as long as the first. */
        Times withoutDoubling() {
            return new Times(per, lock, lock, maxPause);
        }

        private static void demand(String what, Duration time) {
            requireNonNull(time, what);
            if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(what + ": " + time + " (expected: 1s to 7d)");
            }
        }
    }

    /** Checks the bounds. */
    public FailureLimits {
        requireNonNull(times, "times");
        demand("address", address);
        demand("pair", pair);
        demand("account", account);
        demand("overall", overall);
    }

    private static void demand(String what, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(what + ": " + number + " (expected: 1 to " + MOST + ")");
        }
    }
}
