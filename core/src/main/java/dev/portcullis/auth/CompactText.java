package dev.portcullis.auth;

import dev.portcullis.Verdict;

/** What the text of a bearer token turned out to be. */
sealed interface CompactText permits CompactJws, CompactText.Unusable {

    /** No signed token, or one that must not be accepted whoever signed it. */
    record Unusable(Verdict.Deny deny) implements CompactText {}
}
