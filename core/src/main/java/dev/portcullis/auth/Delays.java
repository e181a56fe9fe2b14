package dev.portcullis.auth;

import java.time.Duration;

/**
 * How long fetching may take. Immutable.
 *
 * @param connect how long connecting may take
 * @param answer how long a whole answer may take, its body included
 * @param patience how long a request with an unknown key id waits for a fetch
 */
record Delays(Duration connect, Duration answer, Duration patience) {

    static final Delays USUAL = new Delays(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2));

    /** How long a request waits while there are no keys: for two answers, the metadata and the keys. */
    Duration first() {
        return answer.multipliedBy(2);
    }
}
