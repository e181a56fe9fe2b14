package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators have taken back or denied, as written, and how that is shared. Immutable.
 *
 * @param entries what is denied
 * @param file a file with more entries
 * @param reload how often that file is looked at
 * @param poll how often the ledger is asked
 * @param maxStale how long what is known is good
 * @param cache the file in which what is known is kept
 * @param maxEntries how many may be made while the gate runs
 * @param mode whether denials are enforced
 */
public record DenialSettings(
        @Key(description = "Credentials that are revoked, and what is denied.", type = Key.Type.PART) @Nullable
        List<Entry> entries,

        @Key(description = "A file with more `entries`, as YAML or JSON, such as `file:/etc/portcullis/denials.yml`.")
        @Nullable
        String file,

        @Key(
                description = "How often that file is looked at; what is new in it holds after so long.",
                defaultValue = "30s",
                type = Key.Type.DURATION)
        @Nullable
        String reload,

        @Key(
                description = "How often the ledger is asked; what another node denies holds here after so long.",
                defaultValue = "500ms",
                type = Key.Type.DURATION)
        @Nullable
        String poll,

        @Key(
                description =
                        "How long what is known is good while the ledger cannot tell; after that, callers who proved who they are get 503.",
                defaultValue = "5m",
                type = Key.Type.DURATION)
        @Nullable
        String maxStale,

        @Key(
                description =
                        "A file, `file:` and a path, in which what the ledger has told is kept for a start while it is away; the service alone may write it.")
        @Nullable
        String cache,

        @Key(
                description = "How many denials made while the gate runs may hold at once, at most 100000.",
                defaultValue = "10000",
                type = Key.Type.COUNT)
        @Nullable
        String maxEntries,

        @Key(
                description =
                        "Whether denials are enforced; what is observed is told to the operator and denies nothing.",
                defaultValue = "the mode at the top",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /**
     * One denial, as written. Immutable.
     *
     * @param revoke what sort of credentials are revoked
     * @param deny what sort of thing is denied
     * @param value which of them
     * @param issuer whose token, subject or client it is
     * @param before which of them by the time of issue
     * @param until until when
     * @param reason why
     */
    public record Entry(
            @Key(
                    description =
                            "Credentials of what are no longer good: 401. For `issuer`, those issued before an instant.",
                    oneOf = {"token", "subject", "client", "key", "issuer"})
            @Nullable
            String revoke,

            @Key(
                    description = "What is denied: 403.",
                    oneOf = {"address", "subject", "client", "tenant", "route", "rule"})
            @Nullable
            String deny,

            @Key(
                    description =
                            "Its name: a token's `jti`, a caller, a client, a key's id, an address or range, a route's template, a rule.")
            @Nullable
            String value,

            @Key(description = "The issuer that has given the name, as `issuers.NAME` or its `iss`.") @Nullable
            String issuer,

            @Key(description = "Only what was issued before, such as `2026-07-01T12:00:00Z`.") @Nullable
            String before,

            @Key(description = "When it is over.", defaultValue = "never") @Nullable
            String until,

            @Key(description = "Why, for operators.") @Nullable
            String reason) {}

    /** The content of a file. */
    record Listed(
            @Key(description = "What is denied.", type = Key.Type.PART) @Nullable
            List<Entry> entries) {}
}
