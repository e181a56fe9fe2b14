package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.config.Policy.RateLimit;
import dev.portcullis.limit.LimitKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what is written for what is hardly meant. What cannot be read is no concern here. */
final class Concerns {

    private static final Concern UNGUARDED = new Concern(
            "unguarded",
            Severity.ERROR,
            "A policy asks nothing of the caller, and does not say that anybody may call.");
    private static final Concern FORGEABLE_LIMIT =
            new Concern("forgeable-limit", Severity.ERROR, "A limit counts by something that a client chooses freely.");
    static final Concern LITERAL_SECRET = new Concern(
            "literal-secret", Severity.ERROR, "A secret is written where whoever reads the file can read it.");
    private static final Concern NO_LIMIT =
            new Concern("no-limit", Severity.WARNING, "A policy does not limit how often a caller may call.");
    private static final Concern OTHERWISE_PROCEED =
            new Concern("otherwise-proceed", Severity.WARNING, "Requests that no policy covers are let through.");
    private static final Concern PUBLIC_EVERYTHING = new Concern(
            "public-everything",
            Severity.WARNING,
            "A policy lets anybody call every path that no other policy covers.");
    private static final Concern ANY_ORIGIN =
            new Concern("any-origin", Severity.WARNING, "Pages of all origins may read responses.");
    private static final Concern FAILS_OPEN =
            new Concern("fails-open", Severity.WARNING, "A rule that cannot tell lets the request through.");
    private static final Concern UNUSED = new Concern(
            "unused", Severity.WARNING, "Issuers, clients or signatures are configured, and no policy asks for them.");
    private static final Concern SHARED_SECRET =
            new Concern("shared-secret", Severity.WARNING, "Whoever can verify an issuer's tokens can make them too.");
    private static final Concern UNSIGNED_BODIES =
            new Concern("unsigned-bodies", Severity.WARNING, "Bodies are let through that no signature covers.");
    private static final Concern REPLAYABLE =
            new Concern("replayable", Severity.WARNING, "A signed request can be sent again as long as it is fresh.");
    private static final Concern ANY_AUDIENCE = new Concern(
            "any-audience", Severity.WARNING, "Tokens are taken of which the issuer does not say whom they are for.");
    private static final Concern ENDLESS_KEY =
            new Concern("endless-key", Severity.NOTE, "An API key with an id works for ever.");
    private static final Concern OLD_KEY =
            new Concern("old-key", Severity.WARNING, "An API key is older than `api-key.max-age`.");
    private static final Concern UNLIMITED_GUESSES =
            new Concern("unlimited-guesses", Severity.WARNING, "Whoever guesses credentials is never locked out.");
    private static final Concern NO_BODY_LIMIT =
            new Concern("no-body-limit", Severity.NOTE, "A policy does not say how large bodies may be.");
    private static final Concern COUNTED_BY_ADDRESS = new Concern(
            "counted-by-address",
            Severity.NOTE,
            "A limit by client has nobody who says who calls, and counts by address.");
    private static final Concern OBSERVED =
            new Concern("observed", Severity.NOTE, "Something is only observed: it denies nothing.");
    private static final Concern NO_PATHS =
            new Concern("no-paths", Severity.NOTE, "A policy has no paths, and works only where a handler names it.");

    private static final Concern INTERNAL_PATHS = new Concern(
            "internal-paths", Severity.NOTE, "A policy covers internal paths without naming them; they stay denied.");
    private static final Concern PUBLIC_INTERNALS = new Concern(
            "public-internals",
            Severity.WARNING,
            "A policy lets anybody call management, a console or the documentation.");

    static final List<Concern> ALL = List.of(
            UNGUARDED,
            FORGEABLE_LIMIT,
            LITERAL_SECRET,
            NO_LIMIT,
            OTHERWISE_PROCEED,
            PUBLIC_EVERYTHING,
            ANY_ORIGIN,
            FAILS_OPEN,
            UNUSED,
            SHARED_SECRET,
            UNSIGNED_BODIES,
            REPLAYABLE,
            ANY_AUDIENCE,
            ENDLESS_KEY,
            OLD_KEY,
            UNLIMITED_GUESSES,
            NO_BODY_LIMIT,
            COUNTED_BY_ADDRESS,
            OBSERVED,
            NO_PATHS,
            INTERNAL_PATHS,
            PUBLIC_INTERNALS);

    private final Configuration written;
    private final Instant now;
    private final Sink sink;

    /** Takes what is found. */
    @FunctionalInterface
    interface Sink {

        void take(Concern concern, String key, String message, String help);
    }

    Concerns(Configuration written, Instant now, Sink sink) {
        this.now = now;
        this.written = written;
        this.sink = sink;
    }

    /** Looks at what stands outside policies. */
    void look() {
        observed("mode", written.mode());
        guesses(written.bruteForce());
        if ("proceed".equals(written.otherwise())) {
            sink.take(
                    OTHERWISE_PROCEED, "otherwise", "what no policy covers is let through", "write `otherwise: deny`");
        }
        unused("issuers", List.of(Identities.JWT, Identities.INTROSPECTION), written.issuers());
        unused("clients", List.of(Identities.API_KEY), written.clients());
        unused("signatures", List.of(Signers.SIGNATURE), written.signatures());
        var signatures = written.signatures();
        (signatures == null ? Map.<String, SignedRequests>of() : signatures).forEach(this::signatures);
        var issuers = written.issuers();
        (issuers == null ? Map.<String, TrustedIssuer>of() : issuers).forEach(this::issuer);
        var clients = written.clients();
        (clients == null ? Map.<String, Client>of() : clients).forEach(this::endless);
        for (var key : AgingKeys.of(written)) {
            if (key.isOld(now)) {
                sink.take(
                        OLD_KEY,
                        key.key(),
                        "in use for " + key.age(now).toDays() + " days",
                        "replace it: `portcullis keys rotate " + key.id() + "`");
            }
        }
    }

    private void guesses(@Nullable BruteForceSettings part) {
        observed("brute-force.mode", part == null ? null : part.mode());
        if (part != null && "false".equals(part.enabled())) {
            sink.take(UNLIMITED_GUESSES, "brute-force.enabled", "nobody who guesses is locked out", "remove the key");
        }
    }

    private void unused(String key, List<String> ways, @Nullable Map<String, ?> parts) {
        var policies = written.policies();
        var asked = policies != null
                && policies.values().stream()
                        .map(Policy::authenticate)
                        .filter(Objects::nonNull)
                        .flatMap(List::stream)
                        .anyMatch(one -> ways.stream().anyMatch(way -> one.equals(way) || one.startsWith(way + ":")));
        if (parts != null && !parts.isEmpty() && !asked) {
            sink.take(
                    UNUSED,
                    key,
                    "no policy says `authenticate: [" + ways.get(0) + "]`",
                    "say so in a policy, or remove them");
        }
    }

    private void signatures(String name, SignedRequests part) {
        var key = "signatures." + name;
        if ("true".equals(part.unsafeUnsignedBodies())) {
            sink.take(
                    UNSIGNED_BODIES,
                    key + ".unsafe-unsigned-bodies",
                    "whoever is on the way can change bodies",
                    "let clients cover `content-digest`");
        }
        if ("off".equals(part.nonce())) {
            sink.take(REPLAYABLE, key + ".nonce", "whoever sees a request can send it again", "write `required`");
        }
    }

    private void endless(String name, Client client) {
        var keys = client.keys();
        (keys == null ? Map.<String, ClientKey>of() : keys).forEach((id, key) -> {
            if (key.expires() == null) {
                sink.take(
                        ENDLESS_KEY,
                        "clients." + name + ".keys." + id,
                        "a key that works for ever",
                        "write `expires`, and rotate it in time by `portcullis keys rotate`");
            }
        });
    }

    private void issuer(String name, TrustedIssuer issuer) {
        var introspection = issuer.introspection();
        if (introspection != null && "true".equals(introspection.unsafeAnyAudience())) {
            sink.take(
                    ANY_AUDIENCE,
                    "issuers." + name + ".introspection.unsafe-any-audience",
                    "tokens are taken of which nobody says whom they are for",
                    "let the issuer say `aud`, and remove the key");
        }
        sharedSecret(name, issuer);
    }

    private void sharedSecret(String name, TrustedIssuer issuer) {
        var algorithms = issuer.algorithms();
        if (algorithms != null && algorithms.stream().anyMatch(algorithm -> algorithm.startsWith("HS"))) {
            sink.take(
                    SHARED_SECRET,
                    "issuers." + name + ".algorithms",
                    "tokens are signed with a shared secret",
                    "let the issuer sign with a private key, such as by `ES256`");
        }
    }

    /** Looks at one policy. */
    void look(String name, Policy policy) {
        var key = "policies." + name;
        observed(key + ".mode", policy.mode());
        guards(key, policy);
        limits(key, policy);
        parts(key, policy);
        internals(key + ".paths", policy);
        if (policy.paths() == null) {
            sink.take(NO_PATHS, key, "no paths, so that only handlers that name it are guarded", "");
        }
    }

    private static boolean isSome(@Nullable List<String> written) {
        return written != null && !written.isEmpty();
    }

    private void guards(String key, Policy policy) {
        var open = "true".equals(policy.public_());
        var limited = policy.rateLimits() != null && !policy.rateLimits().isEmpty()
                || policy.quotas() != null && !policy.quotas().isEmpty();
        var listed = policy.ip() != null
                && (isSome(policy.ip().allow()) || isSome(policy.ip().allowFeeds()));
        if (policy.authenticate() == null && !open && !limited && !listed) {
            sink.take(
                    UNGUARDED,
                    key,
                    "neither `authenticate`, nor `ip.allow`, nor a limit",
                    "say who may call, or that anybody may: `public: true`");
        } else if (!limited) {
            sink.take(
                    NO_LIMIT, key, "no limit", "add one, such as `rate-limits: { burst: { permits: 100, per: 1m } }`");
        }
        if (open && policy.paths() != null && policy.paths().contains("/**")) {
            sink.take(
                    PUBLIC_EVERYTHING,
                    key + ".public",
                    "anybody may call every path that no other policy covers",
                    "name the public paths");
        }
    }

    private void internals(String key, Policy policy) {
        var open = "true".equals(policy.public_());
        for (var text : policy.paths() == null ? List.<String>of() : policy.paths()) {
            var hidden = InternalPaths.BUILT_IN.shownUnder(text);
            if (!hidden.isEmpty()) {
                sink.take(
                        INTERNAL_PATHS,
                        key,
                        "`" + text + "` covers " + hidden + ", which stay denied",
                        "write a policy that names those that shall be open, such as `paths: [/actuator/health]`");
            }
            if (open && InternalPaths.BUILT_IN.isSensitive(text)) {
                sink.take(
                        PUBLIC_INTERNALS,
                        key,
                        "anybody may call `" + text + "`",
                        "write `authenticate`, or leave it to `ip.allow`");
            }
        }
    }

    private void limits(String key, Policy policy) {
        var limits = policy.rateLimits();
        var quotas = policy.quotas();
        (limits == null ? Map.<String, RateLimit>of() : limits)
                .forEach((name, limit) -> limit(key + ".rate-limits." + name, limit.words(), policy));
        (quotas == null ? Map.<String, Allowance>of() : quotas)
                .forEach((name, quota) -> limit(key + ".quotas." + name, quota.words(), policy));
    }

    private void limit(String here, LimitWords words, Policy policy) {
        var by = key(words.by());
        observed(here + ".mode", words.mode());
        failsOpen(here + ".on-failure", words.onFailure());
        if (by != null && by.forgeable()) {
            sink.take(
                    FORGEABLE_LIMIT,
                    here + ".by",
                    "a client that changes the header is never limited",
                    "count by `client` or `address`, alone or together with the header");
        }
        if (by != null && by.needsIdentity() && policy.authenticate() == null) {
            sink.take(
                    COUNTED_BY_ADDRESS,
                    here,
                    "nobody says who calls, so that it counts by address",
                    "write `by: address`, or `authenticate`");
        }
    }

    private static @Nullable LimitKey key(@Nullable String by) {
        try {
            return LimitKey.parse(List.of((by == null ? "client" : by).split("\\+", -1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void parts(String key, Policy policy) {
        var cors = policy.cors();
        if (cors != null && cors.origins() != null && cors.origins().contains("*")) {
            sink.take(ANY_ORIGIN, key + ".cors.origins", "pages of all origins may read responses", "name the origins");
        }
        var body = policy.body();
        if ((body == null || body.maxSize() == null) && takesBodies(policy.methods())) {
            sink.take(NO_BODY_LIMIT, key, "no `body.max-size`", "add one, such as `body: { max-size: 64KB }`");
        }
        var attacks = policy.attacks();
        if (attacks != null) {
            observed(key + ".attacks.mode", attacks.mode());
            failsOpen(key + ".attacks.on-failure", attacks.onFailure());
        }
        observed(key + ".ip.mode", policy.ip() == null ? null : policy.ip().mode());
        observed(
                key + ".penalty.mode",
                policy.penalty() == null ? null : policy.penalty().mode());
        observed(
                key + ".agents.mode",
                policy.agents() == null ? null : policy.agents().mode());
        observed(key + ".cors.mode", cors == null ? null : cors.mode());
        observed(
                key + ".authorize.mode",
                policy.authorize() == null ? null : policy.authorize().mode());
        observed(key + ".body.mode", body == null ? null : body.mode());
    }

    private static boolean takesBodies(@Nullable Collection<String> methods) {
        return methods == null
                || methods.stream()
                        .anyMatch(method -> Stream.of("GET", "HEAD", "OPTIONS").noneMatch(method::equals));
    }

    private void observed(String key, @Nullable String mode) {
        if ("observe".equals(mode)) {
            sink.take(OBSERVED, key, "denies nothing", "write `enforce` once it has been watched");
        }
    }

    private void failsOpen(String key, @Nullable String consequence) {
        if ("proceed".equals(consequence)) {
            sink.take(FAILS_OPEN, key, "a request of which this cannot tell is let through", "write `deny`");
        }
    }
}
