package dev.portcullis.fetch;

import dev.portcullis.http.Shown;

/** What was asked elsewhere cannot be answered now, so that nobody can tell what depends on it. */
public class CannotTell extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why, for the operator. */
    public CannotTell(String message) {
        super(message, null, false, false);
    }

    /** The last cause of a failure, in one line fit for logs. */
    public static String reason(Throwable failure) {
        var cause = last(failure);
        var message = cause.getMessage();
        return Shown.of(
                cause instanceof CannotTell && message != null
                        ? message
                        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }

    /** What a failure began with. */
    static Throwable last(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
