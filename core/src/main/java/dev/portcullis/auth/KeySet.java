package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.List;

/** The keys of one issuer. Immutable; two of them are the same only if they are one. */
@TrustedBase
final class KeySet {

    /** How many keys are tried for a token that names none. */
    private static final int MAX_TRIED = 4;

    private final List<VerificationKey> keys;
    private final List<String> notes;

    /**
     * A key set.
     *
     * @param keys those that can be used
     * @param notes why others cannot, for the operator
     */
    KeySet(List<VerificationKey> keys, List<String> notes) {
        this.keys = List.copyOf(keys);
        this.notes = List.copyOf(notes);
    }

    List<VerificationKey> keys() {
        return keys;
    }

    List<String> notes() {
        return notes;
    }

    /**
     * The keys that a token with this key id and algorithm may be signed by.
     *
     * <p>An id selects exactly the keys of that id. Without id, it may be any key that has none, or one of few that fit.
     */
    List<VerificationKey> candidates(String kid, Algorithm algorithm) {
        var found = new ArrayList<VerificationKey>(1);
        for (var i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            if (key.isFor(algorithm) && (kid.isEmpty() || kid.equals(key.kid()))) {
                found.add(key);
            }
        }
        return found.size() <= MAX_TRIED ? found : List.of();
    }

    /** Tells whether some key has this id. */
    boolean holds(String kid) {
        return keys.stream().anyMatch(key -> key.kid().equals(kid));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Tells whether both hold the same keys for the same uses. */
    boolean sameKeys(KeySet other) {
        return keys.equals(other.keys);
    }
}
