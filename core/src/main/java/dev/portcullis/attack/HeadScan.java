package dev.portcullis.attack;

import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes the head of a request apart: path, query, cookies and some header fields. */
final class HeadScan {

    /** Fields of protocols and of browsers, whose values have a form of their own. */
    private static final Words<Boolean> STANDARD = Words.set(
            "host accept accept-charset accept-encoding accept-language accept-datetime accept-ranges connection"
                    + " content-type content-length content-encoding content-language content-location content-md5 content-range"
                    + " content-disposition content-transfer-encoding authorization proxy-authorization cache-control pragma date age"
                    + " dnt te trailer transfer-encoding upgrade upgrade-insecure-requests keep-alive proxy-connection origin range expect"
                    + " if-match if-none-match if-range if-modified-since if-unmodified-since max-forwards link priority save-data"
                    + " via warning early-data traceparent tracestate baggage b3 last-event-id mime-version digest repr-digest"
                    + " content-digest signature signature-input dpop purpose alt-used idempotency-key vary"
                    + " access-control-request-method access-control-request-headers access-control-request-private-network"
                    + " sec-websocket-key sec-websocket-version sec-websocket-protocol sec-websocket-extensions sec-websocket-accept"
                    + " http2-settings device-memory dpr downlink ect rtt viewport-width width sec-gpc");

    /** How fields begin that browsers alone set. */
    private static final String[] OF_BROWSERS = {"sec-fetch-", "sec-ch-", "sec-purpose"};

    private HeadScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, Request request) {
        var deny = path(inspection, request);
        var query = request.query();
        if (deny == null && query != null) {
            deny = Pairs.look(inspection, query, Place.QUERY_NAME, Place.QUERY_VALUE);
        }
        var headers = request.headers();
        for (var i = 0; deny == null && i < headers.size(); i++) {
            deny = header(inspection, headers.get(i));
        }
        return deny;
    }

    private static Verdict.@Nullable Deny path(Inspection inspection, Request request) {
        var path = request.rawPath();
        var known = isRoute(path, request.route()) || inspection.isPlain(Place.PATH, path);
        if (known || inspection.spares(Place.PATH, "")) {
            return null;
        }
        var said = inspection.exclusions().ofPath();
        if (said.isEmpty()) {
            var deny = inspection.look(Place.PATH, "", Percent.decode(path, false));
            return deny == null && path.indexOf('%') >= 0 ? segments(inspection, path) : deny;
        }
        return PathScan.of(inspection, request, said);
    }

    /** Looks at each segment that had to be encoded as at a value of its own. */
    private static Verdict.@Nullable Deny segments(Inspection inspection, String path) {
        var end = 0;
        for (var from = 0; from < path.length(); from = end + 1) {
            end = Pairs.indexOf('/', path, from, path.length());
            var mark = Pairs.indexOf('%', path, from, end);
            var deny = mark < end
                    ? inspection.look(Place.PATH, "", Percent.decode(path.substring(from, end), false))
                    : null;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    /** Tells whether the application has a route for just this path, which then is its own text and no client's. */
    private static boolean isRoute(String path, @Nullable Route route) {
        return route != null && path.equals(route.template());
    }

    private static Verdict.@Nullable Deny header(Inspection inspection, Header header) {
        var place = place(header);
        if (place == null) {
            return null;
        }
        var deny = place == Place.COOKIE ? cookies(inspection, header.value()) : field(inspection, place, header);
        return deny == null && place != Place.HEADER && isOdd(place, header.value())
                ? field(inspection, Place.HEADER, header)
                : deny;
    }

    private static Verdict.@Nullable Deny field(Inspection inspection, Place place, Header header) {
        return inspection.isPlain(place, header.value()) || inspection.spares(place, header.name())
                ? null
                : inspection.look(place, header.name(), header.value());
    }

    /** Tells whether a field begins as neither the name of a program or a cookie nor an address does, so that it is a value like any other. */
    private static boolean isOdd(Place place, String value) {
        if (value.isEmpty() || !Text.isWord(value.charAt(0))) {
            return !value.isEmpty();
        }
        return switch (place) {
            case USER_AGENT -> isOddAgent(value);
            case REFERER -> isOddPage(value);
            default -> false;
        };
    }

    /** Tells whether the first word is no name of a program, nor one with its version. */
    private static boolean isOddAgent(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == ' ' || c == '/') {
                return false;
            }
            if (":\\'\"<>|&;[]$`".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it is no address of a page or an app, or one by its number. */
    private static boolean isOddPage(String value) {
        var colon = value.indexOf("://");
        if (colon < 0) {
            return !value.startsWith("about:");
        }
        var host = colon + 3 < value.length() ? value.charAt(colon + 3) : ' ';
        var web = value.startsWith("http") && colon <= "https".length();
        return web ? host == '[' || host >= '0' && host <= '9' : !value.startsWith("-app", colon - 4);
    }

    private static @Nullable Place place(Header header) {
        var name = header.name();
        return switch (name.length()) {
            case 5 -> name.equalsIgnoreCase("Proxy") ? Place.HEADER : other(header);
            case 6 -> name.equalsIgnoreCase("Cookie") ? Place.COOKIE : other(header);
            case 7 -> name.equalsIgnoreCase("Referer") ? Place.REFERER : other(header);
            case 10 -> name.equalsIgnoreCase("User-Agent") ? Place.USER_AGENT : other(header);
            default -> other(header);
        };
    }

    /**
     * Fields of an application's own; and those of protocols in which there is a brace, an angle bracket, an encoded line end or a climb: look-ups are resolved
     * wherever they are logged, and some pick a file by the language.
     */
    private static @Nullable Place other(Header header) {
        var name = header.name();
        var value = header.value();
        var own = !STANDARD.has(name, 0, name.length()) && !isOfBrowser(name);
        return own
                        || value.indexOf('{') >= 0
                        || value.indexOf('<') >= 0
                        || value.contains("%0")
                        || climbs(value)
                        || value.indexOf('%') >= 0 && climbs(Percent.decode(value, false))
                ? Place.HEADER
                : null;
    }

    private static boolean climbs(String value) {
        return value.contains("../") || value.contains("..\\");
    }

    private static boolean isOfBrowser(String name) {
        for (var some : OF_BROWSERS) {
            if (name.regionMatches(true, 0, some, 0, some.length())) {
                return true;
            }
        }
        return false;
    }

    private static Verdict.@Nullable Deny cookies(Inspection inspection, String line) {
        for (var from = 0; from < line.length(); ) {
            var to = Pairs.indexOf(';', line, from, line.length());
            var equals = Pairs.indexOf('=', line, from, to);
            var start = equals < to ? equals + 1 : from;
            var deny = inspection.isPlain(Place.COOKIE, Traits.of(line, start, to))
                    ? null
                    : cookie(inspection, line.substring(from, Math.max(start - 1, from)), line.substring(start, to));
            if (deny != null) {
                return deny;
            }
            from = to + 1;
        }
        return null;
    }

    private static Verdict.@Nullable Deny cookie(Inspection inspection, String sentName, String value) {
        var name = sentName.strip();
        return inspection.spares(Place.COOKIE, name)
                ? null
                : inspection.look(Place.COOKIE, name, Percent.decode(value, false));
    }
}
