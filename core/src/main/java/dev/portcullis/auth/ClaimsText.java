package dev.portcullis.auth;

import dev.portcullis.Verdict;

/** What the payload of a token turned out to be. */
sealed interface ClaimsText permits Claims, ClaimsText.Unusable {

    /** No claims, or claims without which no token is accepted. */
    record Unusable(Verdict.Deny deny) implements ClaimsText {}
}
