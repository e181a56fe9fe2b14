package dev.portcullis.respond.leak;

/** What is done about a leak, the mildest first. */
public enum Action {
    /** It is told and counted; the response goes out as it is. */
    COUNT,
    /** It goes out as asterisks. */
    MASK,
    /** The response does not go out. */
    STOP
}
