package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is denied. Immutable.
 *
 * @param verb whether credentials are no longer good, or somebody may not call
 * @param what what sort of thing the value names
 * @param value its name; for an address one address or a range
 * @param issuer the issuer that has given the name, by its configured name or its {@code iss}; null: whoever has
 * @param before credentials that were issued earlier; null: all
 */
public record Target(
        Verb verb,
        What what,
        String value,
        @Nullable String issuer,
        @Nullable Instant before) {

    /** The longest name, in characters. */
    public static final int MAX_VALUE = 256;

    private static final Set<What> REVOCABLE = Set.of(What.TOKEN, What.SUBJECT, What.CLIENT, What.KEY, What.ISSUER);
    private static final Set<What> DENIABLE =
            Set.of(What.ADDRESS, What.SUBJECT, What.CLIENT, What.TENANT, What.ROUTE, What.RULE);
    private static final Set<What> ISSUED = Set.of(What.TOKEN, What.SUBJECT, What.CLIENT);

    /** What becomes of requests. */
    public enum Verb {
        /** Credentials are no longer good: 401, as for any that is not. */
        REVOKE,
        /** Nobody may call: 403 {@code denied-by-operator}. */
        DENY
    }

    /** What a value names. */
    public enum What {
        /** One token, by its {@code jti}. */
        TOKEN,
        /** Who calls. */
        SUBJECT,
        /** The client that acts. */
        CLIENT,
        /** An API key, or a key that signs requests, by its id. */
        KEY,
        /** All that an issuer has issued before an instant. */
        ISSUER,
        /** An address or a range. */
        ADDRESS,
        /** A tenant. */
        TENANT,
        /** A route, by its template or its id. */
        ROUTE,
        /** Whatever meets a rule, by the rule's name, or a policy's, which all of its rules begin with. */
        RULE;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that it can be denied. */
    public Target {
        requireNonNull(verb, "verb");
        requireNonNull(what, "what");
        demandText("value", value);
        if (issuer != null) {
            demandText("issuer", issuer);
        }
        var possible = verb == Verb.REVOKE ? REVOCABLE : DENIABLE;
        if (!possible.contains(what)) {
            throw new IllegalArgumentException("what: `" + what.word() + "` (expected: one of "
                    + possible.stream().map(What::word).sorted().toList() + ")");
        }
        demandFitting(verb, what, issuer, before);
    }

    private static void demandFitting(Verb verb, What what, @Nullable String issuer, @Nullable Instant before) {
        if (what == What.TOKEN && issuer == null) {
            throw new IllegalArgumentException("issuer: missing (expected: whose token it is)");
        }
        if (what == What.ISSUER && before == null) {
            throw new IllegalArgumentException(
                    "before: missing (expected: the instant; remove the issuer to take nothing of it)");
        }
        if (before != null && (verb == Verb.DENY || what == What.TOKEN || what == What.KEY)) {
            throw new IllegalArgumentException("before: beside `" + what.word()
                    + "` (expected: only where all of a subject, a client or an issuer is revoked)");
        }
        if (issuer != null && !ISSUED.contains(what)) {
            throw new IllegalArgumentException("issuer: beside `" + what.word() + "` (expected: none)");
        }
    }

    /** Revokes a token. */
    public static Target token(String issuer, String jti) {
        return new Target(Verb.REVOKE, What.TOKEN, jti, issuer, null);
    }

    /** Revokes something, whoever has issued it and whenever. */
    public static Target revoked(What what, String value) {
        return new Target(Verb.REVOKE, what, value, null, null);
    }

    /** Denies something. */
    public static Target denied(What what, String value) {
        return new Target(Verb.DENY, what, value, null, null);
    }

    /** The same for what was issued before an instant. */
    public Target issuedBefore(Instant instant) {
        requireNonNull(instant, "instant");
        return new Target(verb, what, value, issuer, instant);
    }

    /** The same for what this issuer has issued. */
    public Target of(String by) {
        return new Target(verb, what, value, by, before);
    }

    static void demandText(String name, String text) {
        if (text.isBlank() || text.length() > MAX_VALUE || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    name + ": not one (expected: 1 to " + MAX_VALUE + " characters, without control characters)");
        }
    }
}
