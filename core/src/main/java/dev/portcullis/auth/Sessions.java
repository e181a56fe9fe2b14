package dev.portcullis.auth;

import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Session;
import dev.portcullis.Verdict;
import dev.portcullis.fetch.CannotTell;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Callers who have logged in with the container or the framework, and whom a session remembers. Immutable.
 *
 * <p>A cookie proves them, which browsers send along with requests of other sites' pages too: whoever takes sessions keeps the framework's protection
 * against forged requests.
 */
public final class Sessions extends Scheme {

    /** The proof of a principal that a session remembers. */
    public static final String PROOF = "session";

    /** The longest text of an attribute that is taken, in characters. */
    public static final int MAX_TEXT = 1024;

    private static final String CHALLENGE = "Session " + REALM;
    static final Reply OVER = Reply.problem(401, "authentication-required").with("WWW-Authenticate", CHALLENGE);

    private final List<String> roles;
    private final List<String> attributes;
    private final @Nullable String tenant;

    private Sessions(List<String> roles, List<String> attributes, @Nullable String tenant) {
        this.roles = roles;
        this.attributes = attributes;
        this.tenant = tenant;
    }

    /**
     * Sessions of which this is asked.
     *
     * @param roles the roles that the user may have
     * @param attributes the attributes that become claims: texts, numbers and truth values
     * @param tenant the attribute with the user's tenant; null when there is none
     */
    public static Sessions asking(Collection<String> roles, Collection<String> attributes, @Nullable String tenant) {
        return new Sessions(List.copyOf(roles), List.copyOf(attributes), tenant);
    }

    @Override
    int presented(Request request) {
        var session = request.session();
        return session != null && session.user() != null ? 1 : 0;
    }

    @Override
    Verdict judge(Request request) {
        var session = request.session();
        var user = session == null ? null : session.user();
        if (session == null || user == null) {
            throw new CannotTell("the session ended while it was asked");
        }
        return Verdict.Pass.identifying(principal(session, user));
    }

    /** Somebody else has proven the caller. */
    @Override
    @Nullable
    Claim claim(Request request) {
        return null;
    }

    private Principal principal(Session session, String user) {
        var held = new HashSet<String>();
        for (var role : roles) {
            if (session.holds(role)) {
                held.add(role);
            }
        }
        var of = tenant == null ? null : plain(session.attribute(tenant));
        return new Principal(
                user,
                Principal.Kind.USER,
                PROOF,
                user,
                of instanceof String text && !text.isBlank() ? text : null,
                null,
                Set.of(),
                held,
                claims(session),
                PROOF);
    }

    private Map<String, Object> claims(Session session) {
        var claims = new HashMap<String, Object>();
        for (var name : attributes) {
            var value = plain(session.attribute(name));
            if (value != null) {
                claims.put(name, value);
            }
        }
        return claims;
    }

    /** The value as JSON has it; null for what JSON has not, and for texts that are too long. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length() <= MAX_TEXT ? text : null;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Boolean || value instanceof Long || value instanceof Double ? value : null;
    }

    @Override
    List<String> challenges() {
        return List.of(CHALLENGE);
    }
}
