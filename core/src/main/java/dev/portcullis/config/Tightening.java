package dev.portcullis.config;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the keys of a configuration are compared. What is not listed must stay the same. */
final class Tightening {

    private static final Tightness MODE = Tightness.rising(List.of("observe", "enforce"), "enforce");

    /** Keys outside policies. */
    static final Map<String, Tightness> TOP = Map.ofEntries(
            entry("mode", MODE),
            entry("otherwise", Tightness.rising(List.of("proceed", "deny"), "deny")),
            entry("environment", Tightness.DEMAND),
            entry("forwarded", Tightness.HARMLESS),
            entry("forwarded.trusted", Tightness.FEWER),
            entry("https", Tightness.PART),
            entry("https.mode", MODE),
            entry("audit", Tightness.HARMLESS),
            entry("audit.one-in", Tightness.atMost(Kind.COUNT, "1")),
            entry("denials", Tightness.HARMLESS),
            entry("denials.mode", MODE),
            entry("denials.entries", Tightness.MORE),
            entry("denials.max-stale", Tightness.atMost(Kind.DURATION, "5m")),
            entry("denials.poll", Tightness.atMost(Kind.DURATION, "500ms")),
            entry("denials.reload", Tightness.atMost(Kind.DURATION, "30s")),
            entry("limits", Tightness.HARMLESS),
            entry("limits.**", Tightness.HARMLESS),
            entry("logging-context", Tightness.HARMLESS),
            entry("logging-context.**", Tightness.HARMLESS));

    /** Keys of one issuer. */
    static final Map<String, Tightness> ISSUER = Map.of(
            "audiences", Tightness.FEWER_WAYS,
            "types", Tightness.FEWER_WAYS.absent("JWT", "at+jwt", "absent"),
            "subjects", Tightness.FEWER_WAYS,
            "required-claims", Tightness.MORE,
            "forbidden-claims", Tightness.MORE,
            "max-lifetime", Tightness.atMost(Kind.DURATION, null),
            "max-stale", Tightness.atMost(Kind.DURATION, "24h"));

    /** Keys of one client. */
    static final Map<String, Tightness> CLIENT = Map.of(
            "scopes", Tightness.FEWER,
            "roles", Tightness.FEWER,
            "api-keys", Tightness.FEWER,
            "certificates", Tightness.FEWER,
            "owner", Tightness.HARMLESS);

    /** Keys of one policy. Modes are compared as they hold, and rate limits limit by limit. */
    static final Map<String, Tightness> POLICY = Map.ofEntries(
            entry("paths", Tightness.HARMLESS),
            entry("methods", Tightness.HARMLESS),
            entry("public", Tightness.CLOSED),
            entry("authenticate", Tightness.FEWER_WAYS),
            entry("authorize", Tightness.PART),
            entry("authorize.scopes", Tightness.MORE),
            entry("authorize.any-scope", Tightness.FEWER_WAYS),
            entry("authorize.roles", Tightness.FEWER_WAYS),
            entry("authorize.deny-roles", Tightness.MORE),
            entry("authorize.kinds", Tightness.FEWER_WAYS),
            entry("authorize.tenant", Tightness.DEMAND),
            entry("authorize.when", Tightness.DEMAND),
            entry("authorize.authorizer", Tightness.DEMAND),
            entry("ip", Tightness.PART),
            entry("ip.allow", Tightness.INSIDE),
            entry("ip.deny", Tightness.AROUND),
            entry("cors", Tightness.FEWER),
            entry("cors.origins", Tightness.FEWER),
            entry("cors.methods", Tightness.FEWER.absent("GET", "HEAD", "POST")),
            entry("cors.headers", Tightness.FEWER),
            entry("cors.expose", Tightness.FEWER),
            entry("cors.credentials", Tightness.CLOSED),
            entry("body", Tightness.PART),
            entry("body.max-size", Tightness.atMost(Kind.SIZE, null)),
            entry("body.schema", Tightness.DEMAND),
            entry("attacks", Tightness.PART),
            entry("attacks.level", Tightness.rising(List.of("balanced", "strict"), "balanced")),
            entry("attacks.on-failure", Tightness.rising(List.of("proceed", "deny"), "deny")),
            entry("attacks.exclude", Tightness.FEWER));

    /** Parts of a policy of which each lets no more through than having none of it. */
    static final Set<String> ONLY_DEMANDS = Set.of(
            "authorize",
            "authorize.step-up",
            "authorize.callout",
            "ip",
            "penalty",
            "agents",
            "quotas",
            "concurrency",
            "circuit-breaker",
            "openapi",
            "derive",
            "attacks",
            "response-body");

    /** Keys of one rate limit, of which none may let more through; how often is compared on its own. */
    static final Map<String, Tightness> LIMIT = Map.of(
            "permits", Tightness.atMost(Kind.COUNT, null),
            "per", Tightness.HARMLESS,
            "on-failure", Tightness.rising(List.of("proceed", "local", "deny"), "local"));

    private Tightening() {}
}
