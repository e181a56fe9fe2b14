package dev.portcullis;

import org.jspecify.annotations.Nullable;

/**
 * What the container or the framework knows of a caller who has logged in with it before. Belongs to one request.
 *
 * <p>Asking begins no session.
 */
public interface Session {

    /** The name of the user who has logged in; null when nobody has. */
    @Nullable
    String user();

    /** Tells whether the user has the role. */
    boolean holds(String role);

    /** What the application keeps under the name; null when there is nothing. */
    @Nullable
    Object attribute(String name);
}
