package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Session;
import dev.portcullis.Verdict;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.View;
import dev.portcullis.http.Wire;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Sessions ASKING = Sessions.asking(List.of("clerk", "admin"), List.of("mfa", "level"), "org");

    /** A session that somebody may have logged in with. */
    private record Kept(@Nullable String user, Set<String> roles, Map<String, Object> attributes) implements Session {

        @Override
        public boolean holds(String role) {
            return roles.contains(role);
        }

        @Override
        public @Nullable Object attribute(String name) {
            return attributes.get(name);
        }
    }

    /** A request with or without a session. */
    private record SessionWire(@Nullable Session session, List<Header> headers) implements Wire {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public Address peer() {
            return Address.parse("192.0.2.1");
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }
    }

    private static Verdict judge(@Nullable Session session, Header... headers) {
        var view = new View(new SessionWire(session, List.of(headers)), Forwarding.NONE);
        return Authentication.required(List.of(ASKING)).check(view);
    }

    private static @Nullable Principal caller(Session session) {
        return judge(session) instanceof Verdict.Pass pass ? pass.principal() : null;
    }

    @Test
    void nameWhoeverHasLoggedIn() {
        var caller = caller(new Kept(
                "alice", Set.of("clerk", "gardener"), Map.of("mfa", true, "level", 3, "org", "north", "cart", "x")));
        assertThat(caller)
                .isEqualTo(new Principal(
                        "alice",
                        Principal.Kind.USER,
                        "session",
                        "alice",
                        "north",
                        null,
                        Set.of(),
                        Set.of("clerk"),
                        Map.of("mfa", true, "level", 3L),
                        "session"));
    }

    @Test
    void takeNoAttributesButPlainOnes() {
        var attributes = new HashMap<String, Object>();
        attributes.put("mfa", List.of(true));
        attributes.put("level", "x".repeat(Sessions.MAX_TEXT + 1));
        attributes.put("org", 7);
        var caller = caller(new Kept("alice", Set.of(), attributes));
        assertThat(caller).isNotNull();
        assertThat(caller.claims()).isEmpty();
        assertThat(caller.tenant()).isNull();
    }

    @Test
    void denyWhoeverHasNot() {
        for (var session : new Session[] {null, new Kept(null, Set.of("admin"), Map.of())}) {
            assertThat(judge(session)).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
                assertThat(deny.reply().status()).isEqualTo(401);
                assertThat(deny.reply().code()).isEqualTo("authentication-required");
            });
        }
    }
}
