package dev.portcullis.spring.boot;

import dev.portcullis.Session;
import dev.portcullis.servlet.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.ClassUtils;

/** What the container and Spring Security know of a caller who has logged in. Stateless. */
final class SecuritySessions implements Sessions {

    private static final String SECURITY =
            "org.springframework.security.web.context.HttpSessionSecurityContextRepository";

    private static final String PREFIX = "ROLE_";

    private SecuritySessions() {}

    /** What is there to know: Spring Security's word where it is on the class path, else the container's alone. */
    static Sessions found() {
        return ClassUtils.isPresent(SECURITY, SecuritySessions.class.getClassLoader())
                ? new SecuritySessions()
                : Sessions.OF_THE_CONTAINER;
    }

    @Override
    public Session of(HttpServletRequest request) {
        return new Known(Sessions.OF_THE_CONTAINER.of(request));
    }

    /** What the session keeps for Spring Security's next request, and what the container knows beside it. */
    private record Known(Session container) implements Session {

        private @Nullable Authentication authentication() {
            var kept = container.attribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            var found = kept instanceof SecurityContext context ? context.getAuthentication() : null;
            return found != null && found.isAuthenticated() && !new AuthenticationTrustResolverImpl().isAnonymous(found)
                    ? found
                    : null;
        }

        @Override
        public @Nullable String user() {
            var known = authentication();
            return known == null ? container.user() : known.getName();
        }

        @Override
        public boolean holds(String role) {
            var known = authentication();
            return known == null
                    ? container.holds(role)
                    : known.getAuthorities().stream()
                            .anyMatch(authority -> authorityOf(role).equals(authority.getAuthority()));
        }

        /** A role whose name has the prefix already is the same role, as {@code isUserInRole} reads it. */
        private static String authorityOf(String role) {
            return role.startsWith(PREFIX) ? role : PREFIX + role;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return container.attribute(name);
        }
    }
}
