package dev.portcullis.drill;

import dev.portcullis.drill.Answer.Fate;

/** Says what the answer to an attack proves, beside the answer to a harmless request. Thread-safe. */
@FunctionalInterface
interface Proof {

    /** The harmless request succeeds; the attack must be denied. */
    Proof UNLIKE_THE_HARMLESS = (attack, harmless) -> {
        if (attack.isSuccess()) {
            return Judgement.passed("answered like a harmless request");
        }
        if (!harmless.isSuccess()) {
            return Judgement.open("the harmless request is answered " + harmless.shown());
        }
        return attack.isFailure() ? Judgement.passed("the application failed over it") : denied(attack);
    };

    /** The same of a parameter that was made up: who answers as if there were none proves nothing. */
    Proof UNLIKE_THE_HARMLESS_IF_HEEDED = (attack, harmless) ->
            attack.isSuccess() && harmless.isSuccess() && attack.body().equals(harmless.body())
                    ? Judgement.open(
                            "the made-up parameter `q` changes nothing (expected: --path with a real one, such as /search?q=chain)")
                    : UNLIKE_THE_HARMLESS.judge(attack, harmless);

    /** Without the trick the request is kept away (401, 403); with it, too. */
    Proof NO_WAY_IN = (attack, kept) -> {
        if (!kept.isKeptAway()) {
            return Judgement.open(
                    "without the trick it is answered " + kept.shown() + ", so nothing is kept away here");
        }
        return attack.isSuccess() ? Judgement.passed("a way in") : denied(attack);
    };

    /** No success is right, whatever a harmless request gets. */
    Proof NEVER = (attack, harmless) -> attack.isSuccess() ? Judgement.passed("it was answered") : denied(attack);

    /** Where one is kept away and where everything is open: another spelling of the path is no success. */
    Proof NEITHER = (attack, plain) -> attack.isSuccess()
            ? Judgement.passed(plain.isSuccess() ? "taken for the plain path" : "a way in")
            : plain.isSuccess() || plain.isKeptAway()
                    ? denied(attack)
                    : Judgement.open("the plain path is answered " + plain.shown());

    /** What the answers prove. */
    Judgement judge(Answer attack, Answer baseline);

    private static Judgement denied(Answer attack) {
        if (attack.isDenial()) {
            return new Judgement(Trial.Fate.DENIED, "");
        }
        return attack.fate() == Fate.ANSWERED
                ? Judgement.open("answered " + attack.shown() + ", which is neither success nor denial")
                : Judgement.open("no answer in time");
    }

    /** A proof by what an attack does: passed where it shows, else denied. */
    static Proof unless(String shows, Sign sign) {
        return (attack, harmless) -> attack.fate() != Fate.ANSWERED && attack.fate() != Fate.CLOSED
                ? Judgement.open("no answer in time")
                : sign.shows(attack, harmless) ? Judgement.passed(shows) : new Judgement(Trial.Fate.DENIED, "");
    }

    /** What shows that an attack had an effect. */
    interface Sign {
        boolean shows(Answer attack, Answer harmless);
    }

    /**
     * What is proven. Immutable.
     *
     * @param fate what became of the attack
     * @param reason why; empty for a denial
     */
    record Judgement(Trial.Fate fate, String reason) {

        static Judgement passed(String reason) {
            return new Judgement(Trial.Fate.PASSED, reason);
        }

        static Judgement open(String reason) {
            return new Judgement(Trial.Fate.INCONCLUSIVE, reason);
        }
    }
}
