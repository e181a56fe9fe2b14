package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What attacks are made of at one aim: good requests, with and without what proves who calls. Immutable.
 *
 * @param target the application
 * @param aim where attacks go
 * @param credentials the header lines that prove who calls; empty for none
 * @param publicKey what issuers sign with, for attackers know it; empty when it is not at hand
 * @param now the second it is
 */
record Scene(Target target, Aim aim, List<String> credentials, String publicKey, long now) {

    private static final String BEARER = "bearer ";

    Scene {
        credentials = List.copyOf(credentials);
    }

    /** A request that nobody should deny. */
    Draft good() {
        return bare().lines(credentials);
    }

    /** The same from somebody who does not say who he is. */
    Draft bare() {
        var draft = Draft.of(aim.method(), target.root() + aim.target(), target.authority());
        return aim.body().isEmpty() ? draft : draft.body(bodyType(), aim.body());
    }

    /** A good request to another target below the application's root. */
    Draft good(String path) {
        return good().target(target.root() + path);
    }

    String bodyType() {
        var parts = GoodParts.parse(aim.body());
        if (parts != null) {
            return parts.type();
        }
        var first = aim.body().strip();
        return first.startsWith("{") || first.startsWith("[")
                ? "application/json"
                : first.startsWith("<") ? "application/xml" : "application/x-www-form-urlencoded";
    }

    boolean hasJson() {
        return !aim.body().isEmpty() && bodyType().equals("application/json");
    }

    /** The bearer token among the credentials; empty when there is none. */
    String token() {
        for (var line : credentials) {
            var value = line.substring(line.indexOf(':') + 1).strip();
            if (name(line).equals("authorization")
                    && value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                return value.substring(BEARER.length()).strip();
            }
        }
        return "";
    }

    static String name(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':'))).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * A way in for somebody whom a route keeps away: without a credential, and with it for a route that keeps even the good caller away.
     *
     * @param id the attack's id
     * @param change what he does
     */
    List<Shot> waysIn(String id, Change change) {
        var shots = new ArrayList<Shot>();
        shots.add(new Shot(id, "without credential", change.of(bare()), bare(), Proof.NO_WAY_IN));
        if (!credentials.isEmpty()) {
            shots.add(new Shot(id, "with credential", change.of(good()), good(), Proof.NO_WAY_IN));
        }
        return shots;
    }

    /** What an attacker makes of a request. */
    interface Change {
        Draft of(Draft draft);
    }
}
