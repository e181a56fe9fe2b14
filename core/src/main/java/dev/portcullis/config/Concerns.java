package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.limit.LimitKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what is written for what is hardly meant. What cannot be read is no concern here. */
final class Concerns {

    private static final Concern UNGUARDED = new Concern(
            "unguarded",
            Severity.ERROR,
            "A policy asks nothing of the caller, and does not say that anybody may call.");
    private static final Concern UNSAID = new Concern(
            "unsaid",
            Severity.WARNING,
            "A policy limits callers and asks nobody who he is, and does not say that anybody may call.");
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
    private static final Concern NO_BODY_LIMIT =
            new Concern("no-body-limit", Severity.NOTE, "A policy does not say how large bodies may be.");
    private static final Concern COUNTED_BY_ADDRESS = new Concern(
            "counted-by-address",
            Severity.NOTE,
            "A limit by client has nobody who says who calls, and counts by address.");
    private static final Concern NO_PATHS =
            new Concern("no-paths", Severity.NOTE, "A policy has no paths, and works only where a handler names it.");

    private static final Concern NO_POLICIES =
            new Concern("no-policies", Severity.WARNING, "There is no policy, so that every request is denied.");
    private static final Concern INTERNAL_PATHS = new Concern(
            "internal-paths", Severity.NOTE, "A policy covers internal paths without naming them; they stay denied.");
    private static final Concern PUBLIC_INTERNALS = new Concern(
            "public-internals",
            Severity.WARNING,
            "A policy lets anybody call management, a console or the documentation.");

    static final Concern UNSERVED_OPERATION = new Concern(
            "unserved-operation",
            Severity.WARNING,
            "An OpenAPI document describes an operation that its policy does not cover.");

    static final List<Concern> ALL = List.of(
            UNGUARDED,
            UNSAID,
            FORGEABLE_LIMIT,
            LITERAL_SECRET,
            NO_LIMIT,
            OTHERWISE_PROCEED,
            PUBLIC_EVERYTHING,
            ANY_ORIGIN,
            Found.FAILS_OPEN,
            NO_BODY_LIMIT,
            COUNTED_BY_ADDRESS,
            Found.OBSERVED,
            NO_PATHS,
            NO_POLICIES,
            INTERNAL_PATHS,
            PUBLIC_INTERNALS,
            UNSERVED_OPERATION);

    private final Configuration written;
    private final Found sink;

    Concerns(Configuration written, Found sink) {
        this.written = written;
        this.sink = sink;
    }

    /** Looks at what stands outside policies. */
    void look() {
        sink.observed("mode", written.mode());
        if ("proceed".equals(written.otherwise())) {
            sink.take(
                    OTHERWISE_PROCEED, "otherwise", "what no policy covers is let through", "write `otherwise: deny`");
        } else if (written.policies() == null || written.policies().isEmpty()) {
            sink.take(
                    NO_POLICIES,
                    "policies",
                    "none, so that every request is denied",
                    "write `policies: { NAME: ... }`");
        }
    }

    /** Looks at one policy. */
    void look(String name, Policy policy) {
        var key = "policies." + name;
        sink.observed(key + ".mode", policy.mode());
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

    /** Tells whether it is written that anybody may call. */
    private static boolean isOpen(Policy policy) {
        var ways = policy.authenticate();
        return "true".equals(policy.public_()) || ways != null && ways.contains(Identities.ANONYMOUS);
    }

    private void guards(String key, Policy policy) {
        var open = isOpen(policy);
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
        } else if (policy.authenticate() == null && !open && !listed && policy.paths() != null) {
            sink.take(
                    UNSAID,
                    key,
                    "anybody may call where no handler asks who does, and nobody says that this is meant",
                    "write `authenticate`, or `public: true`");
        }
        if (!limited && (policy.authenticate() != null || open || listed)) {
            sink.take(
                    NO_LIMIT, key, "no limit", "add one, such as `rate-limits: { burst: { permits: 100, per: 1m } }`");
        }
        if (open && policy.paths() != null && policy.paths().contains("/**")) {
            sink.take(
                    PUBLIC_EVERYTHING,
                    key + ("true".equals(policy.public_()) ? ".public" : ".authenticate"),
                    "anybody may call every path that no other policy covers",
                    "name the public paths");
        }
    }

    private void internals(String key, Policy policy) {
        var open = isOpen(policy);
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
        (limits == null ? Map.<String, Rate>of() : limits)
                .forEach((name, limit) -> limit(key + ".rate-limits." + name, limit.words(), policy));
        (quotas == null ? Map.<String, Allowance>of() : quotas)
                .forEach((name, quota) -> limit(key + ".quotas." + name, quota.words(), policy));
    }

    private void limit(String here, LimitWords words, Policy policy) {
        var by = key(words.by());
        sink.observed(here + ".mode", words.mode());
        sink.failsOpen(here + ".on-failure", words.onFailure());
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
        sink.observed(key + ".ip.mode", policy.ip() == null ? null : policy.ip().mode());
        sink.observed(
                key + ".penalty.mode",
                policy.penalty() == null ? null : policy.penalty().mode());
        sink.observed(
                key + ".agents.mode",
                policy.agents() == null ? null : policy.agents().mode());
        sink.observed(key + ".cors.mode", cors == null ? null : cors.mode());
        sink.observed(
                key + ".authorize.mode",
                policy.authorize() == null ? null : policy.authorize().mode());
        sink.observed(key + ".body.mode", body == null ? null : body.mode());
        var responses = policy.responseBody();
        var leaks = responses == null ? null : responses.leaks();
        sink.observed(key + ".response-body.leaks.mode", leaks == null ? null : leaks.mode());
    }

    private static boolean takesBodies(@Nullable Collection<String> methods) {
        return methods == null
                || methods.stream()
                        .anyMatch(method -> Stream.of("GET", "HEAD", "OPTIONS").noneMatch(method::equals));
    }
}
