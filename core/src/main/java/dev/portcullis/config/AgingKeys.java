package dev.portcullis.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API keys of a configuration that say since when they are used, and how old they are. */
final class AgingKeys {

    private static final Duration MAX_AGE = Duration.ofDays(90);

    private AgingKeys() {}

    /**
     * One key. Immutable.
     *
     * @param client whose it is
     * @param id its id
     * @param since since when it is used
     * @param maxAge how old it may become
     */
    record Aging(String client, String id, Instant since, Duration maxAge) {

        Duration age(Instant now) {
            return Duration.between(since, now);
        }

        boolean isOld(Instant now) {
            return age(now).compareTo(maxAge) > 0;
        }

        /** Where it is written. */
        String key() {
            return "clients." + client + ".keys." + id;
        }
    }

    /** All of them. */
    static List<Aging> of(Configuration written) {
        var all = new ArrayList<Aging>();
        var most = maxAge(written.apiKey());
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        clients.forEach((name, client) -> {
            var keys = client.keys() == null ? Map.<String, ClientKey>of() : client.keys();
            keys.forEach((id, key) -> {
                var since = read(key.notBefore(), Kind.TIME);
                if (since != null) {
                    all.add(new Aging(name, id, since, most));
                }
            });
        });
        return all;
    }

    /** Tells whether a key is over. */
    static boolean isOver(ClientKey key, Instant now) {
        var end = read(key.expires(), Kind.TIME);
        return end != null && !now.isBefore(end);
    }

    private static Duration maxAge(@Nullable ApiKeySettings settings) {
        var read = read(settings == null ? null : settings.maxAge(), Kind.DURATION);
        return read == null ? MAX_AGE : read;
    }

    /** What cannot be read is said elsewhere. */
    private static <T> @Nullable T read(@Nullable String text, Kind<T> kind) {
        try {
            return text == null ? null : kind.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }
}
