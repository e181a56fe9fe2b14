package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that was changed while the gate ran, or that an operator should know of beside what becomes of requests. Immutable.
 *
 * @param at when
 * @param what a stable kebab-case word, such as {@code revoked} or {@code policy-reloaded}
 * @param by who did it: a caller's id with its issuer, or {@code gate}
 * @param details what more there is to say, by stable words; never a credential
 */
public record Change(Instant at, String what, String by, Map<String, String> details) {

    /** Copies the details. */
    public Change {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(by, "by");
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
