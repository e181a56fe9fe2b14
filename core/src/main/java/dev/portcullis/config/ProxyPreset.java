package dev.portcullis.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a common proxy writes into which header. Immutable.
 *
 * <p>It names headers alone: whom to trust is for the operator to list. A fact that a proxy does not write by itself, or hands on as
 * the client sent it, is left to the connection.
 *
 * @param address the header with the caller's address
 * @param scheme the header with the scheme
 * @param host the header with the host; null when the proxy keeps {@code Host} as it is
 * @param hops how many elements the product itself writes; 0 when every element is a hop of its own
 */
record ProxyPreset(String address, String scheme, @Nullable String host, int hops) {

    private static final String LIST = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";

    private static final ProxyPreset PLAIN = new ProxyPreset(LIST, PROTO, null, 0);
    private static final ProxyPreset FULL = new ProxyPreset(LIST, PROTO, HOST, 0);

    private static final Map<String, ProxyPreset> ALL = Map.ofEntries(
            Map.entry("aws-alb", PLAIN),
            Map.entry("aws-cloudfront", new ProxyPreset(LIST, "cloudfront-forwarded-proto", null, 0)),
            Map.entry("azure-application-gateway", new ProxyPreset(LIST, PROTO, "x-original-host", 0)),
            Map.entry("azure-front-door", new ProxyPreset("x-azure-socketip", PROTO, HOST, 0)),
            Map.entry("cloudflare", new ProxyPreset("cf-connecting-ip", PROTO, null, 0)),
            Map.entry("envoy", PLAIN),
            Map.entry("gcp-load-balancer", new ProxyPreset(LIST, PROTO, null, 2)),
            Map.entry("haproxy", PLAIN),
            Map.entry("heroku", PLAIN),
            Map.entry("ingress-nginx", FULL),
            Map.entry("nginx", PLAIN),
            Map.entry("traefik", FULL));

    static final Kind<ProxyPreset> KIND = Kind.choice("preset", ALL);
}
