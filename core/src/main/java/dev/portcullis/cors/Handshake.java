package dev.portcullis.cors;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.Locale;

/**
 * Denies WebSocket handshakes of pages of other sites (RFC 6455, section 10.2), with 403 {@code origin-denied}. Immutable.
 *
 * <p>Browsers ask for no permission before a handshake, let its page read all that comes, and send cookies along; so any origin at
 * all is no list. A page is of the same site when the browser says so ({@code Sec-Fetch-Site}), or, where it says nothing, when it came from
 * the host that it asks, and not over plain HTTP when the handshake comes over TLS. Whoever sends no {@code Origin} is no browser.
 */
@TrustedBase
final class Handshake implements Check {

    private static final Reply REPLY = Reply.problem(403, "origin-denied");
    private static final Verdict.Deny SEVERAL = Verdict.deny(REPLY, Evidence.of("several-origins"));

    private final Origins listed;

    Handshake(Origins listed) {
        this.listed = listed;
    }

    @Override
    public Verdict check(Request request) {
        var upgrade = request.header("Upgrade");
        if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
            return Verdict.pass();
        }
        var origins = request.headers("Origin");
        if (origins.isEmpty()) {
            return Verdict.pass();
        }
        if (origins.size() > 1) {
            return SEVERAL;
        }
        var origin = origins.get(0);
        return !listed.any() && listed.allow(origin) || isOfSameSite(origin, request)
                ? Verdict.pass()
                : Verdict.deny(REPLY, Evidence.of("origin-not-listed", origin));
    }

    private static boolean isOfSameSite(String sent, Request request) {
        var site = request.header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("same-site");
        }
        var origin = Origin.parseOrNull(sent);
        return origin != null && isOfHost(origin, request);
    }

    /** Tells whether a page came from the host that it asks, and not over plain HTTP when it asks over TLS. */
    static boolean isOfHost(Origin origin, Request request) {
        return !(origin.scheme().equals("http") && request.scheme().equals("https"))
                && origin.host().equals(hostOf(request.host()));
    }

    /** The host without its port, and an IPv6 address without its brackets. */
    private static String hostOf(String authority) {
        var bracket = authority.indexOf(']');
        if (authority.startsWith("[") && bracket > 0) {
            return authority.substring(1, bracket);
        }
        var colon = authority.indexOf(':');
        return (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
