package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Rule.Mode;
import dev.portcullis.auth.Authentication;
import dev.portcullis.auth.Bearer;
import dev.portcullis.auth.Introspection;
import dev.portcullis.auth.Issuer;
import dev.portcullis.auth.Jwt;
import dev.portcullis.auth.Proofs;
import dev.portcullis.auth.Scheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ways to say who calls that a configuration defines. Immutable.
 *
 * @param schemes the ways that can be used, by name
 * @param defined the ways that something is written for, be it right or wrong
 * @param signers the ways of signing requests
 * @param connector whether connections, or a proxy, can bring client certificates
 */
record Identities(Map<String, Scheme> schemes, Set<String> defined, Signers signers, boolean connector) {

    static final String JWT = "jwt";
    static final String API_KEY = "api-key";
    static final String CERTIFICATE = "certificate";
    static final String SESSION = "session";
    static final String INTROSPECTION = "introspection";

    /** No way, but the word that callers may prove nothing; what they send must hold all the same. */
    static final String ANONYMOUS = "anonymous";

    private static final Map<String, String> MISSING = Map.of(
            SESSION, "there are no sessions",
            JWT, "there are no `issuers`",
            API_KEY, "there are no `clients`",
            CERTIFICATE, "there are no `certificates`",
            INTROSPECTION, "no issuer has `introspection`");
    private static final Map<String, String> HELP = Map.of(
            JWT, "write `issuers.NAME.issuer` and `issuers.NAME.audiences`",
            API_KEY, "write `clients.NAME.api-keys`",
            CERTIFICATE, CertificateCompiler.HELP,
            INTROSPECTION, "write `issuers.NAME.introspection`");

    /** Compiles the issuers, of which the keeper makes a scheme. */
    static Identities compile(At top, Contents contents, Configuration written, Function<Trusted, Scheme> keeper) {
        var schemes = new HashMap<String, Scheme>();
        var defined = new HashSet<String>();
        var issuers = written.issuers();
        if (issuers != null && !issuers.isEmpty()) {
            defined.add(JWT);
            put(schemes, JWT, tokens(top, contents, written, keeper));
        }
        return new Identities(Map.copyOf(schemes), Set.copyOf(defined), Signers.NONE, true);
    }

    /** These and ways of signing requests. */
    Identities plus(Signers others) {
        return new Identities(schemes, defined, others, connector);
    }

    /** These, where the holders of bound tokens are judged so. */
    Identities proving(Proofs proofs) {
        var all = new HashMap<>(schemes);
        all.replaceAll((way, scheme) -> proving(scheme, proofs));
        return new Identities(Map.copyOf(all), defined, signers, connector);
    }

    private static Scheme proving(Scheme scheme, Proofs proofs) {
        if (scheme instanceof Jwt jwt) {
            return jwt.with(proofs);
        }
        return scheme instanceof Introspection introspection ? introspection.with(proofs) : scheme;
    }

    /** These, where neither connections nor a proxy bring client certificates. */
    Identities withoutConnector() {
        return new Identities(schemes, defined, signers, false);
    }

    /** These and one more way; null when something is written for it that has a problem. */
    Identities plus(String way, @Nullable Scheme scheme) {
        var all = new HashMap<>(schemes);
        put(all, way, scheme);
        var written = new HashSet<>(defined);
        written.add(way);
        return new Identities(Map.copyOf(all), Set.copyOf(written), signers, connector);
    }

    private static void put(Map<String, Scheme> schemes, String way, @Nullable Scheme scheme) {
        if (scheme != null) {
            schemes.put(way, scheme);
        }
    }

    private static @Nullable Scheme tokens(
            At top, Contents contents, Configuration written, Function<Trusted, Scheme> keeper) {
        var at = top.child("issuers");
        var here = new ArrayList<Issuer>();
        var elsewhere = new HashSet<String>();
        var environment = written.environment();
        var all = written.issuers() == null ? Map.<String, TrustedIssuer>of() : written.issuers();
        all.forEach((name, issuer) -> {
            var one = new IssuerCompiler(contents, issuer, at.child(name), environment).compile(name);
            if (one == null) {
                return;
            }
            if (issuer.environment() == null || issuer.environment().equals(environment)) {
                here.add(one);
            } else {
                elsewhere.add(one.issuer());
            }
        });
        if (here.isEmpty() && !elsewhere.isEmpty()) {
            at.problem("none of this environment", "name the issuer whose tokens are for `environment`");
        }
        return here.isEmpty() || here.size() + elsewhere.size() < all.size()
                ? null
                : at.make("", "write each issuer once", unused -> keeper.apply(new Trusted(here, elsewhere)));
    }

    /** Finds it a problem when a way is unknown, or nothing is written for it. */
    void demand(At at, String way) {
        if (way.equals(ANONYMOUS)) {
            return;
        }
        if (Signers.isWay(way)) {
            signers.demand(at, way);
            return;
        }
        var missing = MISSING.get(way);
        if (missing == null) {
            at.problem(
                    "`" + At.shown(way) + "` (expected: a way to authenticate)",
                    "write `jwt`, `introspection`, `api-key`, `certificate`, `session`, `signature` or `signature:NAME`, and `anonymous` beside them");
        } else if (!defined.contains(way)) {
            at.problem("`" + way + "`, but " + missing, HELP.getOrDefault(way, ""));
        } else if (way.equals(CERTIFICATE) && !connector) {
            at.problem(
                    "`" + way + "`, but the connector asks no client for one",
                    "set `server.ssl.client-auth` to `need` or `want`, or name the header of your proxy: `certificates.header`");
        }
    }

    /** The check that asks for one of these ways. It denies everybody as long as one of them has a problem. */
    Check authentication(List<String> ways, long bound) {
        var check = asking(ways, bound);
        return check != null
                ? check
                : request -> {
                    throw new IllegalStateException("authentication was not built");
                };
    }

    /** The authentication that asks for one of these ways; null as long as one of them has a problem. */
    @Nullable
    Authentication asking(List<String> ways, long bound) {
        var chosen = chosen(ways);
        if (chosen.isEmpty()) {
            return null;
        }
        var check = ways.contains(ANONYMOUS) ? Authentication.optional(chosen) : Authentication.required(chosen);
        return check.within(bound);
    }

    /** The check that uses up what is good once; null when nothing of these ways is. */
    @Nullable
    Check replay(List<String> ways, long bound, Mode mode) {
        var check = asking(ways, bound);
        return check == null || !check.spends() ? null : check.once(mode == Mode.OBSERVE);
    }

    /** The schemes of these ways, each once; none as long as one of them has a problem. */
    private List<Scheme> chosen(List<String> ways) {
        var others = ways.stream()
                .filter(way -> !Signers.isWay(way) && !way.equals(ANONYMOUS))
                .toList();
        var signed = ways.stream().filter(Signers::isWay).toList();
        var scheme = signed.isEmpty() ? null : signers.scheme(signed);
        if (!schemes.keySet().containsAll(others) || scheme == null && !signed.isEmpty()) {
            return List.of();
        }
        var chosen = new ArrayList<Scheme>(others.stream()
                .map(way -> scheme(way, others))
                .filter(Objects::nonNull)
                .toList());
        if (scheme != null) {
            chosen.add(scheme);
        }
        return chosen;
    }

    /** The scheme of a way. Tokens that come in the same header have one scheme together, the place of the first of them. */
    private @Nullable Scheme scheme(String way, List<String> ways) {
        var scheme = schemes.get(way);
        if (way.equals(INTROSPECTION) && ways.contains(JWT)) {
            return null;
        }
        return way.equals(JWT)
                        && ways.contains(INTROSPECTION)
                        && scheme instanceof Jwt jwt
                        && schemes.get(INTROSPECTION) instanceof Introspection introspection
                ? Bearer.of(jwt, introspection)
                : scheme;
    }
}
