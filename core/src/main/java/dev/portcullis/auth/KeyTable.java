package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys, made for looking up. Immutable. */
@TrustedBase
public final class KeyTable {

    private static final KeyTable EMPTY = new KeyTable(Map.of(), Map.of(), Map.of());

    private final HashedKeys plain;
    private final HashedKeys peppered;
    private final Map<String, ApiKey> byId;
    private final List<ApiKey> identified;

    private KeyTable(Map<Fingerprint, ApiKey> plain, Map<Fingerprint, ApiKey> peppered, Map<String, ApiKey> byId) {
        this.plain = new HashedKeys(plain);
        this.peppered = new HashedKeys(peppered);
        this.byId = byId;
        this.identified = List.copyOf(byId.values());
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
     * The denial of a secret that is not the one of the key with this id; null when no key has the id. Finding out takes as long either
     * way, as far as that can be: where there is none, another key is looked at in its stead.
     *
     * @param id what stands where a key has its id; null for nothing
     * @throws IllegalStateException when it may be one with a pepper that is not here
     */
    Verdict.@Nullable Deny wrong(@Nullable String id, PresentedKey key) {
        var named = id == null ? null : byId.get(id);
        if (named == null && !peppered.isEmpty()) {
            key.demandPepper();
        }
        if (id == null || identified.isEmpty()) {
            return null;
        }
        var looked = named == null ? identified.get(Math.floorMod(id.hashCode(), identified.size())) : named;
        var deny = looked.wrong(key);
        return id.equals(looked.id()) ? deny : null;
    }
}
