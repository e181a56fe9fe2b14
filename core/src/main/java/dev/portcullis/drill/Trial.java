package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import dev.portcullis.drill.Proof.Judgement;

/**
 * What became of one attack. Immutable.
 *
 * @param kind the class
 * @param id the attack's id within it
 * @param aim where it went
 * @param where where it stood
 * @param request the first line of it, printable and shortened
 * @param status the status, or what came instead of an answer
 * @param fate what became of it
 * @param reason why it is no denial; empty for one
 */
public record Trial(
        String kind, String id, Aim aim, String where, String request, String status, Fate fate, String reason) {

    private static final int LONGEST = 160;

    /** Checks that all is there. */
    public Trial {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(aim, "aim");
        requireNonNull(where, "where");
        requireNonNull(request, "request");
        requireNonNull(status, "status");
        requireNonNull(fate, "fate");
        requireNonNull(reason, "reason");
    }

    /** What became of an attack. */
    public enum Fate {
        /** It was denied. */
        DENIED,
        /** It got through. */
        PASSED,
        /** It proves nothing, or was not sent. */
        INCONCLUSIVE
    }

    static Trial of(String kind, Aim aim, Shot shot, Verdict verdict) {
        var draft = shot.attack();
        // A token in the query is the one credential that a first line may hold.
        var line = draft.method() + " " + draft.target().replaceAll("access_token=.*", "access_token=...");
        return new Trial(
                kind,
                shot.id(),
                aim,
                printable(shot.where()),
                printable(line),
                verdict.status(),
                verdict.judgement().fate(),
                verdict.judgement().reason());
    }

    /** What is said of a shot. */
    record Verdict(String status, Judgement judgement) {}

    Trial inconclusive(String why) {
        return new Trial(kind, id, aim, where, request, status, Fate.INCONCLUSIVE, why);
    }

    private static String printable(String text) {
        var shown = text.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
    }
}
