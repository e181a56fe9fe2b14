package dev.portcullis;

/** How an exchange ended. */
public enum Ending {
    /** A response was sent, by the application or by the gate. */
    ANSWERED,
    /**
     * A watch denied the request while it was under way; to a watch also, that a later rule denied or answered it, so that the
     * application was never asked.
     */
    DENIED_LATER,
    /** The application failed. */
    FAILED,
    /** The client went away. */
    ABORTED,
    /** The connection was handed over to another protocol. */
    UPGRADED
}
