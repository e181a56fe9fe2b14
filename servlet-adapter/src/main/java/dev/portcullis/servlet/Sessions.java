package dev.portcullis.servlet;

import dev.portcullis.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells what the container or a framework knows of a caller who has logged in with it. Implementations are thread-safe. */
@FunctionalInterface
public interface Sessions {

    /** The container's own word: {@code getUserPrincipal}, {@code isUserInRole} and the attributes of its session. */
    Sessions OF_THE_CONTAINER = OfTheContainer::new;

    /** What is known of the request's caller. It begins no session. */
    Session of(HttpServletRequest request);

    /** The container's own word. */
    record OfTheContainer(HttpServletRequest request) implements Session {

        @Override
        public @Nullable String user() {
            var principal = request.getUserPrincipal();
            return principal == null ? null : principal.getName();
        }

        @Override
        public boolean holds(String role) {
            return request.isUserInRole(role);
        }

        @Override
        public @Nullable Object attribute(String name) {
            var session = request.getSession(false);
            return session == null ? null : session.getAttribute(name);
        }
    }
}
