package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a check has proven it. Immutable.
 *
 * @param id the caller's name, unique together with {@code issuer}
 * @param kind what sort of caller it is
 * @param issuer who vouches: the name of the configured issuer, or {@code clients} for API keys
 * @param client the client that acts, under whose name limits count; the {@code id} when nothing else is known
 * @param tenant the caller's tenant; null when there is none
 * @param tier the caller's plan; null when there is none
 * @param scopes what the credential may be used for
 * @param roles what the caller is
 * @param claims what else the credential says, as JSON values of the JDK's types; unmodifiable
 * @param proof how the caller was proven, such as {@code jwt} or {@code api-key}
 */
public record Principal(
        String id,
        Kind kind,
        String issuer,
        String client,
        @Nullable String tenant,
        @Nullable String tier,
        Set<String> scopes,
        Set<String> roles,
        Map<String, Object> claims,
        String proof) {

    /** What sort of caller. */
    public enum Kind {
        /** A person. */
        USER,
        /** A program acting on its own behalf. */
        SERVICE,
        /** A registered client that holds a key. */
        CLIENT
    }

    /** Copies the collections. */
    public Principal {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(issuer, "issuer");
        requireNonNull(client, "client");
        requireNonNull(proof, "proof");
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
        claims = Map.copyOf(claims);
    }
}
