package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.ip.CountryRules;
import dev.portcullis.ip.Feed;
import dev.portcullis.ip.FeedRule;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import dev.portcullis.ip.IpRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles which addresses may call.
 *
 * @param site the feeds
 * @param policy what the rules' names begin with
 * @param at where it is written
 * @param outer the mode where it says none
 */
record AddressCompiler(Site site, String policy, At at, Mode outer) {

    private static final String RANGES = "write addresses or ranges such as `203.0.113.0/24` or `2001:db8::/32`";

    void compile(Ip part, Consumer<Rule> rules) {
        if (Stream.of(part.allow(), part.allowFeeds(), part.allowCountries()).allMatch(list -> list == null)
                && Stream.of(part.deny(), part.denyFeeds(), part.denyCountries())
                        .allMatch(AddressCompiler::isNothing)) {
            at.problem(
                    "neither allows nor denies an address",
                    "write `allow` or `deny`, or one of them with `-feeds` or `-countries`");
        }
        demandSome(at.child("allow"), part.allow());
        demandSome(at.child("allow-countries"), part.allowCountries());
        demandSome(at.child("allow-feeds"), part.allowFeeds());
        var allow = ranges(at.child("allow"), part.allow());
        var deny = ranges(at.child("deny"), part.deny());
        var mode = at.child("mode").read(part.mode(), Kind.MODE, outer);
        var feeds = allowing(at.child("allow-feeds"), part.allowFeeds(), mode);
        if (part.allow() != null || part.allowFeeds() != null || !isNothing(part.deny())) {
            rules.accept(rule("ip", IpRules.of(allow, deny).allowing(feeds), mode));
        }
        denying(at.child("deny-feeds"), part.denyFeeds(), allow, mode).forEach(rules);
        countries(part, mode).forEach(rules);
    }

    private Stream<Rule> countries(Ip part, Mode mode) {
        var allow = codes(at.child("allow-countries"), part.allowCountries());
        var deny = codes(at.child("deny-countries"), part.denyCountries());
        var known = site.feeds().countries();
        if (part.allowCountries() == null && isNothing(part.denyCountries())) {
            return Stream.of();
        }
        if (known == null) {
            at.child(part.allowCountries() == null ? "deny-countries" : "allow-countries")
                    .problem("nobody tells countries", "write `geo: { country: file:/path/GeoLite2-Country.mmdb }`");
            return Stream.of();
        }
        return Stream.of(rule("ip-countries", CountryRules.of(known, allow, deny), mode));
    }

    private static Set<String> codes(At here, @Nullable List<String> written) {
        return Set.copyOf(here.each(written, "write codes such as `DE`, or `unknown`", CountryRules::code));
    }

    private static boolean isNothing(@Nullable List<String> written) {
        return written == null || written.isEmpty();
    }

    private static void demandSome(At here, @Nullable List<String> written) {
        if (written != null && written.isEmpty()) {
            here.problem("an empty list, which would allow everybody", "name who may call, or remove the key");
        }
    }

    private static IpRanges ranges(At here, @Nullable List<String> texts) {
        return IpRanges.of(here.each(texts, RANGES, IpRange::parse));
    }

    private Rule rule(String what, Check check, Mode mode) {
        return Rule.enforce(policy + "." + what, check).in(mode).alsoOn(Dispatch.ERROR);
    }

    /** Who is allowed by a feed alone must not be let in because the feed is away. */
    private List<Feed> allowing(At here, @Nullable List<String> names, Mode mode) {
        var feeds = new ArrayList<Feed>();
        for (var i = 0; names != null && i < names.size(); i++) {
            var known = site.feeds().of(here.item(i), names.get(i));
            if (known != null && known.onFailure() == OnFailure.PROCEED) {
                here.item(i)
                        .problem(
                                "`" + At.shown(names.get(i)) + "` lets everybody in while it is away",
                                "remove its `on-failure: proceed`");
            }
            if (known != null && known.feed() != null) {
                feeds.add(known.feed());
                demand(known, mode == Mode.ENFORCE);
            }
        }
        return feeds;
    }

    /** A feed's denials are enforced where both say so; what the policy itself allows, no feed denies. */
    private List<Rule> denying(At here, @Nullable List<String> names, IpRanges allow, Mode mode) {
        var made = new ArrayList<Rule>();
        for (var i = 0; names != null && i < names.size(); i++) {
            var known = site.feeds().of(here.item(i), names.get(i));
            if (known != null && known.feed() != null) {
                var check = FeedRule.denying(known.feed(), List.of(known.except(), allow));
                var enforced = known.mode() == Mode.ENFORCE && mode == Mode.ENFORCE;
                demand(known, enforced && known.onFailure() == OnFailure.DENY);
                made.add(rule("ip-feed-" + names.get(i), check, enforced ? Mode.ENFORCE : Mode.OBSERVE)
                        .whenItCannotTell(known.onFailure()));
            }
        }
        return made;
    }

    private void demand(Feeds.Known known, boolean demanded) {
        if (demanded && known.feed() != null) {
            site.feeds().demanded().add(known.feed().name());
        }
    }
}
