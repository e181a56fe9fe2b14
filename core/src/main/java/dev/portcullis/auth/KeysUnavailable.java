package dev.portcullis.auth;

import dev.portcullis.fetch.CannotTell;
import org.jspecify.annotations.Nullable;

/** An issuer's keys cannot be had, so that nobody can tell whether its tokens are good. */
final class KeysUnavailable extends CannotTell {

    private static final long serialVersionUID = 1L;

    KeysUnavailable(String issuer, @Nullable String problem) {
        super("issuer `" + issuer + "`: no usable keys (" + problem + ")");
    }
}
