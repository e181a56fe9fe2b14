package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.Rule.Mode;
import dev.portcullis.auth.CertificateReport;
import dev.portcullis.auth.KeyReport;
import dev.portcullis.denial.Denial;
import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.ip.FeedReport;
import dev.portcullis.limit.ConcurrencyReport;
import dev.portcullis.limit.Share;
import dev.portcullis.limit.Usage;
import dev.portcullis.metric.Series;
import dev.portcullis.store.StoreReport;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of a gate, and do to it, while it runs. Thread-safe.
 *
 * <p>Every change has an author and is told to the listener. Who may ask for one is not judged here: whoever hands this on to
 * somebody, as a management endpoint does, proves who it is first.
 */
public final class Management {

    private static final int MAX_TOP = 20;

    private final Clock clock;
    private final Denying denying;
    private final Sources sources;
    private final Told told;
    private volatile @Nullable Supplier<BundleReport> bundle;

    /** Where what is seen comes from. */
    record Sources(
            Supplier<Reports> reports,
            Gauges gauges,
            Function<Inquiry, List<Usage>> usage,
            IntFunction<List<Share>> topUsers,
            BiConsumer<String, String> rollback,
            Supplier<Map<String, Object>> contract,
            Set<String> handled) {}

    /**
     * What a gate says of itself at one time. Immutable.
     *
     * @param status how it stands
     * @param routes how every route is protected
     * @param keys how it stands with each issuer's keys
     * @param certificates how it stands with the certificates that are trusted
     * @param feeds how it stands with the lists of addresses that others keep
     * @param stores how it stands with the store that nodes share
     * @param concurrency how it stands with what is in flight
     */
    public record Reports(
            Status status,
            List<RouteReport> routes,
            List<KeyReport> keys,
            List<CertificateReport> certificates,
            List<FeedReport> feeds,
            List<StoreReport> stores,
            ConcurrencyReport concurrency) {

        /** Copies the lists. */
        public Reports {
            requireNonNull(status, "status");
            requireNonNull(concurrency, "concurrency");
            routes = List.copyOf(routes);
            keys = List.copyOf(keys);
            certificates = List.copyOf(certificates);
            feeds = List.copyOf(feeds);
            stores = List.copyOf(stores);
        }
    }

    /**
     * How a gate stands. Immutable.
     *
     * @param digest the digest of its policies, the same on every node that has the same
     * @param mode the default mode
     * @param ready whether it can judge what its configuration speaks of
     * @param causes why it cannot, or what is about to be missing
     * @param denials how it stands with what operators deny
     * @param bundle how it stands with the bundles that it follows; null when it follows none
     */
    public record Status(
            String digest,
            Mode mode,
            boolean ready,
            List<String> causes,
            DenialStatus denials,
            @Nullable BundleReport bundle) {

        /** Copies the causes. */
        public Status {
            requireNonNull(digest, "digest");
            requireNonNull(mode, "mode");
            requireNonNull(denials, "denials");
            causes = List.copyOf(causes);
        }
    }

    /**
     * How a gate stands with what operators deny. Immutable.
     *
     * @param holding how many denials hold
     * @param ledger how it stands with the ledger that is shared
     * @param file why the file of the configuration is not taken; null when it is, or there is none
     */
    public record DenialStatus(
            int holding, DenyList.State ledger, @Nullable String file) {
        /** Checks that nothing is missing. */
        public DenialStatus {
            requireNonNull(ledger, "ledger");
        }
    }

    Management(Clock clock, Denying denying, Sources sources, Told told) {
        this.clock = clock;
        this.denying = denying;
        this.sources = sources;
        this.told = told;
    }

    /** What the gate says of itself. */
    public Reports reports() {
        return sources.reports().get();
    }

    /** From now on the gate follows bundles. */
    void following(Supplier<BundleReport> reports) {
        bundle = reports;
    }

    /** How it stands with the bundles that the gate follows; null when it follows none. */
    @Nullable
    BundleReport bundle() {
        var known = bundle;
        return known == null ? null : known.get();
    }

    /** How every route is protected, and when it was last called. */
    public List<RouteReport> routes() {
        var last = sources.gauges().lastRequests();
        return reports().routes().stream().map(route -> route.calledAt(last)).toList();
    }

    /** What was derived of handlers, as a document of OpenAPI 3.1; without paths where nothing was. */
    public Map<String, Object> contract() {
        return sources.contract().get();
    }

    /** What is counted, as it is now. */
    public List<Series.Sample> numbers() {
        return sources.gauges().samples();
    }

    /**
     * What a caller has used of the limits that count by client, tenant, or for everybody.
     *
     * @param issuer who vouches for the client; null: {@code clients}, as for API keys
     * @param client the client; null: nobody in particular, so that limits by client are left out
     * @param tenant its tenant; null: the one that the configuration gives the client
     * @param tier its plan; null: the one that the configuration gives the client
     */
    public List<Usage> usage(
            @Nullable String issuer, @Nullable String client, @Nullable String tenant, @Nullable String tier) {
        return sources.usage().apply(new Inquiry(issuer, client, tenant, tier));
    }

    /** Who has used most of the quotas by client and tenant, the most first; twenty of each. */
    public List<Share> topUsers() {
        return sources.topUsers().apply(MAX_TOP);
    }

    /** The denials that hold. */
    public List<Denial> denials() {
        return denying.list().all();
    }

    /**
     * Revokes credentials or denies something: here at once, and on other nodes when they next ask the ledger.
     *
     * @param by who does it
     * @throws IllegalArgumentException when that cannot be denied, or not for so long
     * @throws DenyList.Full when there are as many denials as there may be
     * @throws dev.portcullis.store.LedgerUnavailable when it could not be entered; then nothing is denied
     */
    public Denial deny(Order order, String by) {
        var target = order.target(clock.instant());
        Unmet.demandMet(target, this::routes, sources.handled());
        var denial = denying.list().deny(target, order.why(), author(by), order.span());
        tell(order.verb() == Verb.REVOKE ? "revoked" : "denied", by, details(denial));
        return denial;
    }

    /**
     * Lifts a denial that was made while the gates ran.
     *
     * @param by who does it
     * @return what was lifted; null when there is no such denial, or it is written in the configuration
     * @throws dev.portcullis.store.LedgerUnavailable when it could not be entered; then nothing is lifted
     */
    public @Nullable Denial lift(String id, String by) {
        var denial = denying.list().lift(requireNonNull(id, "id"));
        if (denial != null) {
            tell("lifted", by, details(denial));
        }
        return denial;
    }

    /**
     * Asks the configuration again that was asked before the last change.
     *
     * @param why what is wrong
     * @param by who does it
     * @return how the gate stands then
     * @throws IllegalArgumentException when nobody says why
     * @throws IllegalStateException when there was no other configuration
     * @throws ConfigurationException when what it names is not as it was; then nothing has changed
     */
    public Status rollback(@Nullable String why, String by) {
        if (why == null || why.isBlank()) {
            throw new IllegalArgumentException("reason: missing (expected: why)");
        }
        sources.rollback().accept(why, author(by));
        return reports().status();
    }

    /** Tells the listener that a change was asked for and not made. */
    public void refused(String what, String by, String why) {
        tell(what, by, Map.of("refused", shown(why)));
    }

    /** Asks the ledger and looks at the file now, in the caller's thread. */
    public void refresh() {
        denying.tend();
    }

    void tell(String what, String by, Map<String, String> details) {
        told.tell(new Change(clock.instant(), what, author(by), details));
    }

    private static Map<String, String> details(Denial denial) {
        var target = denial.target();
        var details = new TreeMap<String, String>();
        details.put("id", denial.id());
        details.put("target", target.what().word());
        details.put("value", target.value());
        details.put("reason", denial.reason());
        details.put("until", denial.until().toString());
        if (target.issuer() != null) {
            details.put("issuer", target.issuer());
        }
        if (target.before() != null) {
            details.put("before", target.before().toString());
        }
        return details;
    }

    /** A name that was proven, fit for logs. */
    private static String author(String by) {
        var shown = shown(requireNonNull(by, "by"));
        if (shown.isBlank()) {
            throw new IllegalArgumentException("by: blank (expected: who does it)");
        }
        return shown;
    }

    private static String shown(String text) {
        return At.shown(text);
    }
}
