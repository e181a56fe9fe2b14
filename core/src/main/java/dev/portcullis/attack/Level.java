package dev.portcullis.attack;

/** How sure a detector must be before {@link Attacks} denies. */
public enum Level {
    /** Denies what can hardly be anything else; for applications whose users write about code. */
    LOW(Suspicion.CERTAIN),
    /** Denies what an innocent user hardly ever sends. */
    BALANCED(Suspicion.STRONG),
    /** Denies what merely could be an attack; for machine interfaces whose values are plain. */
    STRICT(Suspicion.FAINT);

    private final Suspicion least;

    Level(Suspicion least) {
        this.least = least;
    }

    /** Of both levels the one that denies less. */
    Level orMoreLenient(Level other) {
        return compareTo(other) <= 0 ? this : other;
    }

    boolean denies(Suspicion suspicion) {
        return suspicion.compareTo(least) >= 0;
    }
}
