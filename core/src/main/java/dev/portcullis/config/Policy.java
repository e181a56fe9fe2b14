package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of some requests, as written. Immutable.
 *
 * @param paths the paths of the requests; null: only handlers that name the policy are bound
 * @param methods the methods of the requests; null: all
 * @param mode the mode of all its rules
 * @param public_ whether anybody may call; written {@code public}
 * @param ip which addresses may call
 * @param cors which web pages may call
 * @param crossSite what pages of other sites may make a browser send
 * @param authenticate the ways to say who calls
 * @param authorize what the caller must be allowed
 * @param penalty from which score on callers are denied
 * @param agents which agents may call, by their names
 * @param rateLimits how often a caller may call, by name
 * @param quotas how much a caller may use in a period of the calendar, by name
 * @param concurrency how many requests may be in flight at a time, by name
 * @param circuitBreaker when handlers are left alone because they fail
 * @param body what the body must be
 * @param form what the fields of a form may be
 * @param uploads what the files of a form may be
 * @param openapi the OpenAPI document that requests must obey
 * @param derive whether requests must be what the handler's own types say
 * @param attacks which attacks are looked for
 * @param responseHeaders the header fields of responses
 * @param deprecated from when on nobody should use it
 * @param sunset when it is over
 * @param sunsetLink where to read more of that
 * @param responseBody what is judged and changed in the bodies of responses
 */
public record Policy(
        @Key(
                description =
                        "The paths that the policy is for, such as `/api/partners/**`; without, handlers name the policy.")
        @Nullable
        List<String> paths,

        @Key(description = "The methods that the policy is for; `HEAD` goes with `GET`.", defaultValue = "all")
        @Nullable
        List<String> methods,

        @Key(
                description = "The mode of all rules of this policy.",
                defaultValue = "the mode at the top",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description =
                        "Says that anybody may call; without it, a policy that asks nothing of the caller is a lint error.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String public_,

        @Key(description = "Which addresses may call.", type = Key.Type.PART) @Nullable
        Ip ip,

        @Key(description = "Which web pages may call from a browser.", type = Key.Type.PART) @Nullable
        CrossOrigin cors,

        @Key(description = "What pages of other sites may make a browser send.", type = Key.Type.PART) @Nullable
        CrossSiteGuard crossSite,

        @Key(
                description =
                        "The ways to say who calls, of which one is demanded: `jwt`, `api-key`, `certificate`, `session`, `signature` for HTTP message signatures, `signature:NAME` for one way of signing. With `anonymous` beside them nobody has to, and what is sent must hold all the same.")
        @Nullable
        List<String> authenticate,

        @Key(description = "What the caller must be allowed.", type = Key.Type.PART) @Nullable
        Authorize authorize,

        @Key(description = "From which score on callers who behave badly are denied.", type = Key.Type.PART) @Nullable
        PenaltyBox penalty,

        @Key(description = "Which agents may call, by their names.", type = Key.Type.PART) @Nullable
        AgentNames agents,

        @Key(
                description = "How often a caller may call, by names that clients see in `RateLimit-Policy`.",
                type = Key.Type.PART)
        @Nullable
        Map<String, Rate> rateLimits,

        @Key(
                description = "How much a caller may use in a period of the calendar, by names that clients see.",
                type = Key.Type.PART)
        @Nullable
        Map<String, Allowance> quotas,

        @Key(
                description = "How many requests may be in flight at a time, by a name of your choice.",
                type = Key.Type.PART)
        @Nullable
        Map<String, ConcurrencyLimit> concurrency,

        @Key(description = "When handlers are left alone because they fail.", type = Key.Type.PART) @Nullable
        CircuitBreaker circuitBreaker,

        @Key(description = "What the body must be.", type = Key.Type.PART) @Nullable
        Content body,

        @Key(description = "What the fields of a form may be, urlencoded or multipart.", type = Key.Type.PART) @Nullable
        Form form,

        @Key(description = "What the files of a multipart form may be.", type = Key.Type.PART) @Nullable
        FileUploads uploads,

        @Key(description = "The OpenAPI document that requests must obey.", type = Key.Type.PART) @Nullable
        Contract openapi,

        @Key(description = "Whether requests must be what the handler's own types say.", type = Key.Type.PART) @Nullable
        Derivation derive,

        @Key(description = "Which attacks are looked for in parameters, headers and bodies.", type = Key.Type.PART)
        @Nullable
        Detection attacks,

        @Key(
                description = "The header fields of responses; taken whole from the nearest policy that has them.",
                type = Key.Type.PART)
        @Nullable
        HeaderSettings responseHeaders,

        @Key(
                description =
                        "Since when, or from when on, nobody should use this: a day, or a time; answers say so in `Deprecation`.")
        @Nullable
        String deprecated,

        @Key(
                description =
                        "When this is over: a day, or a time; answers say so in `Sunset`, and then there is nothing but 410 `sunset`.")
        @Nullable
        String sunset,

        @Key(description = "Where to read more of that, in `Link`.") @Nullable
        String sunsetLink,

        @Key(description = "What is judged and changed in the bodies of responses.", type = Key.Type.PART) @Nullable
        ResponseContent responseBody) {

    /** Starts a policy in which nothing is written. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what an annotation or a program says. Not thread-safe. */
    public static final class Builder {

        private @Nullable String mode;
        private @Nullable String open;
        private @Nullable Ip ip;
        private @Nullable CrossOrigin cors;
        private @Nullable List<String> authenticate;
        private @Nullable Authorize authorize;
        private @Nullable Map<String, Rate> rateLimits;
        private @Nullable Map<String, ConcurrencyLimit> concurrency;
        private @Nullable CircuitBreaker circuitBreaker;
        private @Nullable Content body;
        private @Nullable Detection attacks;
        private @Nullable String deprecated;
        private @Nullable String sunset;
        private @Nullable String sunsetLink;

        private Builder() {}

        /** Sets the mode of all rules. */
        public Builder mode(String text) {
            mode = text;
            return this;
        }

        /** Says that anybody may call. */
        public Builder open() {
            open = "true";
            return this;
        }

        /** Sets which addresses may call. */
        public Builder ip(Ip part) {
            ip = part;
            return this;
        }

        /** Sets which web pages may call. */
        public Builder cors(CrossOrigin part) {
            cors = part;
            return this;
        }

        /** Sets the ways to say who calls. */
        public Builder authenticate(List<String> ways) {
            authenticate = List.copyOf(ways);
            return this;
        }

        /** Sets what the caller must be allowed. */
        public Builder authorize(Authorize part) {
            authorize = part;
            return this;
        }

        /** Sets how often a caller may call. */
        public Builder rateLimits(Map<String, Rate> parts) {
            rateLimits = Map.copyOf(parts);
            return this;
        }

        /** Sets how many requests may be in flight at a time. */
        public Builder concurrency(Map<String, ConcurrencyLimit> parts) {
            concurrency = Map.copyOf(parts);
            return this;
        }

        /** Sets when handlers are left alone because they fail. */
        public Builder circuitBreaker(CircuitBreaker part) {
            circuitBreaker = part;
            return this;
        }

        /** Sets what the body must be. */
        public Builder body(Content part) {
            body = part;
            return this;
        }

        /** Sets which attacks are looked for. */
        public Builder attacks(Detection part) {
            attacks = part;
            return this;
        }

        /** Sets how long it will be there: from when on nobody should use it, when it is over, and where to read more; null for nothing. */
        public Builder sunset(@Nullable String from, @Nullable String end, @Nullable String link) {
            deprecated = from;
            sunset = end;
            sunsetLink = link;
            return this;
        }

        /** A policy without paths that says what was collected. */
        public Policy build() {
            return new Policy(
                    null,
                    null,
                    mode,
                    open,
                    ip,
                    cors,
                    null,
                    authenticate,
                    authorize,
                    null,
                    null,
                    rateLimits,
                    null,
                    concurrency,
                    circuitBreaker,
                    body,
                    null,
                    null,
                    null,
                    null,
                    attacks,
                    null,
                    deprecated,
                    sunset,
                    sunsetLink,
                    null);
        }
    }
}
