package dev.portcullis.attack;

/** How sure a detector is; the order is that of sureness. */
enum Suspicion {
    /** Nothing to say. */
    NONE,
    /** It has parts of an attack, and innocent texts have them, too. */
    FAINT,
    /** It has the form of an attack. */
    STRONG,
    /** It has the form of an attack, and parts that nothing else has. */
    CERTAIN;

    /** The next less sure one. */
    Suspicion weaker() {
        return values()[Math.max(ordinal() - 1, 0)];
    }
}
