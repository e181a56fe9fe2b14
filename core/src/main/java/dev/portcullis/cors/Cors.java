package dev.portcullis.cors;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may read what a service answers (the Fetch standard's CORS protocol). Immutable.
 *
 * <p>A policy is asked twice. {@link #headers} belongs early, before everything that may deny, so that a page of an allowed origin
 * can read denials too; {@link #preflight} belongs before authentication, as a preflight carries no credentials. A request from
 * an origin that is not allowed is not denied: its page just cannot read the response.
 */
public final class Cors {

    private static final Check SAME_SITE = new Handshake(new Origins(false, List.of()));

    private final CorsHeaders headers;
    private final Preflight preflight;
    private final Handshake handshake;

    private Cors(Terms terms) {
        this.headers = new CorsHeaders(terms);
        this.preflight = new Preflight(terms);
        this.handshake = new Handshake(terms.origins());
    }

    /** Starts a policy that allows no origin yet, and the methods GET, HEAD and POST. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The check that adds headers to every response but that to a preflight: {@code Access-Control-Allow-Origin} and what belongs
     * to it for an allowed origin, and {@code Vary: Origin} unless all origins get the same. It denies nothing.
     */
    public Check headers() {
        return headers;
    }

    /**
     * The check that answers a preflight with 204: with what is allowed, or without any word of it when the origin, the method or
     * one of the headers is not. It denies nothing; other requests with the method OPTIONS pass.
     */
    public Check preflight() {
        return preflight;
    }

    /**
     * The check that denies WebSocket handshakes of pages of other sites whose origins are not named, with 403 {@code origin-denied}. Any origin
     * at all ({@code *}) names none, as browsers send cookies along. A client that sends no {@code Origin} is no browser, and passes.
     */
    public Check handshake() {
        return handshake;
    }

    /** The check that denies WebSocket handshakes of pages of all other sites, where no policy names origins. */
    public static Check sameSiteHandshake() {
        return SAME_SITE;
    }

    /** What the policy does not allow of what a preflight asks for; null when it allows all, or the request is no preflight. */
    public @Nullable Evidence objection(Request request) {
        return Preflight.is(request) ? preflight.objection(request) : null;
    }

    /** Collects what a policy allows. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final List<String> origins = new ArrayList<>();
        private final List<String> methods = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private final List<String> exposedHeaders = new ArrayList<>();
        private boolean credentials;
        private boolean insecureOrigins;
        private @Nullable Duration maxAge;

        private Builder() {}

        /**
         * Allows these origins: {@code https://app.example.com} for one, {@code https://*.example.com} for all subdomains at any
         * depth, {@code http://localhost:*} for all ports, or {@code *} alone for everybody. A domain name outside ASCII is
         * written in its {@code xn--} form. {@code null} cannot be allowed.
         */
        public Builder origins(Collection<String> lines) {
            origins.addAll(lines);
            return this;
        }

        /**
         * Allows these methods instead of GET, HEAD and POST; {@code *} for all. GET includes HEAD. Names are case-sensitive but for DELETE, GET,
         * HEAD, OPTIONS, POST and PUT, which browsers write in upper case.
         */
        public Builder methods(Collection<String> names) {
            methods.addAll(names);
            return this;
        }

        /** Allows these request headers; {@code *} for all but {@code Authorization}, which must be named even then. */
        public Builder headers(Collection<String> names) {
            headers.addAll(names);
            return this;
        }

        /** Lets pages read these response headers beside the few that they always may; {@code *} for all. */
        public Builder exposedHeaders(Collection<String> names) {
            exposedHeaders.addAll(names);
            return this;
        }

        /** Says whether browsers send cookies and other credentials along. Then nothing may be {@code *}. */
        public Builder credentials(boolean sent) {
            credentials = sent;
            return this;
        }

        /** Says how long browsers may remember the answer to a preflight: whole seconds, at most a day. */
        public Builder maxAge(Duration age) {
            maxAge = age;
            return this;
        }

        /**
         * Allows credentials for pages that came over plain HTTP, so that whoever sits on the way to such a page acts with the
         * user's credentials.
         */
        public Builder unsafeInsecureOrigins() {
            insecureOrigins = true;
            return this;
        }

        /** What keeps the policy from being built, one line for each problem; empty when nothing does. */
        public List<String> problems() {
            return draft().problems();
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException when there are {@link #problems}; it names them all
         */
        public Cors build() {
            return new Cors(draft().terms());
        }

        private Draft draft() {
            var draft = new Draft(credentials, insecureOrigins);
            draft.origins(origins);
            draft.methods(methods);
            draft.headers(headers);
            draft.exposedHeaders(exposedHeaders);
            draft.maxAge(maxAge);
            return draft;
        }
    }
}
