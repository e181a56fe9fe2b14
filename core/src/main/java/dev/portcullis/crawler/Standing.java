package dev.portcullis.crawler;

/** What is known of an agent that may say that it is a crawler. */
public enum Standing {
    /** It says nothing of the kind. */
    NONE,
    /** It says so, and its address proves it. */
    VERIFIED,
    /** It says so, and its address is none of that crawler's. */
    FORGED,
    /** It says so, and nobody has looked its address up yet. */
    UNKNOWN,
    /** It says so, and the name service could not tell. */
    UNTOLD
}
