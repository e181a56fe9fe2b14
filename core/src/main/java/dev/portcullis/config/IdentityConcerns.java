package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at those who say who calls, their keys and secrets, and at guessing, for what is hardly meant. */
final class IdentityConcerns {

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
    private static final Concern OVER_KEY = new Concern("over-key", Severity.NOTE, "An API key is over.");
    private static final Concern OLD_KEY =
            new Concern("old-key", Severity.WARNING, "An API key is older than `api-key.max-age`.");
    private static final Concern UNLIMITED_GUESSES =
            new Concern("unlimited-guesses", Severity.WARNING, "Whoever guesses credentials is never locked out.");

    static final List<Concern> ALL = List.of(
            UNUSED,
            SHARED_SECRET,
            UNSIGNED_BODIES,
            REPLAYABLE,
            ANY_AUDIENCE,
            ENDLESS_KEY,
            OVER_KEY,
            OLD_KEY,
            UNLIMITED_GUESSES);

    private final Configuration written;
    private final Instant now;
    private final Found sink;

    IdentityConcerns(Configuration written, Instant now, Found sink) {
        this.written = written;
        this.now = now;
        this.sink = sink;
    }

    /** Looks at all of them. */
    void look() {
        guesses(written.bruteForce());
        unused("issuers", List.of(Identities.JWT, Identities.INTROSPECTION), written.issuers());
        unused("clients", List.of(Identities.API_KEY), written.clients());
        unused("signatures", List.of(Signers.SIGNATURE), written.signatures());
        var signatures = written.signatures();
        (signatures == null ? Map.<String, SignedRequests>of() : signatures).forEach(this::signatures);
        var issuers = written.issuers();
        (issuers == null ? Map.<String, TrustedIssuer>of() : issuers).forEach(this::issuer);
        var clients = written.clients();
        (clients == null ? Map.<String, Client>of() : clients).forEach(this::endless);
        AgingKeys.of(written).forEach(this::aged);
    }

    private void aged(AgingKeys.Aging key) {
        if (key.isOld(now)) {
            sink.take(
                    OLD_KEY,
                    key.key(),
                    "in use for " + key.age(now).toDays() + " days",
                    "replace it: `portcullis keys rotate " + key.id() + "`");
        }
    }

    private void guesses(@Nullable BruteForceSettings part) {
        sink.observed("brute-force.mode", part == null ? null : part.mode());
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
        if (Kind.isOff(part.nonce())) {
            sink.take(REPLAYABLE, key + ".nonce", "whoever sees a request can send it again", "write `required`");
        }
    }

    private void endless(String name, Client client) {
        var keys = client.keys();
        (keys == null ? Map.<String, ClientKey>of() : keys).forEach((id, key) -> {
            if (AgingKeys.isOver(key, now)) {
                sink.take(
                        OVER_KEY,
                        "clients." + name + ".keys." + id + ".expires",
                        "over, so that the key works for nobody",
                        "remove the key, or replace it by `portcullis keys rotate " + id + " --days 90`");
            }
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
}
