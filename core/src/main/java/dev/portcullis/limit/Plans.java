package dev.portcullis.limit;

import dev.portcullis.Principal;
import dev.portcullis.limit.Terms.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each caller is permitted: the number of the client itself, else of its plan, else of everybody. Thread-safe. */
final class Plans {

    /** What a caller is permitted, and how it is told of it. */
    record Plan(Quota quota, RateFields fields) {}

    /** Whose numbers a plan is made of. There are no more of them than are written. */
    private record Whose(
            @Nullable Map<String, Long> client, @Nullable Map<String, Long> tier) {}

    private final ClientNames names;
    private final List<Window> windows;
    private final Map<String, Map<String, Long>> tiers;
    private final Map<Member, Map<String, Long>> clients;
    private final Terms terms;
    private final Plan common;
    private final Map<Whose, Plan> others = new ConcurrentHashMap<>();

    Plans(Terms terms) {
        this.terms = terms;
        this.windows = terms.windows;
        this.tiers = Map.copyOf(terms.tiers);
        this.clients = Map.copyOf(terms.clients);
        this.names = terms.key.names();
        this.common = plan(windows);
        clients.values().forEach(client -> {
            of(new Whose(client, null));
            tiers.values().forEach(tier -> of(new Whose(client, tier)));
        });
    }

    /** What everybody is permitted. */
    Plan common() {
        return common;
    }

    Plan of(@Nullable Principal caller) {
        if (caller == null || tiers.isEmpty() && clients.isEmpty()) {
            return common;
        }
        var tier = caller.tier() == null ? null : tiers.get(caller.tier());
        var client = clients.isEmpty() ? null : clients.get(new Member(names.issuerOf(caller), names.clientOf(caller)));
        return tier == null && client == null ? common : of(new Whose(client, tier));
    }

    private Plan of(Whose whose) {
        var known = others.get(whose);
        return known == null ? others.computeIfAbsent(whose, this::plan) : known;
    }

    private Plan plan(Whose whose) {
        return plan(windows.stream()
                .map(window -> window.with(permits(window, whose)))
                .toList());
    }

    private static long permits(Window window, Whose whose) {
        var ofTier = whose.tier() == null ? null : whose.tier().get(window.name());
        var ofClient = whose.client() == null ? null : whose.client().get(window.name());
        if (ofClient != null) {
            return ofClient;
        }
        return ofTier == null ? window.permits() : ofTier;
    }

    private Plan plan(List<Window> some) {
        return new Plan(new Quota(some), new RateFields(some, terms));
    }
}
