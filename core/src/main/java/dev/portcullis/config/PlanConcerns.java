package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.limit.Cost;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at limits for plans and clients that nobody has. What cannot be read is no concern here. */
final class PlanConcerns {

    private static final Concern UNKNOWN_TIER = new Concern(
            "unknown-tier",
            Severity.WARNING,
            "A limit grants something to a plan that no client has, while no claim and no store of keys could name it.");
    private static final Concern UNKNOWN_CLIENT =
            new Concern("unknown-client", Severity.WARNING, "A limit speaks of a client that is none of `clients`.");

    private static final Concern UNAFFORDABLE = new Concern(
            "unaffordable",
            Severity.ERROR,
            "A request costs more than a limit ever permits, so that nobody can send it.");

    static final List<Concern> ALL = List.of(UNKNOWN_TIER, UNKNOWN_CLIENT, UNAFFORDABLE);

    private final Found sink;
    private final Map<String, Client> clients;
    private final boolean elsewhere;
    private final boolean claimed;
    private final Set<String> tiers = new HashSet<>();

    PlanConcerns(Configuration written, Found sink) {
        this.sink = sink;
        this.clients = written.clients() == null ? Map.of() : written.clients();
        var keys = written.apiKey();
        this.elsewhere = clients.isEmpty() || keys != null && (keys.file() != null || keys.jdbc() != null);
        this.claimed = claims(written.issuers());
        clients.values().forEach(this::addTiers);
    }

    private static boolean claims(@Nullable Map<String, TrustedIssuer> issuers) {
        return issuers != null
                && issuers.values().stream()
                        .anyMatch(one -> one.claims() != null && one.claims().tier() != null);
    }

    private void addTiers(Client client) {
        tiers.add(Objects.requireNonNullElse(client.tier(), ""));
        if (client.keys() != null) {
            client.keys().values().forEach(key -> tiers.add(Objects.requireNonNullElse(key.tier(), "")));
        }
    }

    void look(Configuration written) {
        var policies = written.policies();
        (policies == null ? Map.<String, Policy>of() : policies)
                .forEach((name, policy) -> look("policies." + name, policy));
    }

    private void look(String key, Policy policy) {
        if (policy.rateLimits() != null) {
            policy.rateLimits().forEach((name, limit) -> {
                look(key + ".rate-limits." + name, limit.tiers(), limit.clients(), limit.exempt());
                price(key + ".rate-limits." + name, limit.permits(), limit.cost());
            });
        }
        if (policy.quotas() != null) {
            policy.quotas()
                    .forEach((name, quota) ->
                            look(key + ".quotas." + name, quota.tiers(), quota.clients(), quota.exempt()));
        }
    }

    private void look(
            String key,
            @Nullable Map<String, LimitShare> plans,
            @Nullable Map<String, LimitShare> named,
            @Nullable LimitExempt exempt) {
        if (plans != null && !elsewhere && !claimed) {
            plans.keySet().stream()
                    .filter(tier -> !tiers.contains(tier))
                    .forEach(tier -> sink.take(
                            UNKNOWN_TIER,
                            key + ".tiers." + tier,
                            "no client has this plan",
                            "write it as the `tier` of a client, or name the claim by `claims.tier` of an issuer"));
        }
        if (named != null) {
            named.keySet().forEach(client -> client(key + ".clients." + client, client));
        }
        if (exempt != null && exempt.clients() != null) {
            exempt.clients().forEach(client -> client(key + ".exempt.clients", client));
        }
    }

    private void price(String key, @Nullable String permits, @Nullable LimitCost cost) {
        var usual = cost == null || cost.permits() == null ? -1 : Cost.number(cost.permits(), -1);
        var granted = permits == null ? Long.MAX_VALUE : Cost.number(permits, Long.MAX_VALUE);
        if (usual > granted) {
            sink.take(UNAFFORDABLE, key + ".cost.permits", "more than `permits`", "write at most " + granted);
        }
    }

    private void client(String key, String name) {
        clients.forEach((other, client) -> {
            if (client.tokens() != null && client.tokens().contains(name)) {
                sink.take(
                        UNKNOWN_CLIENT,
                        key,
                        "`" + At.shown(name) + "` is counted as `" + At.shown(other) + "`, so that this never holds",
                        "write `" + At.shown(other) + "`");
            }
        });
        if (!elsewhere && name.indexOf('/') < 0 && !clients.containsKey(name)) {
            sink.take(
                    UNKNOWN_CLIENT,
                    key,
                    "`" + At.shown(name) + "` is none of `clients`",
                    "write one of them, or `ISSUER/CLIENT` for a client of an issuer's tokens");
        }
    }
}
