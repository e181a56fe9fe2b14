package dev.portcullis.drill;

import dev.portcullis.Header;
import java.util.List;

/**
 * What came back. Immutable.
 *
 * @param fate whether anything did
 * @param status the status; 0 without an answer
 * @param fields the header fields
 * @param body the body, a character for each byte, as far as it was read
 * @param responses how many answers there were
 * @param closed whether the connection was closed behind them
 */
record Answer(Fate fate, int status, List<Header> fields, String body, int responses, boolean closed) {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BAD_VERSION = 505;

    /** Whether anything came back. */
    enum Fate {
        /** An answer did. */
        ANSWERED,
        /** The connection was closed without one. */
        CLOSED,
        /** Nothing came in time. */
        SILENT,
        /** Nobody was there. */
        UNREACHABLE
    }

    Answer {
        fields = List.copyOf(fields);
    }

    static Answer none(Fate fate) {
        return new Answer(fate, 0, List.of(), "", 0, true);
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Tells whether somebody is asked who he is, or kept away. */
    boolean isKeptAway() {
        return status == 401 || status == 403;
    }

    /** Tells whether the request was denied; to close the connection is a way to do so. */
    boolean isDenial() {
        return fate == Fate.CLOSED
                || status / 100 == 4
                || status == NOT_IMPLEMENTED
                || status == UNAVAILABLE
                || status == BAD_VERSION;
    }

    /** Tells whether the application failed. */
    boolean isFailure() {
        return status / 100 == 5 && !isDenial();
    }

    /** Tells whether the answer is about how many requests there were, and not about this one. */
    boolean isLimited() {
        return status == TOO_MANY;
    }

    /** The first value of a field; empty when there is none. */
    String field(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** The status, or what came instead. */
    String shown() {
        return switch (fate) {
            case ANSWERED -> Integer.toString(status);
            case CLOSED -> "closed";
            case SILENT -> "silent";
            case UNREACHABLE -> "unreachable";
        };
    }
}
