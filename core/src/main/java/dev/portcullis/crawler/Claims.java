package dev.portcullis.crawler;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Which of some crawlers an agent says that it is. Thread-safe. */
final class Claims {

    /** How much of an agent's name is looked at, in characters. */
    static final int MAX_NAME = 512;

    private static final int REMEMBERED = 256;

    private final List<Crawler> crawlers;

    /** What was found of names that came lately, so that the usual ones are looked at once. */
    private final AtomicReferenceArray<@Nullable Claim> lately = new AtomicReferenceArray<>(REMEMBERED);

    private record Claim(String agent, List<Crawler> crawlers) {}

    Claims(List<Crawler> crawlers) {
        this.crawlers = List.copyOf(crawlers);
    }

    /** All that it says that it is; empty for most. */
    List<Crawler> of(@Nullable String agent) {
        if (agent == null) {
            return List.of();
        }
        if (agent.length() > MAX_NAME) {
            return among(agent.substring(0, MAX_NAME));
        }
        var place = agent.hashCode() & REMEMBERED - 1;
        var claim = lately.get(place);
        if (claim == null || !claim.agent.equals(agent)) {
            claim = new Claim(agent, among(agent));
            lately.set(place, claim);
        }
        return claim.crawlers;
    }

    private List<Crawler> among(String agent) {
        var name = agent.toLowerCase(Locale.ROOT);
        return crawlers.stream().filter(crawler -> crawler.isClaimedBy(name)).toList();
    }
}
