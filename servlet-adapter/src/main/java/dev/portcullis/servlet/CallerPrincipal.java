package dev.portcullis.servlet;

import jakarta.servlet.ServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The caller, as the application sees it through {@code getUserPrincipal()}. Immutable.
 *
 * @param caller who the gate says it is
 */
public record CallerPrincipal(dev.portcullis.Principal caller) implements Principal {

    /**
     * The caller that the gate has identified: by the rules of the present target, else by those of the request. Null when they have
     * identified nobody, or when the gate has not seen the request.
     */
    public static @Nullable CallerPrincipal of(ServletRequest request) {
        var exchange = Exchange.of(request);
        var known = exchange == null ? null : exchange.caller();
        return known == null ? null : new CallerPrincipal(known);
    }

    /** The caller's id. */
    @Override
    public String getName() {
        return caller.id();
    }
}
