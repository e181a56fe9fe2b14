package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

/**
 * What a credential says of itself before anything is spent on it. Immutable.
 *
 * @param account whose it claims to be, unproven: an id as it was sent, or the hash of a credential that says nothing; empty when nobody
 *     can tell
 * @param same whether the account is no more than a name for this very credential
 * @param proven whether this very credential was verified before, by this process
 */
public record Claim(String account, boolean same, boolean proven) {

    /** The claim of a credential of which nothing can be told. */
    static final Claim UNKNOWN = new Claim("", false, false);

    /** The claim of a credential that was verified before. */
    static final Claim PROVEN = new Claim("", false, true);

    /** Checks that there is an account. */
    public Claim {
        requireNonNull(account, "account");
    }

    /** The claim of a credential that names an account. */
    static Claim of(String scheme, String account) {
        return new Claim(scheme + "|" + account, false, false);
    }

    /** The claim of a credential that names nobody. */
    static Claim of(Fingerprint print) {
        return new Claim("#" + print.hex(), true, false);
    }
}
