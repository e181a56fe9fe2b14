package dev.portcullis.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what an application does with its sessions, and warns once of what makes them easy to steal: cookies that scripts, plain HTTP or other
 * sites can have, and a session that keeps its id when its user logs in. It changes nothing, and touches no session that the
 * application does not touch. Thread-safe.
 */
final class SessionCare {

    private static final String SET_COOKIE = "Set-Cookie";
    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    /** How many different warnings are given at most. */
    private static final int MAX_WARNINGS = 50;

    private final Sessions sessions;
    private final Set<String> given = ConcurrentHashMap.newKeySet();

    SessionCare(Sessions sessions) {
        this.sessions = sessions;
    }

    Visit before(HttpServletRequest request) {
        return new Visit(request);
    }

    private void warn(String about, String help) {
        if (given.size() < MAX_WARNINGS && given.add(about)) {
            LOG.warn("{} ({})", about, help);
        }
    }

    /** What one request does with sessions. Belongs to one request. */
    final class Visit {

        private final HttpServletRequest request;
        private boolean noted;
        private @Nullable String id;
        private @Nullable String user;

        private Visit(HttpServletRequest request) {
            this.request = request;
        }

        /** Keeps how it stood when the application first asked for its session. Returns the session that there is. */
        @Nullable
        HttpSession noted() {
            var session = request.getSession(false);
            if (!noted) {
                noted = true;
                id = session == null ? null : session.getId();
                user = session == null ? null : sessions.of(request).user();
            }
            return session;
        }

        /** Looks at how it stands now. */
        void after(HttpServletResponse response) {
            if (response.containsHeader(SET_COOKIE)) {
                response.getHeaders(SET_COOKIE).forEach(this::look);
            }
            if (id == null || user != null) {
                return;
            }
            var session = request.getSession(false);
            if (session != null
                    && id.equals(session.getId())
                    && sessions.of(request).user() != null) {
                warn(
                        "a session keeps its id when its user logs in, so that whoever has planted the id is logged in too",
                        "call `changeSessionId()` when somebody logs in");
            }
        }

        private void look(String cookie) {
            var equals = cookie.indexOf('=');
            var name = equals < 0 ? cookie : cookie.substring(0, equals);
            if (!isOfSession(name)) {
                return;
            }
            var missing = missing(cookie.substring(name.length()).toLowerCase(Locale.ROOT));
            if (!missing.isEmpty()) {
                warn(
                        "the session cookie `" + name.replaceAll("[^\\x21-\\x7e]", "?") + "` is set without "
                                + String.join(", ", missing),
                        "in Spring Boot: `server.servlet.session.cookie.secure`, `.http-only` and `.same-site`");
            }
        }

        private boolean isOfSession(String name) {
            var lower = name.toLowerCase(Locale.ROOT);
            return lower.contains("session")
                    || name.equals(
                            request.getServletContext().getSessionCookieConfig().getName());
        }

        private static List<String> missing(String attributes) {
            var missing = new ArrayList<String>();
            for (var attribute : List.of("Secure", "HttpOnly", "SameSite")) {
                if (!attributes.contains(";" + attribute.toLowerCase(Locale.ROOT))
                        && !attributes.contains("; " + attribute.toLowerCase(Locale.ROOT))) {
                    missing.add("`" + attribute + "`");
                }
            }
            return missing;
        }
    }
}
