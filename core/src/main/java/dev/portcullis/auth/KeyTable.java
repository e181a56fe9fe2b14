package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys, made for looking up. Immutable. */
@TrustedBase
public final class KeyTable {

    private static final KeyTable EMPTY = new KeyTable(List.of(), Map.of(), Map.of());

    private final IdentifiedKeys identified;
    private final Map<Fingerprint, ApiKey> plain;
    private final Map<Fingerprint, ApiKey> peppered;

    private KeyTable(Collection<ApiKey> identified, Map<Fingerprint, ApiKey> plain, Map<Fingerprint, ApiKey> peppered) {
        this.identified = new IdentifiedKeys(identified);
        this.plain = Map.copyOf(plain);
        this.peppered = Map.copyOf(peppered);
    }

    /** The table without any key. */
    public static KeyTable empty() {
        return EMPTY;
    }

    /**
     * The table of these keys.
     *
     * @throws IllegalArgumentException when two keys have one id or one hash
     */
    public static KeyTable of(Collection<ApiKey> keys) {
        var byId = new HashMap<String, ApiKey>();
        var hashes = new HashMap<KeyHash, ApiKey>();
        var plain = new HashMap<Fingerprint, ApiKey>();
        var peppered = new HashMap<Fingerprint, ApiKey>();
        for (var key : keys) {
            var id = key.id();
            if (id != null) {
                demandAbsent(byId.put(id, key), key, "the id `" + id + "`");
            }
            for (var secret : key.secrets()) {
                demandAbsent(hashes.put(secret.hash(), key), key, "the same key");
                if (id == null) {
                    (secret.hash().peppered() ? peppered : plain)
                            .put(secret.hash().print(), key);
                }
            }
        }
        return new KeyTable(byId.values(), plain, peppered);
    }

    private static void demandAbsent(@Nullable ApiKey other, ApiKey key, String what) {
        if (other != null) {
            throw new IllegalArgumentException(
                    "api-keys: clients `" + other.client().id() + "` and `"
                            + key.client().id() + "` hold " + what + " (expected: every key once)");
        }
    }

    /** The pass of a key with an id that needs nothing else to be asked; null when there is none. */
    Verdict.@Nullable Pass pass(PresentedKey key, Clock clock) {
        return identified.pass(key, clock);
    }

    /** The key with the id of the one that was presented, else the one that is known by its hash alone; null when there is none. */
    @Nullable
    ApiKey find(PresentedKey key) {
        var found = identified.find(key);
        if (found == null && !plain.isEmpty()) {
            found = plain.get(key.plain());
        }
        return found != null || peppered.isEmpty() ? found : peppered.get(key.peppered());
    }
}
