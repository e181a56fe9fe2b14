package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** What is to be known of credentials without proving them. Implementations are thread-safe. */
public interface Credentials {

    /**
     * What the credential of a request says of itself. Immutable.
     *
     * @param account whose it claims to be, unproven; empty when it does not say
     * @param same whether the account is but a name for this very credential, so that others of that account would be the same
     * @param proven whether this very credential was verified before, so that nobody guesses
     */
    record Claim(String account, boolean same, boolean proven) {
        /** Checks that nothing is missing. */
        public Claim {
            requireNonNull(account, "account");
        }
    }

    /** What the request's credential claims; null when it carries none that can be guessed. */
    @Nullable
    Claim claim(Request request);

    /** What a denial of a credential says of whoever sent it. */
    Kind kind(Verdict.Deny deny);

    /** What a denial is. */
    enum Kind {
        /** No credential was wrong. */
        OTHER,
        /** A credential was wrong that never was right here, as far as is known. */
        WRONG,
        /** A credential was wrong that nobody finds by guessing, such as a token: whoever sends many is in the way, and no danger. */
        FORGED,
        /** A credential came too late or too early, as those of honest clients do now and then. */
        UNTIMELY
    }
}
