package dev.portcullis.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long fetching may take. Immutable.
 *
 * @param connect how long connecting may take
 * @param answer how long a whole answer may take, its body included
 * @param patience how long a request with an unknown key id waits for a fetch
 */
record Delays(Duration connect, Duration answer, Duration patience) {

    static final Delays USUAL = new Delays(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2));

    /** The same, where one answer may take as long; null changes nothing. */
    Delays within(@Nullable Duration bound) {
        return bound == null ? this : new Delays(shorter(connect, bound), bound, shorter(patience, bound));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** How long a request waits while there are no keys: for two answers, the metadata and the keys. */
    Duration first() {
        return answer.multipliedBy(2);
    }
}
