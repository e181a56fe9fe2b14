package dev.portcullis.cli;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Finding;
import dev.portcullis.config.Policy;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Problem;
import dev.portcullis.config.TrafficConcerns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what recorded traffic shows of a policy file. For one thread. */
final class TrafficFindings {

    private static final int NORMAL = 99;
    private static final String RATE = ".rate-limit.";
    private static final String QUOTA = ".quota.";

    private final PolicyFile file;
    private final TrafficLint traffic;
    private final List<Finding> findings = new ArrayList<>();

    private TrafficFindings(PolicyFile file, TrafficLint traffic) {
        this.file = file;
        this.traffic = traffic;
    }

    /** All that is to be said, the worst first. */
    static List<Finding> of(PolicyFile file, TrafficLint traffic) {
        var made = new TrafficFindings(file, traffic);
        made.limits();
        made.policies();
        made.uncovered();
        made.exemptions();
        made.unclear();
        return made.findings.stream()
                .sorted((one, other) ->
                        one.concern().severity().compareTo(other.concern().severity()))
                .toList();
    }

    private void limits() {
        traffic.uses().forEach((key, use) -> {
            var window = key.window();
            var amounts = use.end();
            var normal = amounts.percentile(NORMAL);
            if (normal > window.permits()) {
                var text =
                        "`%d` per %s, but one of a hundred of %d periods of callers uses %d or more; the most is %d, and %d exceed it";
                found(
                        TrafficConcerns.LIMIT_BELOW_TRAFFIC,
                        keyOf(key.limit(), window.name()) + ".permits",
                        text.formatted(
                                window.permits(),
                                window.per(),
                                amounts.all(),
                                normal,
                                amounts.most(),
                                amounts.above(window.permits())),
                        "write `" + normal + "` or more, or say who is exempt or has another plan");
            }
            if (use.untold() > 0) {
                found(
                        TrafficConcerns.TRAFFIC_UNCLEAR,
                        keyOf(key.limit(), window.name()),
                        use.untold() + " requests of more than " + WindowUse.MAX_CALLERS
                                + " callers at a time were not counted",
                        "look at less of the traffic at a time");
            }
        });
    }

    /** Where a window of a limit is written, by the limit's rule. */
    private static String keyOf(String rule, String window) {
        var rate = rule.lastIndexOf(RATE);
        var quota = rule.lastIndexOf(QUOTA);
        return rate >= 0
                ? "policies." + rule.substring(0, rate) + ".rate-limits." + window
                : "policies." + rule.substring(0, Math.max(0, quota)) + ".quotas." + window;
    }

    private Map<String, Policy> written() {
        Configuration configuration = file.configuration();
        return configuration.policies() == null ? Map.of() : configuration.policies();
    }

    private void policies() {
        written().forEach((name, policy) -> {
            if (policy.paths() != null && !policy.paths().isEmpty()) {
                paths(name, policy.paths());
            }
        });
    }

    private void paths(String name, List<String> paths) {
        var idle = paths.stream().filter(path -> !isMet(name, path)).toList();
        var help = "correct the path, remove it, or look at more traffic";
        if (idle.size() == paths.size()) {
            found(TrafficConcerns.POLICY_UNMATCHED, "policies." + name, "no request goes where it is for", help);
            return;
        }
        idle.forEach(path -> found(
                TrafficConcerns.PATH_UNMATCHED,
                "policies." + name + ".paths[" + paths.indexOf(path) + "]",
                "no request goes to `" + path + "`",
                help));
    }

    private boolean isMet(String policy, String path) {
        return traffic.routes().getOrDefault(policy + " " + path, 0L) > 0;
    }

    private void uncovered() {
        for (var entry : traffic.uncovered().most()) {
            var place = entry.getValue();
            found(
                    TrafficConcerns.TRAFFIC_UNCOVERED,
                    "policies",
                    "`" + Report.plain(entry.getKey()) + "` is for no policy: " + place.requests()
                            + " requests, the first `" + Report.plain(place.id()) + "`",
                    "write a policy for its path, or leave it to `otherwise`");
        }
        if (traffic.uncovered().rest() > 0) {
            found(
                    TrafficConcerns.TRAFFIC_UNCOVERED,
                    "policies",
                    traffic.uncovered().rest() + " requests more go elsewhere where no policy is for",
                    "write policies for their paths, or leave them to `otherwise`");
        }
    }

    private void exemptions() {
        written().forEach((name, policy) -> {
            if (policy.rateLimits() != null) {
                policy.rateLimits()
                        .forEach((limit, rate) -> exemption(
                                "policies." + name + ".rate-limits." + limit,
                                rate.exempt() != null,
                                name + RATE,
                                limit));
            }
            if (policy.quotas() != null) {
                policy.quotas()
                        .forEach((limit, quota) -> exemption(
                                "policies." + name + ".quotas." + limit, quota.exempt() != null, name + QUOTA, limit));
            }
        });
    }

    private void exemption(String key, boolean written, String prefix, String limit) {
        var seen = seen(prefix, limit);
        if (!written || seen == null) {
            return;
        }
        var used = seen.exempt() > 0;
        found(
                used ? TrafficConcerns.EXEMPTION_USED : TrafficConcerns.EXEMPTION_UNUSED,
                key + ".exempt",
                seen.exempt() + " of " + seen.met() + " requests are exempt",
                used ? "see that they should be" : "remove it, or look at more traffic");
    }

    /** What was seen of the rule that a limit is part of. */
    private TrafficLint.@Nullable Exemption seen(String prefix, String limit) {
        return traffic.exemptions().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> List.of(
                                entry.getKey().substring(prefix.length()).split("\\+"))
                        .contains(limit))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void unclear() {
        if (traffic.timeless() > 0) {
            found(
                    TrafficConcerns.TRAFFIC_UNCLEAR,
                    "",
                    traffic.timeless() + " of " + traffic.requests()
                            + " lines do not say when they came, so that they do not count for limits",
                    "write `at`, as in `\"at\": \"2026-07-01T12:00:00Z\"`");
        }
        if (traffic.stoppedEarly() > 0) {
            found(
                    TrafficConcerns.TRAFFIC_UNCLEAR,
                    "",
                    traffic.stoppedEarly() + " of " + traffic.requests()
                            + " requests are denied before all of their limits are asked, so that they do not count for these",
                    "see `replay` for why; `--fetch` gets the keys of issuers");
        }
    }

    private void found(Concern concern, String key, String message, String help) {
        findings.add(new Finding(concern, new Problem(key, file.places().of(key), message, help)));
    }
}
