package dev.portcullis.auth;

/** What was asked elsewhere cannot be answered now, so that nobody can tell whether a credential is good. */
final class CannotTell extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotTell(String message) {
        super(message, null, false, false);
    }

    /** The last cause of a failure, in one line fit for logs. */
    static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return Shown.of(
                cause instanceof CannotTell && message != null
                        ? message
                        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }
}
