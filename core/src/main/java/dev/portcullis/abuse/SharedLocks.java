package dev.portcullis.abuse;

/** Locks that several nodes share. Implementations are thread-safe, and never keep a caller waiting. */
interface SharedLocks {

    /** Those of a node that shares with nobody. */
    SharedLocks NOBODYS = new SharedLocks() {};

    /** Takes in what other nodes have entered, when it is time. */
    default void refresh() {}

    /** Lets other nodes know that somebody is locked out for so many milliseconds. */
    default void publish(Subject subject, long lasts) {}

    /** How often the others could not be asked or told. */
    default long failures() {
        return 0;
    }
}
