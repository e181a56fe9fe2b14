package dev.portcullis.servlet;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
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
            if (SAID_BY.contains(cause.getClass().getSimpleName()) || isOfTheConnection(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * Tomcat tells asynchronous answers of its connection's own failure, whose type anybody's connections have: so what tells is who
     * was writing to, or reading from, the connection.
     */
    private static boolean isOfTheConnection(Throwable cause) {
        return cause instanceof IOException
                && Stream.of(cause.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .dropWhile(name -> name.startsWith("java.") || name.startsWith("sun."))
                        .limit(1)
                        .anyMatch(name -> name.startsWith("org.apache.tomcat.util.net."));
    }
}
