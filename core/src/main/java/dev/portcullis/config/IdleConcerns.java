package dev.portcullis.config;

import dev.portcullis.abuse.RiskTerms;
import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for what is written and does nothing: limits, costs, scores, denials. What cannot be read is no concern here. */
final class IdleConcerns {

    private static final Concern EXEMPTS_EVERYBODY =
            new Concern("exempts-everybody", Severity.WARNING, "A limit exempts everybody.");
    private static final Concern UNREACHABLE_SCORE = new Concern(
            "unreachable-score",
            Severity.WARNING,
            "Callers are denied from a score on to which no signals can add up.");
    private static final Concern UNREAD_COST = new Concern(
            "unread-cost",
            Severity.WARNING,
            "A header says what a request costs, and is read from nobody, since no proxy is trusted.");
    private static final Concern NO_STORE = new Concern(
            "no-store",
            Severity.WARNING,
            "A limit says how it counts in a store, or what happens while that is away, and none is written.");
    private static final Concern UNKNOWN_TENANT = new Concern(
            "unknown-tenant",
            Severity.WARNING,
            "A limit counts by tenant, while no client has one and no claim could name it: it counts by address.");
    private static final Concern NO_AGENTS =
            new Concern("denies-no-agent", Severity.WARNING, "A rule about agents denies none.");
    static final Concern UNMET = new Concern(
            "unmet-denial", Severity.WARNING, "A rule is denied by a name that none has: nothing is denied.");

    static final List<Concern> ALL = List.of(
            IdleLimits.IDLE_LIMIT,
            EXEMPTS_EVERYBODY,
            UNREACHABLE_SCORE,
            UNREAD_COST,
            NO_STORE,
            UNKNOWN_TENANT,
            NO_AGENTS,
            UNMET);

    private static final String TENANT = "tenant";
    private static final Set<String> EVERYBODY = Set.of("0.0.0.0/0", "::/0");
    private static final Set<String> SHARED = Set.of("exact", "leased");

    private final Configuration written;
    private final Found sink;
    private final boolean tenants;

    IdleConcerns(Configuration written, Found sink) {
        this.written = written;
        this.sink = sink;
        this.tenants = tellsTenants(written);
    }

    /** Whether a caller could have a tenant. Keys that are kept elsewhere may have one. */
    private static boolean tellsTenants(Configuration written) {
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        var issuers = written.issuers() == null ? Map.<String, TrustedIssuer>of() : written.issuers();
        var keys = written.apiKey();
        return clients.isEmpty() && issuers.isEmpty()
                || keys != null && (keys.file() != null || keys.jdbc() != null)
                || written.session() != null && written.session().tenant() != null
                || clients.values().stream().anyMatch(client -> client.tenant() != null)
                || issuers.values().stream()
                        .anyMatch(one -> one.claims() != null && one.claims().tenant() != null);
    }

    void look() {
        crowds("concurrency", written.concurrency());
        var policies = written.policies();
        (policies == null ? Map.<String, Policy>of() : policies)
                .forEach((name, policy) -> look("policies." + name, policy));
    }

    private void look(String key, Policy policy) {
        if (policy.rateLimits() != null) {
            policy.rateLimits().forEach((name, limit) -> limit(key + ".rate-limits." + name, limit.words()));
            new IdleLimits(key + ".rate-limits", policy.rateLimits(), sink).look();
        }
        if (policy.quotas() != null) {
            policy.quotas().forEach((name, quota) -> limit(key + ".quotas." + name, quota.words()));
        }
        crowds(key + ".concurrency", policy.concurrency());
        penalty(key + ".penalty.deny-at", policy.penalty());
        agents(key + ".agents", policy.agents());
    }

    private void limit(String key, LimitWords words) {
        tenant(key + ".by", words.by());
        var exempt = words.exempt() == null ? null : words.exempt().addresses();
        if (exempt != null && exempt.stream().anyMatch(EVERYBODY::contains)) {
            sink.take(EXEMPTS_EVERYBODY, key + ".exempt.addresses", "everybody is exempt", "name whom you know");
        }
        var cost = words.cost();
        if (cost != null && cost.header() != null && written.forwarded() == null) {
            sink.take(
                    UNREAD_COST,
                    key + ".cost.header",
                    "no proxy is trusted, so that this is read from nobody",
                    "write `forwarded.trusted`, or a `case` instead");
        }
        if (written.store() == null) {
            storeless(key, words);
        }
    }

    private void storeless(String key, LimitWords words) {
        if (words.count() != null && SHARED.contains(words.count())) {
            sink.take(
                    NO_STORE,
                    key + ".count",
                    "`" + words.count()
                            + "`, but there is no `store`: without one of the application's own it does not start",
                    "write `store`, or remove it");
        }
        if ("deny".equals(words.onFailure())) {
            sink.take(
                    NO_STORE,
                    key + ".on-failure",
                    "there is no `store` that could be away",
                    "write `store`, or remove it");
        }
    }

    private void tenant(String key, @Nullable String words) {
        if (!tenants && words != null && Stream.of(words.split("\\+", -1)).anyMatch(TENANT::equals)) {
            sink.take(
                    UNKNOWN_TENANT,
                    key,
                    "nobody has a tenant, so that it counts by address",
                    "write the `tenant` of clients, or name the claim by `claims.tenant` of an issuer");
        }
    }

    private void crowds(String key, @Nullable Map<String, ConcurrencyLimit> limits) {
        (limits == null ? Map.<String, ConcurrencyLimit>of() : limits).forEach((name, limit) -> {
            tenant(key + "." + name + ".by", limit.by());
            tenant(key + "." + name + ".share-by", limit.shareBy());
            if (limit.exempt() != null && limit.exempt().contains("/**")) {
                sink.take(EXEMPTS_EVERYBODY, key + "." + name + ".exempt", "every path is exempt", "name probes alone");
            }
        });
    }

    private void penalty(String key, @Nullable PenaltyBox box) {
        if (box == null || box.denyAt() == null) {
            return;
        }
        var quiet = new At(new Problems(Places.UNKNOWN), "");
        var most = RiskSettings.compile(quiet, written.risk()).weights().values().stream()
                .filter(weight -> weight.points() > 0)
                .mapToLong(RiskTerms.Weight::most)
                .sum();
        if (quiet.child("deny-at").read(box.denyAt(), Kind.COUNT, 0L) > most) {
            sink.take(UNREACHABLE_SCORE, key, "all signals together come to " + most, "write at most " + most);
        }
    }

    private void agents(String key, @Nullable AgentNames names) {
        if (names != null
                && names.deny() != null
                && names.deny().isEmpty()
                && names.crawlers() == null
                && !"true".equals(names.denyNameless())) {
            sink.take(
                    NO_AGENTS, key + ".deny", "an empty list, which denies nobody", "remove it: `scanners` are usual");
        }
    }
}
