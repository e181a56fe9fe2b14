package dev.portcullis.ip;

import dev.portcullis.http.Forwarding.Facts;
import dev.portcullis.http.Head;
import dev.portcullis.http.RecordedWire;
import java.util.stream.Stream;

/** A request that came through 10.0.0.1, a trusted proxy, and what is made of its headers. */
final class ProxyStage {

    static final IpRanges TRUSTED = ranges("10.0.0.0/8", "2001:db8:a::/48");

    private ProxyStage() {}

    static RecordedWire wire() {
        return RecordedWire.of("GET", "/").from("10.0.0.1").with("Host", "inner:8080");
    }

    static Facts facts(TrustedProxies proxies, String header, String value) {
        return facts(proxies, wire().with(header, value));
    }

    static Facts facts(TrustedProxies proxies, RecordedWire wire) {
        return proxies.facts(Head.of(wire));
    }

    static IpRanges ranges(String... texts) {
        return IpRanges.of(Stream.of(texts).map(IpRange::parse).toList());
    }
}
