package dev.portcullis.crawler;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Crawlers by their names, and what is known of addresses from which agents say that they are one. Thread-safe.
 *
 * <p>It asks nobody before {@link #open}, and never on the thread that asks it.
 */
public final class Crawlers implements AutoCloseable {

    private final Map<String, Crawler> all = new LinkedHashMap<>();
    private final Lookups lookups;
    private final Claims claims;

    private Crawlers(List<Crawler> crawlers, NameLookup names, CrawlerTerms terms, Clock clock) {
        crawlers.forEach(crawler -> all.put(crawler.name(), crawler));
        var known = List.copyOf(all.values());
        this.claims = new Claims(known);
        this.lookups = new Lookups(
                new Confirming(names, host -> known.stream().anyMatch(crawler -> crawler.owns(host))), terms, clock);
    }

    /**
     * These crawlers, of which the later of a name holds.
     *
     * @param names the name service that is asked
     */
    public static Crawlers of(List<Crawler> crawlers, NameLookup names, CrawlerTerms terms, Clock clock) {
        return new Crawlers(
                List.copyOf(crawlers),
                requireNonNull(names, "names"),
                requireNonNull(terms, "terms"),
                requireNonNull(clock, "clock"));
    }

    /** The crawlers by their names. */
    public Map<String, Crawler> all() {
        return Map.copyOf(all);
    }

    /** From now on the name service is asked. */
    public void open() {
        lookups.open();
    }

    /** How the agent of a request stands, whichever crawler it says that it is. */
    public Standing standing(Request request) {
        return standing(request, claims);
    }

    private Standing standing(Request request, Claims among) {
        var claimed = among.of(request.header("User-Agent"));
        return claimed.isEmpty() ? Standing.NONE : lookups.standing(request.address(), claimed);
    }

    /** The name of the crawler that the agent proves to be; else {@code none}, {@code forged} or {@code unknown}. */
    public String nameOf(Request request) {
        return switch (standing(request)) {
            case NONE -> "none";
            case VERIFIED -> claims.of(request.header("User-Agent")).get(0).name();
            case FORGED -> "forged";
            case UNKNOWN, UNTOLD -> "unknown";
        };
    }

    /**
     * A check that denies agents which say that they are one of these crawlers, and are not: 403 {@code agent-denied}; 503 where the
     * name service could not tell.
     *
     * @param unknownProceed whether an agent passes whose address nobody has looked up yet; else that is 503 too
     * @throws IllegalArgumentException when there is no crawler of a name
     */
    public Check demanding(List<String> names, boolean unknownProceed) {
        var some = claims(names);
        return new CrawlerRule(request -> standing(request, some), unknownProceed);
    }

    /**
     * Tells of requests whether they come from one of these crawlers, as far as is known.
     *
     * @throws IllegalArgumentException when there is no crawler of a name
     */
    public Predicate<Request> verified(List<String> names) {
        var some = claims(names);
        return request -> standing(request, some) == Standing.VERIFIED;
    }

    private Claims claims(List<String> names) {
        return new Claims(names.stream().map(this::named).toList());
    }

    private Crawler named(String name) {
        var crawler = all.get(name);
        if (crawler == null) {
            throw new IllegalArgumentException("crawler: `" + name + "` (expected: one of " + all.keySet() + ")");
        }
        return crawler;
    }

    /** What is counted, by its name in figures. */
    public static Map<String, ToLongFunction<Crawlers>> figures() {
        return Stream.of(Lookups.Fate.values())
                .collect(Collectors.toMap(
                        fate -> fate.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        fate -> crawlers -> crawlers.lookups.counted(fate)));
    }

    /** Of how many addresses something is known. */
    public long addresses() {
        return lookups.known();
    }

    @Override
    public void close() {
        lookups.close();
    }
}
