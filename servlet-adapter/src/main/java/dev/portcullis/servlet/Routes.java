package dev.portcullis.servlet;

import dev.portcullis.Route;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a request will go, before it goes there.
 *
 * <p>Implementations are thread-safe. An exception means that they cannot tell, and the request is denied.
 */
@FunctionalInterface
public interface Routes {

    /** Nobody knows: policies are bound to paths alone. */
    Routes UNKNOWN = request -> null;

    /** The route of the request; null when it goes to nothing that has a name. */
    @Nullable
    Route of(HttpServletRequest request);

    /** Whether this servlet holds each request against what was judged, so that no filter in between can change it unseen. */
    default boolean holds(ServletRegistration servlet) {
        return false;
    }
}
