package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys, made for looking up. Immutable. */
@TrustedBase
public final class KeyTable {

    private static final KeyTable EMPTY = new KeyTable(Map.of(), Map.of(), Map.of());

    private final HashedKeys plain;
    private final HashedKeys peppered;
    private final Map<String, ApiKey> byId;

    private KeyTable(Map<Fingerprint, ApiKey> plain, Map<Fingerprint, ApiKey> peppered, Map<String, ApiKey> byId) {
        this.plain = new HashedKeys(plain);
        this.peppered = new HashedKeys(peppered);
        this.byId = byId;
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
                (secret.hash().peppered() ? peppered : plain).put(secret.hash().print(), key);
            }
        }
        return new KeyTable(plain, peppered, byId);
    }

    private static void demandAbsent(@Nullable ApiKey other, ApiKey key, String what) {
        if (other != null) {
            throw new IllegalArgumentException(
                    "api-keys: clients `" + other.client().id() + "` and `"
                            + key.client().id() + "` hold " + what + " (expected: every key once)");
        }
    }

    /** The pass of a key that needs nothing but itself; null when there is none. */
    Verdict.@Nullable Pass pass(PresentedKey key) {
        var pass = plain.isEmpty() ? null : plain.pass(key.plain());
        return pass == null && isPeppered(key) ? peppered.pass(key.peppered()) : pass;
    }

    private boolean isPeppered(PresentedKey key) {
        return !peppered.isEmpty() && key.hasPepper();
    }

    /** The key that has the hash of the one that was presented; null when there is none. */
    @Nullable
    ApiKey find(PresentedKey key) {
        var found = plain.isEmpty() ? null : plain.find(key.plain());
        return found == null && isPeppered(key) ? peppered.find(key.peppered()) : found;
    }

    /**
     * The key that has this id, and was not found by its hash: whoever presented it does not have its secret.
     *
     * @param id what stands where a key has its id; null for nothing
     * @throws IllegalStateException when there is none, and it may be one with a pepper that is not here
     */
    @Nullable
    ApiKey named(@Nullable String id, PresentedKey key) {
        var found = id == null ? null : byId.get(id);
        if (found == null && !peppered.isEmpty()) {
            key.demandPepper();
        }
        return found;
    }
}
