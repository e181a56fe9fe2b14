package dev.portcullis.ip;

/** Says why a feed is not taken as it is. The message is for the operator. */
final class NotTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotTaken(String message) {
        super(message);
    }
}
