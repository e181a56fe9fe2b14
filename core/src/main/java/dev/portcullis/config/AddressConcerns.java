package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at rules about addresses for what is hardly meant. What cannot be read is no concern here. */
final class AddressConcerns {

    private static final Concern ALLOWED_PROXY = new Concern(
            "allowed-proxy",
            Severity.WARNING,
            "A list of addresses that may call holds a trusted proxy, for which every caller is taken whose header got lost.");
    private static final Concern UNUSED_FEED =
            new Concern("unused-feed", Severity.WARNING, "A feed is fetched, and no policy asks for it.");
    private static final Concern OBSERVED_FEED =
            new Concern("observed-feed", Severity.NOTE, "A feed is only observed where it denies: it denies nothing.");

    static final List<Concern> ALL = List.of(ALLOWED_PROXY, UNUSED_FEED, OBSERVED_FEED);

    private final Configuration written;
    private final Found sink;
    private final IpRanges proxies;

    AddressConcerns(Configuration written, Found sink) {
        this.written = written;
        this.sink = sink;
        this.proxies = ForwardedCompiler.ranges(written.forwarded());
    }

    void look() {
        policies().forEach((name, policy) -> {
            if (policy.ip() != null) {
                allowed("policies." + name + ".ip.allow", policy.ip().allow());
            }
        });
        var feeds = written.feeds();
        (feeds == null ? Map.<String, FeedSettings>of() : feeds).forEach(this::feed);
    }

    private Map<String, Policy> policies() {
        var policies = written.policies();
        return policies == null ? Map.of() : policies;
    }

    private void allowed(String key, @Nullable List<String> ranges) {
        var quiet = new At(new Problems(Places.UNKNOWN), "");
        for (var i = 0; ranges != null && i < ranges.size(); i++) {
            var range = quiet.item(i).make(ranges.get(i), "", IpRange::parse);
            if (range != null && proxies.overlaps(range)) {
                sink.take(
                        ALLOWED_PROXY,
                        key + "[" + i + "]",
                        "`" + At.shown(ranges.get(i)) + "` holds a trusted proxy",
                        "allow the callers' own addresses");
            }
        }
    }

    private void feed(String name, FeedSettings feed) {
        var denies = named(name, Ip::denyFeeds);
        if (!denies && !named(name, Ip::allowFeeds)) {
            sink.take(
                    UNUSED_FEED,
                    "feeds." + name,
                    "no policy asks for `" + At.shown(name) + "`",
                    "name it in a policy's `ip.deny-feeds` or `ip.allow-feeds`, or remove it");
        } else if (denies && !"enforce".equals(feed.mode())) {
            sink.take(
                    OBSERVED_FEED,
                    "feeds." + name,
                    "only observed",
                    "write `mode: enforce` once you know what it denies");
        }
    }

    private boolean named(String name, Function<Ip, @Nullable List<String>> list) {
        return policies().values().stream()
                .flatMap(policy -> Stream.ofNullable(policy.ip()))
                .flatMap(ip -> Stream.ofNullable(list.apply(ip)))
                .anyMatch(names -> names.contains(name));
    }
}
