package dev.portcullis.servlet;

import java.io.IOException;
import java.io.Serial;

/** Ends the application's reading of a body that a rule denied while it was read. */
final class DeniedLater extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    DeniedLater() {
        super("a rule denied the request while its body was read");
    }
}
