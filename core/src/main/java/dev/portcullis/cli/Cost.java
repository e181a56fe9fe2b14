package dev.portcullis.cli;

import dev.portcullis.attack.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many attacks would pass if what is proposed were done. */
final class Cost {

    private final List<Proposal> proposals;
    private final Map<Spared, List<Proposal>> byParameter;
    private final Map<Spared, Long> there = new LinkedHashMap<>();
    private long attacks;
    private long denied;
    private long passing;

    /** One parameter of one policy, of which several detectors may spare it. */
    private record Spared(Ask ask) {

        static Spared of(Proposal proposal) {
            var ask = proposal.ask();
            return new Spared(new Ask(ask.policy(), "", ask.in(), ask.parameter(), ""));
        }
    }

    Cost(List<Proposal> proposals) {
        this.proposals = List.copyOf(proposals);
        this.byParameter =
                proposals.stream().collect(Collectors.groupingBy(Spared::of, LinkedHashMap::new, Collectors.toList()));
    }

    void note(Findings findings) {
        attacks++;
        var hits = findings.hits();
        if (hits.values().stream().allMatch(List::isEmpty)) {
            return;
        }
        denied++;
        passing += hits.entrySet().stream()
                        .allMatch(entry -> entry.getValue().stream()
                                .allMatch(hit -> isCovered(entry.getKey(), findings.path(), hit)))
                ? 1
                : 0;
        byParameter.forEach((spared, all) -> {
            var passes = hits.values().stream().flatMap(List::stream).allMatch(hit -> isSpared(all, hit));
            there.merge(spared, passes ? 1L : 0L, Long::sum);
        });
    }

    private boolean isCovered(String policy, String path, Hit hit) {
        return proposals.stream().anyMatch(one -> one.covers(policy, path, hit));
    }

    private static boolean isSpared(List<Proposal> all, Hit hit) {
        return all.stream().anyMatch(one -> one.spares(hit));
    }

    /** What it costs, as recorded. */
    String summary() {
        return "of " + attacks + " attacks " + denied + " are denied now; " + passing
                + " of these would pass, sent as they were recorded";
    }

    /** What it costs at the parameter of a proposal: the attacks that would pass if they were sent there. */
    String at(Proposal proposal) {
        return there.getOrDefault(Spared.of(proposal), 0L) + " of " + denied + " attacks would pass there";
    }
}
