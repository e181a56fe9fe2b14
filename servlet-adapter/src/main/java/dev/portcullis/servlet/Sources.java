package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

/**
 * Who knows of a request what the container's own request does not say.
 *
 * @param routes where it will go
 * @param sessions who has logged in
 */
record Sources(Routes routes, Sessions sessions) {

    /** Nobody knows more than the container. */
    static final Sources OF_THE_CONTAINER = new Sources(Routes.UNKNOWN, Sessions.OF_THE_CONTAINER);

    Sources {
        requireNonNull(routes, "routes");
        requireNonNull(sessions, "sessions");
    }
}
