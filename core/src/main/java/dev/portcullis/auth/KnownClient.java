package dev.portcullis.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered here, whatever it proves itself by. Immutable.
 *
 * @param id its name, under which its limits count
 * @param scopes what it may do
 * @param roles what it is
 * @param tenant its tenant; null when there is none
 * @param tier its plan; null when there is none
 */
public record KnownClient(
        String id,
        Set<String> scopes,
        Set<String> roles,
        @Nullable String tenant,
        @Nullable String tier) {

    /** Copies the collections. */
    public KnownClient {
        if (id.isBlank()) {
            throw new IllegalArgumentException("client: blank (expected: an id)");
        }
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /** A client of which nothing but the name is known. */
    public static KnownClient named(String id) {
        return new KnownClient(id, Set.of(), Set.of(), null, null);
    }
}
