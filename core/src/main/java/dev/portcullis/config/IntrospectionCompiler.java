package dev.portcullis.config;

import dev.portcullis.auth.ClientProof;
import dev.portcullis.auth.IntrospectionEndpoint;
import dev.portcullis.auth.SigningKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Compiles how an issuer is asked about tokens. Lives for one issuer. */
final class IntrospectionCompiler {

    private static final String SIGNED = "private_key_jwt";
    private static final Kind<BiFunction<String, String, ClientProof>> SHARED =
            Kind.choice("way to prove who asks", Map.of("basic", ClientProof::basic, "post", ClientProof::post));
    private static final String SECRET = "write `client-secret: ${CLIENT_SECRET}`, or `key` with a private key";

    private final At at;
    private final Contents contents;
    private final IntrospectionSettings written;

    IntrospectionCompiler(At at, Contents contents, IntrospectionSettings written) {
        this.at = at;
        this.contents = contents;
        this.written = written;
    }

    /** Where and how the issuer is asked; null when there is a problem. */
    @Nullable
    IntrospectionEndpoint compile(String issuer) {
        var address = address(issuer);
        var proof = proof();
        var cache =
                span("cache", written.cache(), IntrospectionEndpoint.DEFAULT_CACHE, IntrospectionEndpoint.MAX_CACHE);
        var negative = span(
                "negative-cache",
                written.negativeCache(),
                IntrospectionEndpoint.DEFAULT_NEGATIVE_CACHE,
                IntrospectionEndpoint.MAX_CACHE);
        var timeout = span(
                "timeout", written.timeout(), IntrospectionEndpoint.DEFAULT_TIMEOUT, IntrospectionEndpoint.MAX_TIMEOUT);
        if (timeout.isZero()) {
            at.child("timeout").problem("no time at all", "write a time such as `1s`");
        }
        var any = at.child("unsafe-any-audience").read(written.unsafeAnyAudience(), Kind.SWITCH, false);
        return proof == null || !at.clean()
                ? null
                : new IntrospectionEndpoint(address, proof, cache, negative, timeout, any);
    }

    private @Nullable URI address(String issuer) {
        var endpoint = written.endpoint();
        if (endpoint == null) {
            IssuerCompiler.discoverable(at.child("endpoint"), issuer);
            return null;
        }
        return IssuerCompiler.fetchable(at.child("endpoint"), endpoint) ? URI.create(endpoint) : null;
    }

    private Duration span(String name, @Nullable String text, Duration absent, Duration most) {
        var here = at.child(name);
        var span = here.read(text, Kind.DURATION, absent);
        if (span.compareTo(most) > 0) {
            here.problem(
                    "`" + At.shown(String.valueOf(text)) + "` (expected: at most " + most.toSeconds() + "s)",
                    "write a shorter time; the longer it is, the later a revoked token is denied");
        }
        return span;
    }

    private @Nullable ClientProof proof() {
        var id = written.clientId();
        if (id == null || id.isBlank()) {
            at.child("client-id").problem("missing", "write what the issuer calls this application");
            return null;
        }
        if (written.clientSecret() != null && written.key() != null) {
            at.child("key").problem("beside a `client-secret`", "write one of the two");
            return null;
        }
        return written.key() == null ? shared(id) : signed(id, written.key());
    }

    private @Nullable ClientProof shared(String id) {
        var secret = written.clientSecret();
        if (secret == null || secret.isBlank()) {
            at.child("client-secret").problem("missing", SECRET);
            return null;
        }
        if (SIGNED.equals(written.auth())) {
            at.child("auth").problem("`private_key_jwt`, but there is no `key`", "write `key: file:...`");
            return null;
        }
        var way = at.child("auth").read(written.auth(), SHARED, ClientProof::basic);
        return way.apply(id, secret);
    }

    private @Nullable ClientProof signed(String id, String location) {
        if (written.auth() != null && !SIGNED.equals(written.auth())) {
            at.child("auth")
                    .problem("`" + At.shown(written.auth()) + "`, but there is a `key`", "write `" + SIGNED + "`");
            return null;
        }
        var here = at.child("key");
        var bytes = contents.bytes(here, location);
        var key = bytes == null
                ? null
                : here.make(
                        new String(bytes, StandardCharsets.UTF_8),
                        "give a private key, RSA of at least 2048 bits or EC, as a JWK or as PKCS #8 in PEM",
                        SigningKey::parse);
        return key == null ? null : ClientProof.privateKeyJwt(id, key);
    }
}
