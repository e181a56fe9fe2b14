package dev.portcullis.config;

import dev.portcullis.auth.KeyReport;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a gate can judge what its configuration speaks of. Immutable.
 *
 * <p>A gate becomes ready when the keys of every issuer, and every feed without which requests are denied, were there once, and stays so: an issuer that is away later makes the gate
 * answer 503 to what it cannot tell, and takes no instance out of service that can serve other callers.
 *
 * @param ready whether requests can be sent
 * @param causes why they cannot, or what is about to be missing; one line each
 * @param keys how it stands with each issuer's keys
 */
public record Readiness(boolean ready, List<String> causes, List<KeyReport> keys) {

    /** Copies the lists. */
    public Readiness {
        causes = List.copyOf(causes);
        keys = List.copyOf(keys);
    }

    static Readiness of(List<KeyReport> keys, List<String> feeds) {
        var causes = Stream.concat(
                        keys.stream()
                                .filter(report -> !report.ready() || report.problem() != null)
                                .map(Readiness::cause),
                        feeds.stream())
                .toList();
        return new Readiness(feeds.isEmpty() && keys.stream().allMatch(Readiness::wasThere), causes, keys);
    }

    private static boolean wasThere(KeyReport report) {
        return report.ready() || report.fetched() != null;
    }

    private static String cause(KeyReport report) {
        var problem = report.problem() == null ? "the keys were not fetched yet" : report.problem();
        return "issuer `" + report.issuer() + "`: " + problem;
    }
}
