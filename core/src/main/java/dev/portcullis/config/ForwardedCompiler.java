package dev.portcullis.config;

import dev.portcullis.config.Configuration.Forwarded;
import dev.portcullis.http.Forwarding;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import dev.portcullis.ip.TrustedProxies;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles which proxies are believed. */
final class ForwardedCompiler {

    private static final String HEADER = "write a header's name, such as `x-forwarded-for`";

    private ForwardedCompiler() {}

    static Forwarding compile(At at, @Nullable Forwarded written) {
        if (written == null) {
            return Forwarding.NONE;
        }
        var trusted = trusted(at.child("trusted"), written.trusted());
        if (!at.clean()) {
            return Forwarding.NONE;
        }
        var builder = at.child("trusted")
                .make("", "list the proxies' own addresses", unused -> TrustedProxies.builder(IpRanges.of(trusted)));
        if (builder == null) {
            return Forwarding.NONE;
        }
        name(at.child("address"), written.address(), builder::address);
        name(at.child("scheme"), written.scheme(), builder::scheme);
        name(at.child("host"), written.host(), builder::host);
        if (!at.clean()) {
            return Forwarding.NONE;
        }
        var proxies =
                at.make("", "write `address: x-forwarded-for`, or whatever your proxy sets", unused -> builder.build());
        return proxies == null ? Forwarding.NONE : proxies;
    }

    private static List<IpRange> trusted(At at, @Nullable List<String> written) {
        if (written == null || written.isEmpty()) {
            at.problem(
                    "nobody, so that `forwarded` has no effect", "list the proxies' addresses, or remove `forwarded`");
        }
        var ranges = at.each(written, "write addresses or ranges such as `10.0.0.0/8`", IpRange::parse);
        for (var i = 0; written != null && i < written.size(); i++) {
            if (written.get(i).strip().endsWith("/0")) {
                at.item(i)
                        .problem(
                                "`" + At.shown(written.get(i)) + "` trusts everybody",
                                "list the proxies' own addresses");
            }
        }
        return ranges;
    }

    private static void name(At at, @Nullable String header, Function<String, TrustedProxies.Builder> setter) {
        if (header != null) {
            at.make(header, HEADER, setter);
        }
    }
}
