package dev.portcullis.ip;

import dev.portcullis.fetch.CannotTell;

/** Says that nobody can tell whether an address is in a feed, since it was never there or is too old. */
final class FeedUnavailable extends CannotTell {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace, since it is made once and thrown at every request. */
    FeedUnavailable(String message) {
        super(message);
    }
}
