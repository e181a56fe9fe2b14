package dev.portcullis.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who has used a quota, as far as that is remembered: those who come often stay when there is no room for all. Thread-safe. */
final class Callers {

    /** How many are remembered for each quota. */
    static final int MAX_REMEMBERED = 1000;

    /** How many of them are looked at, those who came most often. */
    static final int MAX_LOOKED_AT = 200;

    private final Cache<MeterKey, Principal> seen = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    void see(MeterKey key, Principal caller) {
        if (seen.getIfPresent(key) == null) {
            seen.put(key, slim(caller));
        }
    }

    /** Only what counts depend on: what a token says beside that is nobody's to keep. */
    private static Principal slim(Principal caller) {
        return new Principal(
                caller.client(),
                caller.kind(),
                caller.issuer(),
                caller.client(),
                caller.tenant(),
                caller.tier(),
                Set.of(),
                Set.of(),
                Map.of(),
                caller.proof());
    }

    /** Those who came most often. */
    Collection<Principal> often() {
        return seen.policy()
                .eviction()
                .<Collection<Principal>>map(
                        eviction -> eviction.hottest(MAX_LOOKED_AT).values())
                .orElse(List.of());
    }
}
