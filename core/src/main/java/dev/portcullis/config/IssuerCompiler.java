package dev.portcullis.config;

import dev.portcullis.auth.Algorithm;
import dev.portcullis.auth.DecryptionKeys;
import dev.portcullis.auth.Issuer;
import dev.portcullis.auth.KeySource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles one issuer. */
final class IssuerCompiler {

    private static final Kind<Algorithm> ALGORITHM = Kind.choice(
            "signature algorithm",
            Stream.of(Algorithm.values()).collect(Collectors.toMap(Enum::name, Function.identity())));

    private static final String HELP = "give the issuer's public keys, or leave `jwks` and `algorithms` out";

    private final At at;
    private final Contents contents;
    private final TrustedIssuer written;
    private final @Nullable String environment;

    IssuerCompiler(Contents contents, TrustedIssuer written, At at, @Nullable String environment) {
        this.at = at;
        this.contents = contents;
        this.written = written;
        this.environment = environment;
    }

    /** The issuer; null when there is a problem. */
    @Nullable
    Issuer compile(String name) {
        if (!Names.demand(at, name) || !complete()) {
            return null;
        }
        var builder = Issuer.builder(name, String.valueOf(written.issuer()));
        audiences(builder);
        algorithms(at.child("algorithms"), builder);
        skew(at.child("clock-skew"), builder);
        claims(at.child("claims"), builder);
        builder.possession(DpopCompiler.possession(at.child("proof"), written.proof()));
        decryption(at.child("decryption-keys"), builder);
        builder.rules(new ClaimRulesCompiler(at, written, environment).compile());
        builder.keyCare(new KeyCareCompiler(at, contents, written).compile());
        var keys = keys();
        return keys == null || !at.clean()
                ? null
                : at.make(name, HELP, text -> builder.keys(keys).build());
    }

    private boolean complete() {
        if (written.issuer() == null || written.issuer().isBlank()) {
            at.child("issuer").problem("missing", "write the exact `iss` of the issuer's tokens");
        }
        if (written.audiences() == null || written.audiences().isEmpty()) {
            at.child("audiences")
                    .problem("none, so that any token of the issuer would pass", "name who tokens must be for");
        }
        return written.issuer() != null && !written.issuer().isBlank() && written.audiences() != null;
    }

    private void audiences(Issuer.Builder builder) {
        var audiences = written.audiences();
        if (audiences != null && audiences.contains("*")) {
            at.child("audiences").problem("`*`, which is no token's audience", "name who tokens must be for");
        }
        if (audiences != null) {
            at.child("audiences")
                    .make("", "name who tokens must be for", unused -> builder.audiences(Set.copyOf(audiences)));
        }
    }

    private @Nullable KeySource keys() {
        var jwks = written.jwks();
        if (jwks == null) {
            return discoverable(at.child("issuer"), String.valueOf(written.issuer())) ? KeySource.discovery() : null;
        }
        var here = at.child("jwks");
        if (jwks.startsWith("http:") || jwks.startsWith("https:")) {
            return fetchable(here, jwks) ? here.make(jwks, HELP, text -> KeySource.at(URI.create(text))) : null;
        }
        var file = contents.file(jwks);
        if (file != null) {
            return readable(here, jwks, file) ? KeySource.file(file) : null;
        }
        var bytes = contents.bytes(here, jwks);
        return bytes == null ? null : KeySource.inline(new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean readable(At here, String jwks, Path file) {
        if (!Files.isReadable(file)) {
            here.problem(
                    Contents.shown(jwks) + " cannot be read",
                    "write a URL, `file:...`, `classpath:...`, or the JSON itself");
        }
        return Files.isReadable(file);
    }

    /** Tells whether an issuer's metadata can be fetched (OpenID Connect Discovery, section 3: no query). */
    static boolean discoverable(At at, String issuer) {
        if (issuer.contains("?")) {
            at.problem(
                    "an address with a query (expected: none, to find the issuer's metadata)",
                    "give the keys by `jwks`");
            return false;
        }
        return fetchable(at, issuer);
    }

    /** Tells whether keys can be fetched from there, and nobody on the way can put in others. */
    static boolean fetchable(At at, String text) {
        return askable(
                at,
                text,
                "(expected: an https address, to fetch keys from)",
                "write an `https://` address, or give the keys by `jwks`");
    }

    /** The same on all JDKs, and without the text, which may hold a password. */
    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address: " + e.getReason() + " at index " + e.getIndex(), e);
        }
    }

    /** Tells whether nobody on the way can answer in the place of whoever is asked there. */
    static boolean askable(At at, String text, String expected, String help) {
        var uri = at.make(
                text, "write an address such as `https://idp.example.com/realms/shop`", IssuerCompiler::address);
        if (uri == null) {
            return false;
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            at.problem(
                    "an address with a password or a fragment (expected: neither)",
                    "remove what stands before `@` or after `#`");
            return false;
        }
        if (isSafe(uri)) {
            return true;
        }
        at.problem("`" + At.shown(text) + "` " + expected, help);
        return false;
    }

    /** Tells whether an address is one from which nobody on the way can send something else. */
    static boolean isSafe(URI uri) {
        var host = uri.getHost();
        return host != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isLoopback(host));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private void algorithms(At here, Issuer.Builder builder) {
        var names = written.algorithms();
        if (names == null) {
            return;
        }
        if (names.isEmpty()) {
            here.problem("none", "name the algorithms, or remove the key");
        }
        var algorithms = new HashSet<Algorithm>();
        for (var i = 0; i < names.size(); i++) {
            var algorithm = here.item(i).read(names.get(i), ALGORITHM);
            if (algorithm != null) {
                algorithms.add(algorithm);
            }
        }
        builder.algorithms(algorithms.isEmpty() ? Set.of(Algorithm.RS256) : algorithms);
    }

    private void decryption(At here, Issuer.Builder builder) {
        var location = written.decryptionKeys();
        var bytes = location == null ? null : contents.bytes(here, location);
        if (bytes != null) {
            here.make(
                    new String(bytes, StandardCharsets.UTF_8),
                    "give private keys as JWK, as a JWK set, or as PKCS #8 in PEM",
                    text -> builder.decryption(DecryptionKeys.parse(text)));
        }
    }

    private void skew(At here, Issuer.Builder builder) {
        var skew = here.read(written.clockSkew(), Kind.DURATION);
        if (skew != null) {
            here.make("", "write at most `5m`", unused -> builder.clockSkew(skew));
        }
    }

    private void claims(At here, Issuer.Builder builder) {
        var claims = written.claims();
        if (claims != null) {
            claim(here.child("scopes"), claims.scopes(), builder::scopesFrom);
            claim(here.child("roles"), claims.roles(), builder::rolesFrom);
            claim(here.child("client"), claims.client(), builder::clientFrom);
            claim(here.child("tenant"), claims.tenant(), builder::tenantFrom);
            claim(here.child("tier"), claims.tier(), builder::tierFrom);
        }
    }

    private static void claim(At here, @Nullable String name, Function<String, Issuer.Builder> setter) {
        if (name != null) {
            here.make(name, "write the claim's name, such as `realm_access.roles`", setter);
        }
    }
}
