package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** Judges signatures of tokens that are no JWTs, by keys as suites write them. */
final class SuiteKeys {

    private static final KeyRings RINGS = KeyRings.of(Clock.systemUTC(), Runnable::run);

    private SuiteKeys() {}

    /** Tells whether an issuer with this key set, where it can be built at all, has signed the token. */
    static boolean signed(JsonNode keys, String token) {
        var issuer = Issuer.builder("suite", "https://suite.test")
                .audiences(Set.of("suite"))
                .algorithms(algorithms(keys))
                .keys(KeySource.inline(set(keys).toString()));
        try {
            var built = issuer.build();
            var trust = new Trust(built, RINGS.of(built));
            return CompactJws.parse(token) instanceof CompactJws jws
                    && trust.find(jws, Terms.EVER) instanceof Trust.Signed;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The key set as it is, or that of the one key. */
    static JsonNode set(JsonNode keys) {
        if (keys.has("keys")) {
            return keys;
        }
        var set = JsonNodeFactory.instance.objectNode();
        set.putArray("keys").add(keys);
        return set;
    }

    private static Set<Algorithm> algorithms(JsonNode keys) {
        var all = EnumSet.noneOf(Algorithm.class);
        for (var key : set(keys).get("keys")) {
            all.addAll(
                    key.path("kty").asText().equals("oct")
                            ? EnumSet.range(Algorithm.HS256, Algorithm.HS512)
                            : Algorithm.asymmetric());
        }
        return all;
    }
}
