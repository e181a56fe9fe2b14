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
 * @param authenticate the ways to say who calls
 * @param authorize what the caller must be allowed
 * @param penalty from which score on callers are denied
 * @param agents which agents may call, by their names
 * @param rateLimits how often a caller may call, by name
 * @param quotas how much a caller may use in a period of the calendar, by name
 * @param concurrency how many requests may be in flight at a time, by name
 * @param circuitBreaker when handlers are left alone because they fail
 * @param body what the body must be
 * @param openapi the OpenAPI document that requests must obey
 * @param attacks which attacks are looked for
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

        @Key(
                description =
                        "The ways to say who calls, of which one is demanded: `jwt`, `api-key`, `certificate`, `session`, `signature` for HTTP message signatures, `signature:NAME` for one way of signing.")
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
        Map<String, RateLimit> rateLimits,

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

        @Key(description = "The OpenAPI document that requests must obey.", type = Key.Type.PART) @Nullable
        Contract openapi,

        @Key(description = "Which attacks are looked for in parameters, headers and bodies.", type = Key.Type.PART)
        @Nullable
        Detection attacks) {

    /** Starts a policy in which nothing is written. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Which addresses may call. Immutable.
     *
     * @param allow the only ranges that may call; null or empty: all that are not denied
     * @param deny the ranges that may not call
     * @param allowFeeds the feeds whose addresses may call beside those
     * @param denyFeeds the feeds whose addresses may not call
     * @param allowCountries the only countries from which anybody may call
     * @param denyCountries the countries from which nobody may call
     * @param mode the mode of this part
     */
    public record Ip(
            @Key(description = "The only addresses that may call, as ranges.", defaultValue = "all that are not denied")
            @Nullable
            List<String> allow,

            @Key(description = "The addresses that may not call, as ranges; this wins over `allow`.") @Nullable
            List<String> deny,

            @Key(
                    description =
                            "The feeds whose addresses may call too; with one, nobody may who is neither listed there nor in `allow`.")
            @Nullable
            List<String> allowFeeds,

            @Key(description = "The feeds whose addresses may not call; what `allow` names they do not deny.") @Nullable
            List<String> denyFeeds,

            @Key(
                    description =
                            "The only countries from which anybody may call, by two letters (ISO 3166-1); `unknown` stands for those that nobody knows. It needs `geo.country`.")
            @Nullable
            List<String> allowCountries,

            @Key(description = "The countries from which nobody may call; this wins over `allow-countries`.") @Nullable
            List<String> denyCountries,

            @Key(
                    description = "The mode of the address rule.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode) {

        /** Addresses without feeds and countries, as annotations name them. */
        public static Ip of(@Nullable List<String> allow, @Nullable List<String> deny) {
            return new Ip(allow, deny, null, null, null, null, null);
        }
    }

    /**
     * Which web pages may call. Immutable.
     *
     * @param origins the pages' origins
     * @param methods the methods they may use
     * @param headers the headers they may send
     * @param expose the headers they may read
     * @param credentials whether they may send cookies and other credentials
     * @param maxAge how long a browser may remember the answer to a preflight
     * @param mode the mode of this part
     */
    public record CrossOrigin(
            @Key(
                    description =
                            "The origins that may call, such as `https://app.example.com` or `https://*.example.com`.")
            @Nullable
            List<String> origins,

            @Key(description = "The methods that pages may use.", defaultValue = "GET, HEAD, POST") @Nullable
            List<String> methods,

            @Key(description = "The headers that pages may send beside the safe ones.") @Nullable
            List<String> headers,

            @Key(description = "The headers that pages may read beside the safe ones.") @Nullable
            List<String> expose,

            @Key(
                    description = "Whether pages may send cookies and other credentials.",
                    defaultValue = "false",
                    type = Key.Type.SWITCH)
            @Nullable
            String credentials,

            @Key(description = "How long a browser may remember the answer to a preflight.", type = Key.Type.DURATION)
            @Nullable
            String maxAge,

            @Key(
                    description = "The mode of the CORS rules.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode) {}

    /**
     * How often a caller may call. Immutable.
     *
     * @param permits how many requests
     * @param per in which period
     * @param by what is counted separately
     * @param refill when permits come back
     * @param onFailure what happens when the count is not known
     * @param mode the mode of this part
     * @param tiers what plans are permitted
     * @param clients what single clients are permitted
     * @param exempt who is not counted
     * @param missing what happens to a request that lacks what it is counted by
     * @param cost how many permits a request uses
     * @param chargeOn the statuses that are charged
     */
    public record RateLimit(
            @Key(description = "How many requests the period grants.", type = Key.Type.COUNT) @Nullable
            String permits,

            @Key(description = "The period, such as `1m`.", type = Key.Type.DURATION) @Nullable
            String per,

            @Key(
                    description =
                            "What is counted separately: `client`, `address`, `route`, `tenant`, `header:NAME`, `global`, or several joined by `+`.",
                    defaultValue = "client")
            @Nullable
            String by,

            @Key(
                    description =
                            "When permits come back: all at the end of a period that begins with the first request, one by one, or at the end of the minute, hour or day in UTC.",
                    defaultValue = "period",
                    oneOf = {"period", "smooth", "calendar"})
            @Nullable
            String refill,

            @Key(
                    description = "What happens to a request whose count is not known.",
                    defaultValue = "local",
                    oneOf = {"local", "deny", "proceed"})
            @Nullable
            String onFailure,

            @Key(
                    description =
                            "Where it counts and how: in the `store`, where `exact` asks for every permit and `leased` takes some ahead, so that every node may let as many more pass as it leases; or in each node by itself.",
                    defaultValue = "exact with a store, else local",
                    oneOf = {"exact", "leased", "local"})
            @Nullable
            String count,

            @Key(
                    description = "How many permits a node takes ahead at most, with `count: leased`.",
                    defaultValue = "a hundredth of the permits",
                    type = Key.Type.COUNT)
            @Nullable
            String lease,

            @Key(
                    description = "The mode of this limit.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode,

            @Key(description = "What callers of a plan are permitted, by the plan's name.", type = Key.Type.PART)
            @Nullable
            Map<String, LimitShare> tiers,

            @Key(
                    description =
                            "What single clients are permitted, whatever their plan: by `NAME` of `clients`, or `ISSUER/CLIENT`.",
                    type = Key.Type.PART)
            @Nullable
            Map<String, LimitShare> clients,

            @Key(description = "Who is not counted.", type = Key.Type.PART) @Nullable
            LimitExempt exempt,

            @Key(
                    description = "What happens to a request that lacks what it is counted by.",
                    defaultValue = "address",
                    oneOf = {"address", "deny"})
            @Nullable
            String missing,

            @Key(description = "How many permits a request uses.", type = Key.Type.PART) @Nullable
            LimitCost cost,

            @Key(
                    description =
                            "The statuses of answers that are charged, such as `401` or `2xx`; the others cost nothing.",
                    defaultValue = "all")
            @Nullable
            List<String> chargeOn) {

        /** Starts a limit of which only this is written. */
        public static RateLimit of(String permits, String per, @Nullable String by, @Nullable String refill) {
            return new RateLimit(permits, per, by, refill, null, null, null, null, null, null, null, null, null, null);
        }

        /** What it has in common with quotas. */
        LimitWords words() {
            return new LimitWords(by, onFailure, count, lease, mode, exempt, missing, cost, chargeOn);
        }
    }

    /**
     * What the body must be. Immutable.
     *
     * @param maxSize how large it may be
     * @param schema the JSON Schema that it must obey
     * @param mode the mode of this part
     */
    public record Content(
            @Key(description = "How large the body may be, such as `64KB`.", type = Key.Type.SIZE) @Nullable
            String maxSize,

            @Key(description = "The JSON Schema that the body must obey: `classpath:`, `file:`, or the JSON itself.")
            @Nullable
            String schema,

            @Key(
                    description = "The mode of the body rules.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode) {}

    /**
     * The OpenAPI document that requests must obey. Immutable.
     *
     * @param document where it is
     * @param basePath under which path its paths are
     * @param unknownParameters what happens to parameters of the query that it does not describe
     * @param unknownOperations what happens to paths that it does not describe
     * @param mode the mode of this part
     */
    public record Contract(
            @Key(
                    description =
                            "The OpenAPI document, 3.0 or 3.1, in JSON or YAML: `classpath:`, `file:`, or the JSON itself.")
            @Nullable
            String document,

            @Key(
                    description = "Under which path the document's paths are, such as `/v1`.",
                    defaultValue = "the path of its first server")
            @Nullable
            String basePath,

            @Key(
                    description = "What happens to parameters of the query that it does not describe.",
                    defaultValue = "deny",
                    oneOf = {"deny", "ignore"})
            @Nullable
            String unknownParameters,

            @Key(
                    description = "What happens to paths that it does not describe.",
                    defaultValue = "deny",
                    oneOf = {"deny", "ignore"})
            @Nullable
            String unknownOperations,

            @Key(
                    description = "The mode of this part.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode) {}

    /**
     * Which attacks are looked for. Immutable.
     *
     * @param mode the mode of this part
     * @param level how suspicious the detectors are
     * @param exclude what is not looked at
     * @param onFailure what happens when a detector cannot tell
     */
    public record Detection(
            @Key(
                    description = "The mode of the attack rule.",
                    defaultValue = "the mode of the policy",
                    oneOf = {"enforce", "observe"})
            @Nullable
            String mode,

            @Key(
                    description = "How suspicious the detectors are.",
                    defaultValue = "balanced",
                    oneOf = {"low", "balanced", "strict"})
            @Nullable
            String level,

            @Key(description = "Which parameters a detector does not look at.", type = Key.Type.PART) @Nullable
            List<Exclusion> exclude,

            @Key(
                    description = "What happens to a request of which the detectors cannot tell.",
                    defaultValue = "deny",
                    oneOf = {"deny", "proceed"})
            @Nullable
            String onFailure) {}

    /**
     * What is not looked at. Immutable.
     *
     * @param detector the detector that does not look
     * @param parameter the parameter that it does not look at
     */
    public record Exclusion(
            @Key(description = "The id of the detector that does not look.") @Nullable
            String detector,

            @Key(description = "The name of the parameter that it does not look at.") @Nullable
            String parameter) {}

    /** Collects what an annotation or a program says. Not thread-safe. */
    public static final class Builder {

        private @Nullable String mode;
        private @Nullable String open;
        private @Nullable Ip ip;
        private @Nullable CrossOrigin cors;
        private @Nullable List<String> authenticate;
        private @Nullable Authorize authorize;
        private @Nullable Map<String, RateLimit> rateLimits;
        private @Nullable Map<String, Allowance> quotas;
        private @Nullable Map<String, ConcurrencyLimit> concurrency;
        private @Nullable CircuitBreaker circuitBreaker;
        private @Nullable Content body;
        private @Nullable Detection attacks;

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
        public Builder rateLimits(Map<String, RateLimit> parts) {
            rateLimits = Map.copyOf(parts);
            return this;
        }

        /** Sets how much a caller may use in a period of the calendar. */
        public Builder quotas(Map<String, Allowance> parts) {
            quotas = Map.copyOf(parts);
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

        /** A policy without paths that says what was collected. */
        public Policy build() {
            return new Policy(
                    null,
                    null,
                    mode,
                    open,
                    ip,
                    cors,
                    authenticate,
                    authorize,
                    null,
                    null,
                    rateLimits,
                    quotas,
                    concurrency,
                    circuitBreaker,
                    body,
                    null,
                    attacks);
        }
    }
}
