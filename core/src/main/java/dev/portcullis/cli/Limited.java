package dev.portcullis.cli;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Stream;

/** Whom limits have denied, or would have, and how often. For one thread. */
final class Limited {

    private static final Set<String> REASONS = Set.of("rate-limited", "quota-exceeded");
    private static final int MAX_CALLERS = 100_000;
    private static final int TOLD = 10;

    private final Map<String, Long> callers = new HashMap<>();
    private long others;

    void note(Request request, Verdict.Deny deny) {
        if (!REASONS.contains(deny.evidence().reason())) {
            return;
        }
        var caller = request.principal();
        var who = caller == null ? "address " + request.address() : "client " + caller.client();
        if (callers.size() < MAX_CALLERS || callers.containsKey(who)) {
            callers.merge(who, 1L, Long::sum);
        } else {
            others++;
        }
    }

    /** One line for each of those whom limits hit most; empty when they hit nobody. */
    List<String> lines() {
        var most = callers.entrySet().stream()
                .sorted(Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Entry.comparingByKey()))
                .toList();
        var lines = most.stream()
                .limit(TOLD)
                .map(entry -> "limited: " + Report.plain(entry.getKey()) + ", " + entry.getValue() + " times");
        var rest = others + most.stream().skip(TOLD).mapToLong(Entry::getValue).sum();
        var last = "limited: " + Math.max(0, most.size() - TOLD) + " others, " + rest + " times";
        return Stream.concat(lines, rest == 0 ? Stream.of() : Stream.of(last)).toList();
    }
}
