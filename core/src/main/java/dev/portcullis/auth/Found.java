package dev.portcullis.auth;

import dev.portcullis.Verdict;

/**
 * What a token turned out to be, whoever brings it. Immutable.
 *
 * @param verdict who calls with it, or why nobody may
 * @param binding what it is bound to
 * @param demanded what its issuer's tokens must be bound to
 */
record Found(Verdict verdict, Binding binding, Possession demanded) {

    /** A token with which nobody may call. */
    static Found denied(Verdict.Deny deny) {
        return new Found(deny, Binding.NONE, Possession.NONE);
    }
}
