package dev.portcullis.crawler;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A crawler: how it calls itself, and where the names of its addresses end. Immutable.
 *
 * @param name the name that operators have for it
 * @param agents parts of the names of its agents, whatever the case
 * @param domains the domains that it has published
 */
public record Crawler(String name, List<String> agents, List<String> domains) {

    private static final int SHORTEST = 3;
    private static final int MAX_PARTS = 50;
    private static final List<String> RESERVED = List.of("known", "unknown", "none", "forged");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}[a-z]{2,63}");

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when one is empty, or something in it would fit nearly everybody
     */
    public Crawler {
        requireNonNull(name, "name");
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "name: `" + name + "` (expected: small letters, digits and `-`, and none of " + RESERVED + ")");
        }
        agents = some("agents", agents);
        domains = some("domains", domains);
        for (var agent : agents) {
            if (agent.length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "agents: `" + agent + "` (expected: at least " + SHORTEST + " characters)");
            }
        }
        for (var domain : domains) {
            if (!DOMAIN.matcher(domain).matches()) {
                throw new IllegalArgumentException("domains: `" + domain
                        + "` (expected: a domain of two names or more, such as `search.msn.com`)");
            }
        }
    }

    private static List<String> some(String key, List<String> texts) {
        if (texts.isEmpty() || texts.size() > MAX_PARTS) {
            throw new IllegalArgumentException(key + ": " + texts.size() + " (expected: 1 to " + MAX_PARTS + ")");
        }
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /** Tells whether an agent of this name, in small letters, says that it is this crawler. */
    boolean isClaimedBy(String agent) {
        for (var i = 0; i < agents.size(); i++) {
            if (agent.contains(agents.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a host of this name, in small letters, stands in one of its domains. */
    boolean owns(String host) {
        for (var i = 0; i < domains.size(); i++) {
            var domain = domains.get(i);
            var rest = host.length() - domain.length();
            if (rest > 0 && host.charAt(rest - 1) == '.' && host.endsWith(domain)) {
                return true;
            }
        }
        return false;
    }
}
