package dev.portcullis.cors;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Denies what pages of other sites make a browser send, with 403 {@code cross-site-denied}: a resource isolation policy. Immutable.
 *
 * <p>Browsers say in {@code Sec-Fetch-Site}, {@code -Mode} and {@code -Dest} where a request comes from, and no page can change that. Let
 * through are requests of the same origin or site, those that a user makes by himself, links that are followed by GET, and listed origins.
 * Browsers that say nothing of that (old ones, and all over plain HTTP) are judged by {@code Origin}, else {@code Referer}, where the
 * method is one that changes something. Who sends neither is no browser, or one that hides where it comes from: a POST with cookies that
 * a form could have sent is denied, and so is every body that a form could have sent as plain text, or without a type. Preflights are left to CORS, and handshakes of WebSockets to {@link Cors#handshake}.
 */
@TrustedBase
public final class CrossSite implements Check {

    private static final Reply REPLY = Reply.problem(403, "cross-site-denied");
    private static final Reply TYPE = Reply.problem(415, "unsupported-media-type");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FRAMES = Set.of("iframe", "frame", "fencedframe");
    private static final Set<String> EMBEDDED = Set.of("object", "embed");
    private static final Verdict READ =
            Verdict.Pass.adding(List.of(new Header("Vary", "Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site, Origin")));
    private static final String CROSS_SITE = "cross-site";
    /** Credentials that browsers keep and send along by themselves. */
    private static final Set<String> AMBIENT = Set.of("Basic", "Digest", "Negotiate", "NTLM");

    private static final Set<String> FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private final Origins listed;
    private final boolean sameSite;
    private final boolean navigations;
    private final boolean frames;
    private final Unknown unknown;
    private final Predicate<String> exempt;

    /** What happens to requests that change something and say nothing of where they come from. */
    private enum Unknown {
        ALLOWED,
        WITHOUT_COOKIES,
        DENIED
    }

    private CrossSite(Builder builder) {
        this.listed = new Origins(false, builder.lines);
        this.sameSite = builder.sameSite;
        this.navigations = builder.navigations;
        this.frames = builder.frames;
        this.unknown = builder.unknown;
        this.exempt = builder.exempt;
    }

    /** A builder for a guard that lets through the same site, links, and whoever is no browser. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Verdict check(Request request) {
        if (isHandshake(request) || isPreflight(request) || isExempt(request)) {
            return Verdict.pass();
        }
        var site = request.header("Sec-Fetch-Site");
        var found = site == null ? withoutWord(request) : byWord(request, site);
        if (found != null) {
            return found;
        }
        return SAFE.contains(request.method()) ? READ : Verdict.pass();
    }

    /** The other check of this room judges these. */
    private static boolean isHandshake(Request request) {
        var upgrade = request.header("Upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS")
                && request.header("Origin") != null
                && request.header("Access-Control-Request-Method") != null;
    }

    private boolean isExempt(Request request) {
        return request.ambiguity() == null && exempt.test(request.path());
    }

    private Verdict.@Nullable Deny byWord(Request request, String site) {
        return switch (site) {
            case "same-origin", "none" -> null;
            case "same-site" -> sameSite || isListed(request) || isNavigation(request) ? null : denied("same-site");
            case CROSS_SITE -> isListed(request) || isNavigation(request) ? null : denied(CROSS_SITE);
            default -> denied("unknown-site");
        };
    }

    private static Verdict.Deny denied(String reason) {
        return Verdict.deny(REPLY, Evidence.of(reason));
    }

    private boolean isListed(Request request) {
        var origins = request.headers("Origin");
        return origins.size() == 1 && listed.allow(origins.get(0));
    }

    /** Tells whether a link was followed, which shows a page and hands nothing to the page with the link. */
    private boolean isNavigation(Request request) {
        var reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!navigations || !reads || !"navigate".equals(request.header("Sec-Fetch-Mode"))) {
            return false;
        }
        var place = request.header("Sec-Fetch-Dest");
        return place != null && !EMBEDDED.contains(place) && (frames || !FRAMES.contains(place));
    }

    /** Judges a request of which no browser says whether it comes from another site. */
    private Verdict.@Nullable Deny withoutWord(Request request) {
        if (SAFE.contains(request.method())) {
            return null;
        }
        var origins = request.headers("Origin");
        if (origins.size() > 1) {
            return denied("several-origins");
        }
        var from = origins.isEmpty() ? originOf(request.header("Referer")) : origins.get(0);
        if (from == null) {
            return ofUnknown(request);
        }
        return listed.allow(from) || isOwn(from, request) ? null : denied(origins.isEmpty() ? "referer" : "origin");
    }

    /** The origin of an address; the text itself where it is none, so that nothing matches it; null for no address. */
    private static @Nullable String originOf(@Nullable String referer) {
        if (referer == null) {
            return null;
        }
        var scheme = referer.indexOf("://");
        var path = scheme < 0 ? -1 : referer.indexOf('/', scheme + 3);
        return path < 0 ? referer : referer.substring(0, path);
    }

    private boolean isOwn(String from, Request request) {
        var origin = Origin.parseOrNull(from);
        if (origin == null || !Handshake.isOfHost(origin, request)) {
            return false;
        }
        return sameSite || origin.scheme().equals(request.scheme()) && port(origin) == port(request);
    }

    private static int port(Origin origin) {
        return origin.port() == Origin.NO_PORT ? standardPort(origin.scheme()) : origin.port();
    }

    private static int port(Request request) {
        var host = request.host();
        var colon = host.lastIndexOf(':');
        if (colon <= host.lastIndexOf(']')) {
            return standardPort(request.scheme());
        }
        try {
            return Integer.parseInt(host.substring(colon + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /**
     * Judges a request that says nothing of where it comes from. Programs have no cookies that others could ride on, or say what they send; a
     * form with cookies may come from any page, in a browser that hides that.
     */
    private Verdict.@Nullable Deny ofUnknown(Request request) {
        if (unknown == Unknown.DENIED) {
            return denied("unknown-origin");
        }
        var stated = request.header("Content-Type");
        if (unknown == Unknown.WITHOUT_COOKIES
                && request.method().equals("POST")
                && request.header("Cookie") != null
                && !isProven(request.header("Authorization"))
                && isOfForm(stated)) {
            return denied("unknown-origin-with-cookies");
        }
        var plain = stated == null || isOfType(stated, "text/plain");
        return plain && request.body().declaredLength() != 0
                ? Verdict.deny(TYPE, Evidence.of("content-type", String.valueOf(stated)))
                : null;
    }

    /** Tells whether there are credentials that no browser sends by itself, such as a token. */
    private static boolean isProven(@Nullable String authorization) {
        return authorization != null
                && AMBIENT.stream()
                        .noneMatch(scheme -> authorization.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    /** Tells whether a form, or a page that asks nobody, may send this; one that cannot be read may be taken for anything. */
    private static boolean isOfForm(@Nullable String stated) {
        return stated == null || stated.indexOf('/') < 0 || FORMS.stream().anyMatch(type -> isOfType(stated, type));
    }

    private static boolean isOfType(String stated, String type) {
        return stated.regionMatches(true, 0, type, 0, type.length());
    }

    /** The settings of the check. Not thread-safe. */
    public static final class Builder {

        private List<OriginPattern> lines = List.of();
        private boolean sameSite = true;
        private boolean navigations = true;
        private boolean frames;
        private Unknown unknown = Unknown.WITHOUT_COOKIES;
        private Predicate<String> exempt = path -> false;

        private Builder() {}

        /**
         * The origins whose pages may call, such as {@code https://app.example.com}.
         *
         * @throws IllegalArgumentException when one is none
         */
        public Builder origins(List<String> texts) {
            lines = texts.stream().map(OriginPattern::parse).toList();
            return this;
        }

        /** Denies pages of the same site that are of another origin. */
        public Builder denyingSameSite() {
            sameSite = false;
            return this;
        }

        /** Denies links of other sites too. */
        public Builder denyingNavigations() {
            navigations = false;
            return this;
        }

        /** Lets pages of other sites show this in frames. */
        public Builder allowingFrames() {
            frames = true;
            return this;
        }

        /** Denies requests that change something and say nothing of where they come from, as programs send them. */
        public Builder denyingUnknown() {
            unknown = Unknown.DENIED;
            return this;
        }

        /** Lets such requests pass also where they bring cookies and a form could have sent them. */
        public Builder allowingUnknown() {
            unknown = Unknown.ALLOWED;
            return this;
        }

        /** The paths, decoded once, of which nothing is asked. */
        public Builder exempt(Predicate<String> paths) {
            exempt = requireNonNull(paths, "paths");
            return this;
        }

        /** The check. */
        public CrossSite build() {
            return new CrossSite(this);
        }
    }
}
