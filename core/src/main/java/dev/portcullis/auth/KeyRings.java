package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The keys of all issuers, fetched in the background and kept beyond any one policy set. Thread-safe.
 *
 * <p>Keys are fetched again every 10 minutes, and when a token names a key that is not known, at most every 30 seconds. While they
 * cannot be fetched the known ones are used for as long as {@link KeyCare} says.
 */
public final class KeyRings {

    private final Clock clock;
    private final Delays delays;
    private final Fetcher fetcher;
    private final Cache<Source, KeyRing> rings =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    /** What makes the keys of two issuers the same. */
    private record Source(String issuer, KeySource source, Set<Algorithm> algorithms, KeyCare care) {}

    private KeyRings(Clock clock, Executor executor, Delays delays) {
        this.clock = requireNonNull(clock, "clock");
        this.delays = delays;
        this.fetcher = new Fetcher(requireNonNull(executor, "executor"), delays);
    }

    /** No keys yet: they are fetched on this executor, and age by this clock. */
    public static KeyRings of(Clock clock, Executor executor) {
        return of(clock, executor, Delays.USUAL);
    }

    static KeyRings of(Clock clock, Executor executor, Delays delays) {
        return new KeyRings(clock, executor, delays);
    }

    Clock clock() {
        return clock;
    }

    /** The issuer's ring: the one that is there, as long as somebody uses it, or a new one. */
    KeyRing of(Issuer issuer) {
        var source = new Source(issuer.issuer(), issuer.keySource(), issuer.algorithms(), issuer.keyCare());
        return rings.get(source, key -> ring(issuer));
    }

    private KeyRing ring(Issuer issuer) {
        if (issuer.keySource() instanceof KeySource.Inline inline) {
            return new FixedKeys(JwkReader.of(issuer).read(inline.jwks().getBytes(StandardCharsets.UTF_8)));
        }
        var care = issuer.keyCare();
        var copy = care.copy() == null ? null : new KeyCopy(care.copy(), issuer, clock);
        var supply = new IssuerKeys(issuer, fetcher, copy);
        return new FetchedKeys(issuer.name(), supply, clock, delays.within(care.timeout()));
    }
}
