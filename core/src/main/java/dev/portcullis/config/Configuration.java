package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.auth.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as an operator wrote it: all leaves are text, nothing is checked yet. Immutable.
 *
 * <p>Whoever has one of these, be it from a policy file or from an application's properties, hands it to a {@link Gate}, which
 * checks all of it at once.
 *
 * @param mode the default for every rule
 * @param otherwise what happens to a request that no policy covers
 * @param environment the environment that the gate stands in
 * @param forwarded which proxies are believed; null: none
 * @param hosts under which names the service may be asked; null: any
 * @param protocol the bounds of what every request may ask for
 * @param https that requests must come over https; null: they need not
 * @param responseHeaders the header fields of responses
 * @param feeds addresses that others list, by name
 * @param geo where it is known where addresses are
 * @param issuers who may issue tokens, by name
 * @param clients who calls with an API key, by name
 * @param apiKey where API keys are sent and kept
 * @param roles which roles imply which others
 * @param certificates which client certificates are trusted
 * @param stepUp how callers must have logged in wherever a policy asks who calls
 * @param dpop what the proofs must be like that come with tokens which are bound to a key
 * @param signatures how clients sign their requests, by name
 * @param bruteForce how many failed authentications are borne
 * @param risk what makes the score of a caller who behaves badly grow
 * @param anomalies what is told as an anomaly
 * @param crawlers which crawlers there are, and how it is looked up whether somebody is one
 * @param loggingContext the names under which log lines say whom they are about
 * @param audit what the audit log leaves out
 * @param metrics what is counted beside the usual
 * @param outbound what goes along with the application's own calls
 * @param session what sessions of the container or the framework are asked
 * @param springSecurity whether the caller is made known to Spring Security
 * @param denials what operators have taken back or denied
 * @param store what several nodes share
 * @param limits the bounds of what the gate keeps in memory
 * @param concurrency how many requests may be in flight in the whole service, by name
 * @param bundle where all of it comes from instead
 * @param policies the policies, by name
 */
public record Configuration(
        @Key(
                description =
                        "The default mode of every rule, of `otherwise` too: `observe` tells the operator and denies nothing.",
                defaultValue = "enforce",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description = "What happens to a request that no policy covers.",
                defaultValue = "deny",
                oneOf = {"deny", "proceed"})
        @Nullable
        String otherwise,

        @Key(description = "The environment that the gate stands in, such as `prod`; tokens of others are denied.")
        @Nullable
        String environment,

        @Key(
                description = "Which proxies are believed, and which header they write each fact into.",
                type = Key.Type.PART)
        @Nullable
        Forwarded forwarded,

        @Key(description = "Under which names the service may be asked.", type = Key.Type.PART) @Nullable
        HostSettings hosts,

        @Key(description = "The bounds of what every request may ask for.", type = Key.Type.PART) @Nullable
        ProtocolSettings protocol,

        @Key(description = "That requests must come over https, whatever they ask for.", type = Key.Type.PART) @Nullable
        HttpsSettings https,

        @Key(
                description = "The header fields of all responses, denials included, where no policy says otherwise.",
                type = Key.Type.PART)
        @Nullable
        HeaderSettings responseHeaders,

        @Key(description = "Addresses that others list, by a name of your choice.", type = Key.Type.PART) @Nullable
        Map<String, FeedSettings> feeds,

        @Key(description = "Where it is known where addresses are.", type = Key.Type.PART) @Nullable
        GeoSettings geo,

        @Key(description = "Who may issue tokens, by a name of your choice.", type = Key.Type.PART) @Nullable
        Map<String, TrustedIssuer> issuers,

        @Key(description = "Who calls with an API key, by the client's name.", type = Key.Type.PART) @Nullable
        Map<String, Client> clients,

        @Key(description = "Where API keys are sent and kept.", type = Key.Type.PART) @Nullable
        ApiKeySettings apiKey,

        @Key(description = "The roles that a role, by its name, implies: whoever has it has these as well.") @Nullable
        Map<String, List<String>> roles,

        @Key(description = "Which client certificates are trusted, and where they come from.", type = Key.Type.PART)
        @Nullable
        ClientCertificates certificates,

        @Key(
                description =
                        "How callers must have logged in, and how long ago, wherever a policy has `authenticate`.",
                type = Key.Type.PART)
        @Nullable
        StepUpSettings stepUp,

        @Key(
                description =
                        "What the proofs must be like that come with tokens which are bound to a key (`issuers.NAME.proof.dpop`).",
                type = Key.Type.PART)
        @Nullable
        DpopSettings dpop,

        @Key(description = "How clients sign their requests, by a name of your choice.", type = Key.Type.PART) @Nullable
        Map<String, SignedRequests> signatures,

        @Key(description = "How many failed authentications are borne, and what follows.", type = Key.Type.PART)
        @Nullable
        BruteForceSettings bruteForce,

        @Key(
                description =
                        "What makes the score of a caller who behaves badly grow, for `policies.*.penalty` and for `risk` in conditions.",
                type = Key.Type.PART)
        @Nullable
        RiskSettings risk,

        @Key(description = "What is told as an anomaly.", type = Key.Type.PART) @Nullable
        AnomalySettings anomalies,

        @Key(
                description =
                        "Which crawlers there are beside the known ones, and how it is looked up whether somebody is one.",
                type = Key.Type.PART)
        @Nullable
        CrawlerSettings crawlers,

        @Key(
                description = "The names under which log lines say whom they are about, in the logging context (MDC).",
                type = Key.Type.PART)
        @Nullable
        LoggingContext loggingContext,

        @Key(description = "What the audit log leaves out.", type = Key.Type.PART) @Nullable
        Audit audit,

        @Key(description = "What is counted beside the usual.", type = Key.Type.PART) @Nullable
        MetricSettings metrics,

        @Key(
                description = "What of a request goes along with the application's own calls, and to whom.",
                type = Key.Type.PART)
        @Nullable
        Outgoing outbound,

        @Key(
                description =
                        "What sessions of the container or the framework are asked, for `authenticate: [session]`.",
                type = Key.Type.PART)
        @Nullable
        SessionSettings session,

        @Key(
                description =
                        "Whether the caller is made known to Spring Security inside its own chain, where it is there; plain servlets have none.",
                defaultValue = "true",
                type = Key.Type.SWITCH)
        @Nullable
        String springSecurity,

        @Key(description = "What operators have taken back or denied, and how nodes share it.", type = Key.Type.PART)
        @Nullable
        DenialSettings denials,

        @Key(
                description =
                        "The store that the nodes of an application share: counts, nonces, revocations; else each node has its own.",
                type = Key.Type.PART)
        @Nullable
        StoreSettings store,

        @Key(description = "The bounds of what the gate keeps in memory.", type = Key.Type.PART) @Nullable
        Bounds limits,

        @Key(
                description =
                        "How many requests may be in flight at a time in the whole service, asked before anything else, by a name of your choice.",
                type = Key.Type.PART)
        @Nullable
        Map<String, ConcurrencyLimit> concurrency,

        @Key(
                description =
                        "Where the policies come from, signed, in the place of properties; nothing else is written beside it. In Spring Boot alone.",
                type = Key.Type.PART)
        @Nullable
        BundleSettings bundle,

        @Key(description = "The policies, by a name of your choice.", type = Key.Type.PART) @Nullable
        Map<String, Policy> policies) {

    /** A configuration in which nothing is written. */
    public static Configuration empty() {
        var written = new Tree.Members(List.of(), "");
        return requireNonNull(new Binding("", new Variables(name -> null)).bind(Configuration.class, written, ""));
    }

    /** The ways to authenticate that something is written for. */
    public List<String> ways() {
        var ways = new ArrayList<String>();
        if (issuers != null && !issuers.isEmpty()) {
            ways.add(Identities.JWT);
        }
        if (issuers != null && issuers.values().stream().anyMatch(issuer -> issuer.introspection() != null)) {
            ways.add(Identities.INTROSPECTION);
        }
        if (Callers.haveKeys(this) || apiKey != null && apiKey.hasKeys()) {
            ways.add(Identities.API_KEY);
        }
        if (certificates != null) {
            ways.add(Identities.CERTIFICATE);
        }
        if (signatures != null && signatures.values().stream().anyMatch(one -> one.preset() == null)) {
            ways.add(Signers.SIGNATURE);
        }
        if (session != null) {
            ways.add(Sessions.PROOF);
        }
        return ways;
    }

    /**
     * Which proxies are believed. Immutable.
     *
     * @param trusted the addresses of the proxies
     * @param address the header that carries the caller's address
     * @param scheme the header that carries the scheme
     * @param host the header that carries the host
     * @param hops how many proxies are counted instead of looking at their addresses
     * @param preset the product whose headers are meant
     */
    public record Forwarded(
            @Key(description = "The addresses of the proxies, as ranges; nobody else is believed.") @Nullable
            List<String> trusted,

            @Key(
                    description =
                            "The header with the caller's address: `x-forwarded-for`, `forwarded`, or one that holds a single address.")
            @Nullable
            String address,

            @Key(description = "The header with the scheme that the client used, such as `x-forwarded-proto`.")
            @Nullable
            String scheme,

            @Key(description = "The header with the host that the client asked for, such as `x-forwarded-host`.")
            @Nullable
            String host,

            @Key(
                    description =
                            "How many proxies stand in front, the peer included, where their addresses cannot be listed; the peer must be trusted all the same.",
                    type = Key.Type.COUNT)
            @Nullable
            String hops,

            @Key(
                    description =
                            "The product in front, whose headers are read; what `address`, `scheme`, `host` and `hops` say goes before. It trusts nobody.",
                    oneOf = {
                        "aws-alb",
                        "aws-cloudfront",
                        "azure-application-gateway",
                        "azure-front-door",
                        "cloudflare",
                        "envoy",
                        "gcp-load-balancer",
                        "haproxy",
                        "heroku",
                        "ingress-nginx",
                        "nginx",
                        "traefik"
                    })
            @Nullable
            String preset) {}

    /**
     * What the audit log leaves out. Immutable.
     *
     * @param oneIn of how many exchanges without a denial one is written
     */
    public record Audit(
            @Key(
                    description =
                            "Of how many exchanges of which no rule had anything to say one is written; denials, would-be denials and failures always are.",
                    defaultValue = "1",
                    type = Key.Type.COUNT)
            @Nullable
            String oneIn) {}

    /**
     * The bounds of what the gate keeps in memory. Immutable.
     *
     * @param maxKeys how many callers' meters are kept at most
     * @param headers in which headers clients are told of limits
     * @param retryJitter how much later than needed denied clients are asked to come again, at most
     */
    public record Bounds(
            @Key(
                    description = "How many callers' meters are kept at most, over all rate limits.",
                    defaultValue = "100000",
                    type = Key.Type.COUNT)
            @Nullable
            String maxKeys,

            @Key(
                    description =
                            "In which headers clients are told of limits: those of the IETF draft, `X-RateLimit-*`, both, or none.",
                    defaultValue = "draft",
                    oneOf = {"draft", "legacy", "both", "none"})
            @Nullable
            String headers,

            @Key(
                    description =
                            "How much later than needed a denied client may be asked to come again, so that not all come at once.",
                    defaultValue = "0s",
                    type = Key.Type.DURATION)
            @Nullable
            String retryJitter) {}
}
