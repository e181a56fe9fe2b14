package dev.portcullis.config;

import dev.portcullis.crawler.Crawler;
import dev.portcullis.crawler.CrawlerTerms;
import dev.portcullis.crawler.Crawlers;
import dev.portcullis.crawler.DnsLookup;
import dev.portcullis.crawler.KnownCrawlers;
import dev.portcullis.crawler.NameLookup;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The crawlers that a configuration knows, and what was looked up of addresses, over reloads that leave them as they are. Compiled by one thread at a time. */
final class Crawling {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final String NAMED = "write `{ agents: [OurBot], domains: [crawl.example.com] }`";

    private final Clock clock;
    private volatile @Nullable Made current;
    private volatile boolean open;

    /** Crawlers with what they were made from. */
    record Made(@Nullable CrawlerSettings written, Crawlers crawlers) {}

    /** No crawlers yet. */
    Crawling(Clock clock) {
        this.clock = clock;
    }

    /** What a configuration says; the same as before where it says the same. */
    Made compile(At at, @Nullable CrawlerSettings written) {
        var known = current;
        return known != null && Objects.equals(known.written, written)
                ? known
                : new Made(written, crawlers(at, written));
    }

    private Crawlers crawlers(At at, @Nullable CrawlerSettings written) {
        var all = new ArrayList<>(KnownCrawlers.ALL.values());
        if (written == null) {
            return Crawlers.of(all, DnsLookup.ofSystem(TIMEOUT), CrawlerTerms.USUAL, clock);
        }
        if (written.named() != null) {
            written.named().forEach((name, one) -> add(at.child("named").child(name), name, one, all));
        }
        return Crawlers.of(all, dns(at, written), terms(at, written), clock);
    }

    Clock clock() {
        return clock;
    }

    private static void add(At at, String name, CrawlerSettings.Named written, List<Crawler> all) {
        var agents = written.agents() == null ? List.<String>of() : written.agents();
        var domains = written.domains() == null ? List.<String>of() : written.domains();
        var made = at.make(name, NAMED, text -> new Crawler(text, agents, domains));
        if (made != null) {
            all.add(made);
        }
    }

    private NameLookup dns(At at, CrawlerSettings written) {
        var here = at.child("timeout");
        var timeout = here.read(written.timeout(), Kind.DURATION, TIMEOUT);
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            here.problem("`" + At.shown(String.valueOf(written.timeout())) + "` (expected: up to 30s)", "write `3s`");
        }
        var servers = written.dns();
        var dns = servers == null
                ? null
                : at.child("dns")
                        .make("", "write addresses such as `[10.0.0.2]`", any -> DnsLookup.of(servers, timeout));
        return dns == null ? DnsLookup.ofSystem(timeout) : dns;
    }

    private static CrawlerTerms terms(At at, CrawlerSettings written) {
        var usual = CrawlerTerms.USUAL;
        var keep = at.child("keep").read(written.keep(), Kind.DURATION, usual.keep());
        var forged = at.child("keep-forged").read(written.keepForged(), Kind.DURATION, usual.keepForged());
        var addresses = at.child("max-addresses").read(written.maxAddresses(), Kind.COUNT, (long) usual.maxAddresses());
        var pace =
                at.child("lookups-per-second").read(written.lookupsPerSecond(), Kind.COUNT, (long) usual.perSecond());
        var terms = at.make(
                "",
                "write less, or nothing",
                any -> new CrawlerTerms(keep, forged, usual.retry(), addresses.intValue(), pace.intValue()));
        return terms == null ? usual : terms;
    }

    /** Goes by these from now on. */
    void adopt(Made next) {
        var before = current;
        current = next;
        if (open) {
            next.crawlers.open();
        }
        if (before != null && before.crawlers != next.crawlers) {
            before.crawlers.close();
        }
    }

    /** From now on the name service is asked. */
    void open() {
        open = true;
        var known = current;
        if (known != null) {
            known.crawlers.open();
        }
    }

    void close() {
        var known = current;
        if (known != null) {
            known.crawlers.close();
        }
    }

    /** Has its figures counted. */
    void count(Metrics metrics) {
        Crawlers.figures()
                .forEach((fate, figure) -> metrics.add(
                        Series.counter("portcullis_crawler_lookups_total", Map.of("fate", fate), () -> now(figure))));
        metrics.add(Series.gauge("portcullis_crawler_addresses", Map.of(), () -> now(Crawlers::addresses)));
    }

    private double now(ToLongFunction<Crawlers> figure) {
        var known = current;
        return known == null ? 0 : figure.applyAsLong(known.crawlers);
    }
}
