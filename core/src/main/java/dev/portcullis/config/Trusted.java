package dev.portcullis.config;

import dev.portcullis.auth.Issuer;
import java.util.List;
import java.util.Set;

/**
 * Whose tokens are taken. Immutable.
 *
 * @param issuers the issuers of this environment
 * @param elsewhere the exact {@code iss} of those of other environments
 */
record Trusted(List<Issuer> issuers, Set<String> elsewhere) {

    /** Copies both. */
    Trusted {
        issuers = List.copyOf(issuers);
        elsewhere = Set.copyOf(elsewhere);
    }
}
