package dev.portcullis.config;

import dev.portcullis.config.Configuration.Forwarded;
import dev.portcullis.http.Forwarding;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import dev.portcullis.ip.ProxyTally;
import dev.portcullis.ip.TrustedProxies;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiles which proxies are believed.
 *
 * @param at where that is written
 * @param tally counts what becomes of their headers
 */
record ForwardedCompiler(At at, ProxyTally tally) {

    private static final String HEADER = "write a header's name, such as `x-forwarded-for`";
    private static final String RANGES = "write addresses or ranges such as `10.0.0.0/8`";
    private static final String FACTS =
            "write `preset: nginx`, `address: x-forwarded-for`, or whatever your proxy sets";

    Forwarding compile(@Nullable Forwarded written) {
        if (written == null) {
            return Forwarding.NONE;
        }
        var trusted = trusted(at.child("trusted"), written.trusted());
        var preset = at.child("preset").read(written.preset(), ProxyPreset.KIND);
        var hops = hops(written, preset);
        if (!at.clean()) {
            return Forwarding.NONE;
        }
        var builder = at.child("trusted")
                .make("", "list the proxies' own addresses", unused -> TrustedProxies.builder(IpRanges.of(trusted)));
        if (builder == null) {
            return Forwarding.NONE;
        }
        name("address", or(written.address(), preset, ProxyPreset::address), builder::address);
        name("scheme", or(written.scheme(), preset, ProxyPreset::scheme), builder::scheme);
        name("host", or(written.host(), preset, ProxyPreset::host), builder::host);
        if (hops > 0) {
            at.child("hops").make("", "write how many proxies stand in front", unused -> builder.hops(hops));
        }
        if (!at.clean()) {
            return Forwarding.NONE;
        }
        var proxies = at.make("", FACTS, unused -> builder.tally(tally).build());
        return proxies == null ? Forwarding.NONE : proxies;
    }

    /** What is written, or what the preset says. */
    private static @Nullable String or(
            @Nullable String written, @Nullable ProxyPreset preset, Function<ProxyPreset, @Nullable String> fact) {
        if (written != null) {
            return written;
        }
        return preset == null ? null : fact.apply(preset);
    }

    /** How many hops are counted; 0 when addresses are looked at. A header of one's own choice is not the preset's list. */
    private int hops(Forwarded written, @Nullable ProxyPreset preset) {
        var counted = at.child("hops").read(written.hops(), Kind.COUNT);
        if (counted != null) {
            return (int) Math.min(counted, Integer.MAX_VALUE);
        }
        return preset == null || written.address() != null ? 0 : preset.hops();
    }

    /** The ranges that are written and can be read, whatever else is wrong. */
    static IpRanges ranges(@Nullable Forwarded written) {
        if (written == null || written.trusted() == null) {
            return IpRanges.none();
        }
        var quiet = new At(new Problems(Places.UNKNOWN), "");
        return IpRanges.of(quiet.each(written.trusted(), RANGES, IpRange::parse));
    }

    private static List<IpRange> trusted(At here, @Nullable List<String> written) {
        if (written == null || written.isEmpty()) {
            here.problem(
                    "nobody, so that `forwarded` has no effect", "list the proxies' addresses, or remove `forwarded`");
        }
        var ranges = here.each(written, RANGES, IpRange::parse);
        for (var i = 0; written != null && i < written.size(); i++) {
            if (written.get(i).strip().endsWith("/0")) {
                here.item(i)
                        .problem(
                                "`" + At.shown(written.get(i)) + "` trusts everybody",
                                "list the proxies' own addresses");
            }
        }
        return ranges;
    }

    private void name(String fact, @Nullable String header, Function<String, TrustedProxies.Builder> setter) {
        if (header != null) {
            at.child(fact).make(header, HEADER, setter);
        }
    }
}
