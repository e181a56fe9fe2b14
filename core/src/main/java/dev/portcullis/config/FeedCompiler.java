package dev.portcullis.config;

import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.ip.Countries;
import dev.portcullis.ip.Feed;
import dev.portcullis.ip.FeedFormat;
import dev.portcullis.ip.FeedSource;
import dev.portcullis.ip.FeedTerms;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the feeds of a configuration.
 *
 * @param at where they are written
 * @param contents finds files
 * @param own the service's own proxies
 * @param earlier the feeds that were there before
 * @param work what feeds stand on
 */
record FeedCompiler(At at, Contents contents, IpRanges own, Feeds earlier, Work work) {

    private static final String SOURCE =
            "write an address such as `https://lists.example.com/drop.txt`, or `file:/path/list.txt`";
    private static final String RANGES = "write addresses or ranges such as `203.0.113.0/24`";
    private static final String POINTERS = "write pointers such as `/prefixes/*/ip_prefix`";

    private static final Kind<String> FORMAT = Kind.choice(
            "format", Map.of("plain", "plain", "csv", "csv", "json", "json", "json-lines", "json-lines", "tor", "tor"));
    private static final Kind<OnFailure> CONSEQUENCE =
            Kind.choice("consequence", Map.of("deny", OnFailure.DENY, "proceed", OnFailure.PROCEED));

    /**
     * What feeds are fetched with.
     *
     * @param clock by which they age
     * @param executor on which they are fetched
     * @param client who asks for them
     */
    record Work(Clock clock, Executor executor, BoundedClient client) {

        static Work on(Clock clock, Executor executor) {
            return new Work(clock, executor, new BoundedClient(executor, Duration.ofSeconds(5)));
        }
    }

    Feeds compile(@Nullable Map<String, FeedSettings> written, @Nullable Countries countries) {
        var feeds = new LinkedHashMap<String, Feeds.Known>();
        if (written != null) {
            written.forEach((name, settings) -> feeds.put(name, known(at.child(name), name, settings)));
        }
        return Feeds.of(feeds, countries);
    }

    private Feeds.Known known(At here, String name, FeedSettings written) {
        var except = IpRanges.of(here.child("except").each(written.except(), RANGES, IpRange::parse));
        var mode = here.child("mode").read(written.mode(), Kind.MODE, Mode.OBSERVE);
        var onFailure = here.child("on-failure").read(written.onFailure(), CONSEQUENCE, OnFailure.DENY);
        return new Feeds.Known(feed(here, name, written), except, mode, onFailure);
    }

    private @Nullable Feed feed(At here, String name, FeedSettings written) {
        Names.demandPolicy(here, name);
        var source = source(here.child("source"), written.source());
        var format = format(here, written);
        var terms = terms(here, written, source);
        if (source == null || format == null || terms == null) {
            return null;
        }
        var feed = Feed.of(name, source).format(format).terms(terms).own(own).build(work.clock(), work.executor());
        var before = earlier.known().get(name);
        return before == null || before.feed() == null ? feed : feed.inheriting(before.feed());
    }

    private @Nullable FeedSource source(At here, @Nullable String written) {
        if (written == null) {
            here.problem("missing", SOURCE);
            return null;
        }
        if (written.startsWith("http:") || written.startsWith("https:")) {
            return web(here, written);
        }
        var file = written.startsWith("file:") ? contents.file(written) : null;
        if (file == null) {
            here.problem(Contents.shown(written) + " (expected: an https address or a file)", SOURCE);
            return null;
        }
        return FeedSource.file(file);
    }

    private @Nullable FeedSource web(At here, String written) {
        var uri = here.make(written, SOURCE, URI::create);
        if (uri == null) {
            return null;
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            here.problem("an address with a user or a fragment", SOURCE);
            return null;
        }
        if (!IssuerCompiler.isSafe(uri)) {
            here.problem(
                    "`" + At.shown(written) + "` (expected: an https address, to fetch from)",
                    "write an `https://` address");
            return null;
        }
        return FeedSource.at(uri, work.client());
    }

    private @Nullable FeedFormat format(At here, FeedSettings written) {
        var name = here.child("format").read(written.format(), FORMAT, "plain");
        demandUse(here.child("column"), written.column(), name.equals("csv"), "csv");
        demandUse(here.child("separator"), written.separator(), name.equals("csv"), "csv");
        demandUse(here.child("pointers"), written.pointers(), name.startsWith("json"), "json");
        var pointers = written.pointers() == null ? List.<String>of() : written.pointers();
        return switch (name) {
            case "csv" -> csv(here, written);
            case "json" -> here.child("pointers").make("", POINTERS, any -> FeedFormat.json(pointers));
            case "json-lines" -> here.child("pointers").make("", POINTERS, any -> FeedFormat.jsonLines(pointers));
            case "tor" -> FeedFormat.torExits();
            default -> FeedFormat.plain();
        };
    }

    private static void demandUse(At here, @Nullable Object written, boolean used, String format) {
        if (written != null && !used) {
            here.problem("says nothing in this format", "write `format: " + format + "`, or remove the key");
        }
    }

    private static @Nullable FeedFormat csv(At here, FeedSettings written) {
        var text = written.separator() == null ? "," : written.separator();
        var separator = text.equals("tab") ? "\t" : text;
        if (separator.length() != 1) {
            here.child("separator").problem("`" + At.shown(text) + "` (expected: one character)", "write `,` or `tab`");
            return null;
        }
        var column = written.column() == null ? "1" : written.column();
        return here.child("column")
                .make(
                        column,
                        "write the column's number or its name",
                        name -> FeedFormat.csv(name, separator.charAt(0)));
    }

    private @Nullable FeedTerms terms(At here, FeedSettings written, @Nullable FeedSource source) {
        var usual = FeedTerms.USUAL;
        var refresh = here.child("refresh").read(written.refresh(), Kind.DURATION, usual.refresh());
        var timeout = here.child("timeout").read(written.timeout(), Kind.DURATION, usual.timeout());
        var size = here.child("max-size").read(written.maxSize(), Kind.SIZE, (long) usual.maxBytes());
        var entries = here.child("max-entries").read(written.maxEntries(), Kind.COUNT, (long) usual.maxEntries());
        var stale = here.child("max-stale").read(written.maxStale(), Kind.DURATION);
        var empty = here.child("may-be-empty").read(written.mayBeEmpty(), Kind.SWITCH, false);
        var copy = copy(here.child("copy"), written.copy(), source);
        return here.make(
                "",
                "write less, or nothing",
                any -> new FeedTerms(refresh, timeout, bounded(size), bounded(entries), stale, copy, empty));
    }

    private static int bounded(long amount) {
        return (int) Math.min(amount, Integer.MAX_VALUE);
    }

    private @Nullable Path copy(At here, @Nullable String written, @Nullable FeedSource source) {
        if (written == null) {
            return null;
        }
        if (source instanceof FeedSource.Local) {
            here.problem("a copy of a file", "remove `copy`: the file is read at the start");
            return null;
        }
        var file = written.startsWith("file:") ? contents.file(written) : null;
        if (file == null || Files.isDirectory(file)) {
            here.problem(Contents.shown(written) + " (expected: a file to write to)", "write `file:/path/drop.copy`");
            return null;
        }
        return file;
    }
}
