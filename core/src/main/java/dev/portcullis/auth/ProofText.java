package dev.portcullis.auth;

import dev.portcullis.Verdict;

/** What the text of a {@code DPoP} header turned out to be. */
sealed interface ProofText permits DpopProof, ProofText.Unusable {

    /** No proof, or one that must not be accepted whoever signed it. */
    record Unusable(Verdict.Deny deny) implements ProofText {}
}
