package dev.portcullis.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a client that went away from an application that failed. Containers say it by types of their own. */
final class ClientGone {

    private static final Set<String> SAID_BY =
            Set.of("ClientAbortException", "EofException", "AsyncRequestNotUsableException", "CloseNowException");
    private static final int MAX_CAUSES = 16;

    private ClientGone() {}

    static boolean isCauseOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (var depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (SAID_BY.contains(cause.getClass().getSimpleName())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
