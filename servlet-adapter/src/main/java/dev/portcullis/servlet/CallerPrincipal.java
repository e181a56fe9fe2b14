package dev.portcullis.servlet;

import java.security.Principal;

/**
 * The caller, as the application sees it through {@code getUserPrincipal()}. Immutable.
 *
 * @param caller who the gate says it is
 */
public record CallerPrincipal(dev.portcullis.Principal caller) implements Principal {

    /** The caller's id. */
    @Override
    public String getName() {
        return caller.id();
    }
}
