package dev.portcullis.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns from good requests that were denied which exclusions would let them pass. It remembers what they ask for and not the requests, and no
 * more than a bounded number of different demands.
 *
 * <p>A request passes when all that it asks for is granted. So what only requests ask for that would be denied all the same is not granted, and
 * neither is what too few clients ask for: whoever attacks asks too.
 */
final class Lesson {

    private static final int MOST_DEMANDS = 5_000;
    private static final int MOST_PATHS = 10;

    private final int minClients;
    private final Map<Set<Ask>, Demand> demands = new LinkedHashMap<>();
    private final Set<Ask> certain = new HashSet<>();
    private final Demand forgotten = new Demand();
    private long judged;

    Lesson(int minClients) {
        this.minClients = minClients;
    }

    void learn(Findings findings, String id) {
        judged++;
        var asks = findings.asks();
        if (asks.isEmpty()) {
            return;
        }
        var known = demands.get(asks);
        if (known == null && demands.size() >= MOST_DEMANDS) {
            forgotten.note(findings.client(), id);
            return;
        }
        demands.computeIfAbsent(asks, any -> new Demand()).note(findings.client(), id);
        findings.hits()
                .forEach((policy, hits) -> hits.stream()
                        .filter(hit -> !hit.isSparedAtLow())
                        .forEach(hit -> certain.add(Ask.of(policy, findings.path(), hit))));
    }

    long judged() {
        return judged;
    }

    long denied() {
        return demands.values().stream().mapToLong(Demand::requests).sum() + forgotten.requests();
    }

    /** How many requests ask for more than can be remembered. */
    long forgotten() {
        return forgotten.requests();
    }

    /** What is granted: the largest set of which each is asked for by enough clients who then pass. */
    Set<Ask> granted() {
        var granted = new LinkedHashSet<Ask>();
        demands.keySet().forEach(granted::addAll);
        granted.removeIf(ask -> !ask.canBeExcluded());
        int before;
        do {
            before = granted.size();
            var supported = support(granted);
            granted.removeIf(ask -> {
                var demand = supported.get(ask);
                return demand == null || demand.clients() < minClients;
            });
        } while (granted.size() < before);
        return granted;
    }

    /** Who asks for each of these and for nothing else. */
    private Map<Ask, Demand> support(Set<Ask> granted) {
        var supported = new HashMap<Ask, Demand>();
        demands.forEach((asks, demand) -> {
            if (granted.containsAll(asks)) {
                asks.forEach(ask ->
                        supported.computeIfAbsent(ask, any -> new Demand()).add(demand));
            }
        });
        return supported;
    }

    /** What is proposed for what is granted. */
    List<Proposal> proposals() {
        var granted = granted();
        var supported = support(granted);
        var grouped = new LinkedHashMap<Ask, List<Ask>>();
        granted.forEach(ask -> grouped.computeIfAbsent(ask.anywhere(), any -> new ArrayList<>())
                .add(ask));
        var proposals = new ArrayList<Proposal>();
        grouped.forEach((anywhere, asks) -> {
            var demand = new Demand();
            asks.forEach(ask -> demand.add(supported.getOrDefault(ask, new Demand())));
            var paths = asks.size() > MOST_PATHS
                    ? List.<String>of()
                    : asks.stream().map(Ask::path).toList();
            var low = asks.stream().noneMatch(certain::contains);
            proposals.add(new Proposal(anywhere, paths, low, demand));
        });
        return proposals;
    }

    /** What is asked for and not granted, and by whom; what nobody can grant has no place. */
    Map<Ask, Demand> refused() {
        var granted = granted();
        var refused = new LinkedHashMap<Ask, Demand>();
        demands.forEach((asks, demand) -> asks.stream()
                .filter(ask -> !granted.contains(ask))
                .forEach(
                        ask -> refused.computeIfAbsent(ask, any -> new Demand()).add(demand)));
        return refused;
    }

    /** How many of the denied requests would pass. */
    long passing() {
        var granted = granted();
        return demands.entrySet().stream()
                .filter(entry -> granted.containsAll(entry.getKey()))
                .mapToLong(entry -> entry.getValue().requests())
                .sum();
    }
}
