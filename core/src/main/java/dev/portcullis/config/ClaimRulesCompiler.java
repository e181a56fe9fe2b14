package dev.portcullis.config;

import dev.portcullis.auth.ClaimRules;
import dev.portcullis.config.TrustedIssuer.RequiredClaim;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what an issuer's tokens must say.
 *
 * @param at where the issuer is written
 * @param written the issuer
 * @param environment the environment that the gate stands in; null when nothing is said of it
 */
record ClaimRulesCompiler(
        At at, TrustedIssuer written, @Nullable String environment) {

    private static final Set<String> ALWAYS = Set.of("iss", "aud", "exp");
    private static final String NAME = "write the claim's name, such as `realm_access.roles`";

    ClaimRules compile() {
        var rules = ClaimRules.builder();
        types(at.child("types"), rules);
        required(at.child("required-claims"), rules);
        listed(at.child("forbidden-claims"), written.forbiddenClaims());
        at.child("forbidden-claims").each(written.forbiddenClaims(), NAME, rules::forbid);
        demandPossible(at.child("forbidden-claims"));
        listed(at.child("subjects"), written.subjects());
        at.child("subjects").each(written.subjects(), "write a subject, or its beginning and `*`", rules::subject);
        lifetime(at.child("max-lifetime"), rules);
        environment(rules);
        return rules.build();
    }

    private void types(At here, ClaimRules.Builder rules) {
        var types = written.types();
        if (types != null) {
            here.make("", "write types such as `[at+jwt]`", any -> rules.types(Set.copyOf(types)));
        }
    }

    private static void listed(At here, @Nullable List<String> list) {
        if (list != null && list.isEmpty()) {
            here.problem("an empty list", "name some, or remove the key");
        }
    }

    private void required(At here, ClaimRules.Builder rules) {
        var required = written.requiredClaims();
        for (var i = 0; required != null && i < required.size(); i++) {
            one(here.item(i), required.get(i), rules);
        }
    }

    /** What every token must have is not to be forbidden. */
    private void demandPossible(At here) {
        var needed = new HashSet<>(ALWAYS);
        if (written.requiredClaims() != null) {
            written.requiredClaims().forEach(required -> needed.add(required.claim()));
        }
        var forbidden = written.forbiddenClaims();
        for (var i = 0; forbidden != null && i < forbidden.size(); i++) {
            if (needed.contains(forbidden.get(i))) {
                here.item(i)
                        .problem(
                                "`" + At.shown(forbidden.get(i)) + "`, without which no token is good",
                                "remove one of the two");
            }
        }
    }

    private static void one(At here, RequiredClaim required, ClaimRules.Builder rules) {
        var claim = required.claim();
        if (claim == null) {
            here.child("claim").problem("missing", NAME);
            return;
        }
        listed(here.child("any"), required.any());
        listed(here.child("all"), required.all());
        here.child("claim")
                .make(claim, NAME, name -> rules.require(name, orNone(required.any()), orNone(required.all())));
    }

    private static Set<String> orNone(@Nullable List<String> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private void lifetime(At here, ClaimRules.Builder rules) {
        var longest = here.read(written.maxLifetime(), Kind.DURATION);
        if (longest != null) {
            here.make("", "write a duration such as `24h`", any -> rules.maxLifetime(longest));
        }
    }

    private void environment(ClaimRules.Builder rules) {
        var claim = written.claims() == null ? null : written.claims().environment();
        if (environment == null && (claim != null || written.environment() != null)) {
            at.child(claim == null ? "environment" : "claims.environment")
                    .problem(
                            "an environment, but the gate does not say in which it stands",
                            "write `environment` at the top");
        } else if (claim != null && environment != null) {
            at.child("claims").child("environment").make(claim, NAME, name -> rules.environment(name, environment));
        }
    }
}
