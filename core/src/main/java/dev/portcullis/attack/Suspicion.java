package dev.portcullis.attack;

/** How sure a detector is; the order is that of sureness. */
enum Suspicion {
    /** Nothing to say. */
    NONE(0),
    /** It has parts of an attack, and innocent texts have them, too. */
    FAINT(2),
    /** It has the form of an attack. */
    STRONG(5),
    /** It has the form of an attack, and parts that nothing else has. */
    CERTAIN(10);

    private final int score;

    Suspicion(int score) {
        this.score = score;
    }

    /** The same as a number for operators. */
    int score() {
        return score;
    }

    /** The next less sure one. */
    Suspicion weaker() {
        return values()[Math.max(ordinal() - 1, 0)];
    }
}
