package dev.portcullis.abuse;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What signals count, and how fast they are forgotten. Immutable.
 *
 * @param halfLife after which time half of a score is left
 * @param weights what each signal counts; those that are absent count what they usually do
 * @param honeypots the paths that only who looks for holes would go to, in lower case; what is below them is meant as well
 */
public record RiskTerms(Duration halfLife, Map<Signal, Weight> weights, Set<String> honeypots) {

    /** Paths of other people's software, of secrets and of leftovers. */
    public static final List<String> USUAL_HONEYPOTS = List.of(
            "/.env",
            "/.git",
            "/.svn",
            "/.aws",
            "/.ssh",
            "/.ds_store",
            "/.htpasswd",
            "/wp-login.php",
            "/wp-admin",
            "/wp-config.php",
            "/xmlrpc.php",
            "/phpmyadmin",
            "/phpinfo.php",
            "/cgi-bin",
            "/vendor/phpunit",
            "/solr/admin",
            "/manager/html",
            "/server-status",
            "/backup.sql",
            "/dump.sql",
            "/id_rsa");

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);

    /** What holds where nobody writes anything. */
    public static final RiskTerms USUAL = new RiskTerms(Duration.ofMinutes(3), Map.of(), Set.copyOf(USUAL_HONEYPOTS));

    /**
     * What a signal counts. Immutable.
     *
     * @param points what one counts; 0 for nothing
     * @param most what all of them count at most
     */
    public record Weight(int points, int most) {

        private static final int BOUND = 10_000;

        /** Checks the bounds. */
        public Weight {
            if (points < 0 || points > BOUND || most < points || most > BOUND) {
                throw new IllegalArgumentException("points: " + points + ", most: " + most + " (expected: 0 to " + BOUND
                        + ", and `most` not less)");
            }
        }
    }

    /** Fills in what is absent. */
    public RiskTerms {
        if (halfLife.compareTo(LEAST) < 0 || halfLife.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("half-life: " + halfLife + " (expected: 1s to 1d)");
        }
        var all = new EnumMap<Signal, Weight>(Signal.class);
        for (var signal : Signal.values()) {
            all.put(signal, weights.getOrDefault(signal, new Weight(signal.points(), signal.most())));
        }
        weights = Map.copyOf(all);
        honeypots =
                honeypots.stream().map(path -> path.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
