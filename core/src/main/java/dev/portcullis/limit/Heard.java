package dev.portcullis.limit;

import dev.portcullis.Ending;

/** What the end of an exchange says of the handler. */
enum Heard {
    /** It answered, be it that the client is to blame. */
    SUCCESS,
    /** It threw, or answered with 5xx. */
    FAILURE,
    /** It was not asked, or not listened to. */
    NOTHING;

    static Heard of(Ending ending, int status) {
        return switch (ending) {
            case ANSWERED -> status >= 500 ? FAILURE : SUCCESS;
            case UPGRADED -> SUCCESS;
            case FAILED -> FAILURE;
            case DENIED_LATER, ABORTED -> NOTHING;
        };
    }
}
