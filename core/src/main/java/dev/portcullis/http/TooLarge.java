package dev.portcullis.http;

import java.io.IOException;

/** A container takes no more of a body, since it is larger than the container was told to take, or has more parts. */
public final class TooLarge extends IOException {

    private static final long serialVersionUID = 1;

    /** Says what the container said. */
    public TooLarge(Throwable cause) {
        super("larger than the container takes", cause);
    }
}
