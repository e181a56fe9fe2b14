package dev.portcullis.auth;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The denials of proofs of possession, made once. What the client sees is what RFC 9449 has words for; the reason is for the operator. */
final class DpopDenials {

    static final String NONCE_HEADER = "DPoP-Nonce";

    private static final String ALGORITHMS = Stream.of(Algorithm.values())
            .filter(algorithm -> !algorithm.isSymmetric())
            .map(Enum::name)
            .collect(Collectors.joining(" ", "algs=\"", "\""));

    /** The challenge to a client that sent nothing. */
    static final String CHALLENGE = "DPoP " + Scheme.REALM + ", " + ALGORITHMS;

    private static final Reply INVALID_PROOF =
            challenging(Reply.problem(401, "invalid-dpop-proof"), "invalid_dpop_proof");
    private static final Reply INVALID_TOKEN = challenging(Reply.problem(401, "invalid-token"), "invalid_token");
    private static final Reply USE_NONCE = challenging(Reply.problem(401, "use-dpop-nonce"), "use_dpop_nonce");

    static final Verdict.Deny MISSING = because("missing-proof");
    static final Verdict.Deny SEVERAL = because("several-proofs");
    static final Verdict.Deny MALFORMED = because("malformed-proof");
    static final Verdict.Deny TYPE = because("wrong-proof-type");
    static final Verdict.Deny ALGORITHM = because("proof-algorithm-not-allowed");
    static final Verdict.Deny KEY = because("unusable-proof-key");
    static final Verdict.Deny OTHER_KEY = because("wrong-proof-key");
    static final Verdict.Deny METHOD = because("proof-for-another-method");
    static final Verdict.Deny TARGET = because("proof-for-another-target");
    static final Verdict.Deny TIME = because("proof-out-of-time");
    static final Verdict.Deny TOKEN = because("proof-for-another-token");
    static final Verdict.Deny SIGNATURE = because("bad-proof-signature");
    static final Verdict.Deny REPLAY = because("replayed-proof");

    private static final Verdict.Evidence NONCE = Verdict.Evidence.of("proof-without-nonce");

    private DpopDenials() {}

    private static Reply challenging(Reply reply, String error) {
        return reply.with("WWW-Authenticate", CHALLENGE + ", error=\"" + error + "\"");
    }

    private static Verdict.Deny because(String reason) {
        return Verdict.deny(INVALID_PROOF, Verdict.Evidence.of(reason));
    }

    /** The denial of a proof that must carry this nonce. */
    static Verdict.Deny use(String nonce) {
        return Verdict.deny(USE_NONCE.with(NONCE_HEADER, nonce), NONCE);
    }

    /** The denial of a token to whoever speaks of proofs. */
    static Verdict.Deny ofToken(Verdict.Deny deny) {
        return Verdict.deny(INVALID_TOKEN, deny.evidence());
    }
}
