package dev.portcullis.abuse;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;

/**
 * Denies callers whose score is too high: 429 {@code penalized}, with {@code Retry-After} for the time until it is not, if nothing more
 * is added. Thread-safe.
 */
final class Penalty implements Check {

    static final String CODE = "penalized";

    private final Risk risk;
    private final Scores scores;
    private final int denyAt;
    private final boolean caller;
    private final Denials denials = new Denials(Reply.problem(429, "penalized"), Evidence.of("risk"));

    /**
     * A penalty.
     *
     * @param caller whether it is asked of a caller who is known; else of the address
     */
    Penalty(Risk risk, Scores scores, int denyAt, boolean caller) {
        this.risk = risk;
        this.scores = scores;
        this.denyAt = denyAt;
        this.caller = caller;
    }

    @Override
    public Verdict check(Request request) {
        if (caller && request.principal() == null) {
            return Verdict.pass();
        }
        var terms = risk.terms();
        var score = scores.of(request, caller, terms);
        if (score < denyAt) {
            return Verdict.pass();
        }
        risk.denied();
        return denials.after(scores.until(score, denyAt, terms));
    }
}
