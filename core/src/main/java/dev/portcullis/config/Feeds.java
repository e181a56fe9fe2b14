package dev.portcullis.config;

import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.ip.Countries;
import dev.portcullis.ip.CountryFile;
import dev.portcullis.ip.CountryReport;
import dev.portcullis.ip.Feed;
import dev.portcullis.ip.FeedReport;
import dev.portcullis.ip.IpRanges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What others say of addresses, as one configuration asks them: feeds, and the countries. Thread-safe.
 *
 * @param known the feeds by name
 * @param countries who tells countries; null: nobody
 * @param demanded the names of those without which requests are denied
 */
record Feeds(Map<String, Known> known, @Nullable Countries countries, Set<String> demanded) {

    static final Feeds NONE = new Feeds(Map.of(), null, Set.of());

    private static final String HELP = "name a feed, as in `feeds: { NAME: { source: https://... } }`";

    /**
     * A feed and what was written of its use.
     *
     * @param feed the feed; null when there is a problem with it
     * @param except what it never denies
     * @param mode whether its denials are enforced
     * @param onFailure what happens while nobody can tell what it lists
     */
    record Known(@Nullable Feed feed, IpRanges except, Mode mode, OnFailure onFailure) {}

    /** The feeds, none of which is demanded until a rule says so. */
    static Feeds of(Map<String, Known> known, @Nullable Countries countries) {
        return new Feeds(new LinkedHashMap<>(known), countries, ConcurrentHashMap.newKeySet());
    }

    /** The feed that a policy names; null when there is none, which is a problem. */
    @Nullable
    Known of(At at, String name) {
        var found = known.get(name);
        if (found == null) {
            var near = Nearest.to(name, known.keySet());
            at.problem(
                    "no feed `" + At.shown(name) + "`",
                    near.map(one -> "did you mean `" + one + "`?").orElse(HELP));
        }
        return found;
    }

    private List<Feed> all() {
        return known.values().stream()
                .map(Known::feed)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Starts to fetch what is due. */
    void tend() {
        all().forEach(Feed::tend);
        if (countries instanceof CountryFile file) {
            file.tend();
        }
    }

    /** Completed, never exceptionally, when everything was fetched or could not be. */
    CompletableFuture<Void> fetched() {
        return CompletableFuture.allOf(all().stream().map(Feed::fetched).toArray(CompletableFuture[]::new));
    }

    /** How it stands with the file that tells countries; null when there is none. */
    @Nullable
    CountryReport country() {
        return countries instanceof CountryFile file ? file.report() : null;
    }

    /** How it stands with each. */
    List<FeedReport> reports() {
        return all().stream().map(Feed::report).toList();
    }

    /** Why requests are denied because of feeds that were never there; one line each. */
    List<String> missing() {
        return all().stream()
                .filter(feed -> demanded.contains(feed.name()))
                .map(Feed::report)
                .filter(report -> report.fetched() == null)
                .map(report -> "feed `" + report.feed() + "`: "
                        + (report.problem() == null ? "it was not loaded yet" : report.problem()))
                .toList();
    }
}
