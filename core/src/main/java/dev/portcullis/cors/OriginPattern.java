package dev.portcullis.cors;

import dev.portcullis.TrustedBase;

/**
 * The origins that one line of a policy allows: a single one, all subdomains of a domain, all ports of a host. Immutable.
 *
 * @param origin the origin; for {@code subdomains} the domain above those that are meant
 * @param subdomains whether the subdomains are meant, at any depth, and not the domain itself
 * @param anyPort whether every port is meant, the scheme's own included
 */
@TrustedBase
record OriginPattern(Origin origin, boolean subdomains, boolean anyPort) {

    private static final String WILD_HOST = "://*.";
    private static final String WILD_PORT = ":*";
    private static final String EXPECTED =
            " (expected: `scheme://host` or `scheme://host:port` in lower case, with nothing after it)";

    /**
     * Reads an origin, in which {@code *.} may stand for subdomains and {@code *} for the port.
     *
     * @throws IllegalArgumentException when the text is anything else, or allows more than its author can answer for
     */
    static OriginPattern parse(String text) {
        if (text.equals("null")) {
            throw new IllegalArgumentException(of(text) + " (expected: an origin; any sandboxed page is `null`)");
        }
        var subdomains = text.contains(WILD_HOST);
        var anyPort = text.endsWith(WILD_PORT);
        var plain = subdomains ? text.replace(WILD_HOST, "://") : text;
        plain = anyPort ? plain.substring(0, plain.length() - WILD_PORT.length()) : plain;
        var origin = Origin.parseOrNull(plain);
        if (origin == null
                || anyPort && origin.port() != Origin.NO_PORT
                || origin.scheme().equals("file")) {
            throw new IllegalArgumentException(of(text) + EXPECTED);
        }
        if (origin.namesDefaultPort()) {
            throw new IllegalArgumentException(
                    of(text) + " (expected: no port; browsers leave out `" + origin.port() + "`)");
        }
        if (subdomains) {
            checkBase(text, origin.host());
        }
        return new OriginPattern(origin, subdomains, anyPort);
    }

    private static String of(String text) {
        return "origins: `" + text + "`";
    }

    private static void checkBase(String text, String host) {
        if (!HostName.isDomain(host) || host.length() > HostName.MAX_LENGTH - "*.".length()) {
            throw new IllegalArgumentException(of(text) + " (expected: a domain name after `*.`)");
        }
        if (SharedDomains.contain(host)) {
            throw new IllegalArgumentException(
                    of(text) + " (expected: a domain of your own; anybody can get one under `" + host + "`)");
        }
    }

    /** Tells whether a single origin is meant, so that comparing texts will do. */
    boolean isExact() {
        return !subdomains && !anyPort;
    }

    /** Tells whether somebody on the way to the host can change the pages of these origins. */
    boolean isInsecure() {
        return origin.scheme().equals("http") && !HostName.isLoopback(origin.host());
    }

    /** Tells whether the other origin is one of these. */
    boolean covers(Origin other) {
        return origin.scheme().equals(other.scheme())
                && (anyPort || origin.port() == other.port())
                && (subdomains ? isAbove(other.host()) : origin.host().equals(other.host()));
    }

    private boolean isAbove(String host) {
        var base = origin.host();
        var dot = host.length() - base.length() - 1;
        return dot > 0 && host.charAt(dot) == '.' && host.endsWith(base);
    }
}
