package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Engine;
import dev.portcullis.Principal;
import dev.portcullis.Rule.Mode;
import dev.portcullis.abuse.FailureReport;
import dev.portcullis.abuse.Logins;
import dev.portcullis.abuse.RiskReport;
import dev.portcullis.auth.CertificateReport;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.HiddenHeaders;
import dev.portcullis.http.View;
import dev.portcullis.http.Wire;
import dev.portcullis.ip.CountryReport;
import dev.portcullis.ip.FeedReport;
import dev.portcullis.ip.ProxyReport;
import dev.portcullis.limit.ConcurrencyReport;
import dev.portcullis.limit.Share;
import dev.portcullis.limit.Usage;
import dev.portcullis.metric.Metrics;
import dev.portcullis.outbound.Outbound;
import dev.portcullis.store.StoreReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An engine that a configuration was made into, with all that outlives the configuration: meters, keys, caches. Thread-safe.
 *
 * <p>A configuration with a problem makes no gate: the exception says all that is wrong with it. A reload that fails leaves
 * everything as it was.
 */
public final class Gate implements AutoCloseable {

    private final GateBuilder settings;
    private final Sharing sharing;
    private final Lasting lasting;
    private final Denying denying;
    private final Tending tending;
    private final Tending asking;
    private final Metrics metrics;
    private final Gauges gauges;
    private final KeyWarnings aging;
    private final Management management;
    private final AtomicBoolean loaded = new AtomicBoolean();
    private final ReentrantLock reloading = new ReentrantLock();
    private final Engine engine;
    private volatile Compiled current;

    /** What is asked now and what was before it; under the lock of reloading. */
    private PolicyFile file;

    private @Nullable PolicyFile before;

    Gate(GateBuilder builder) {
        this.settings = builder;
        this.file = builder.file;
        this.metrics = Metrics.of(builder.clock);
        var told = new Told(metrics, builder.listener);
        this.sharing = new Sharing(builder.file.configuration().store(), builder.elsewhere(), builder.clock);
        this.denying = new Denying(sharing, builder.clock, !builder.elsewhere().complete());
        this.lasting = lasting(told);
        this.tending = new Tending(this::tend, () -> Tending.PAUSE, builder.executor);
        this.asking = new Tending(denying::tend, denying::poll, builder.executor);
        this.current = compiled(builder.file);
        denying.use(current.denied());
        lasting.behaviour().adopt(current.conduct());
        this.engine = Engine.of(current.set(), lasting.behaviour().watching(told));
        metrics.useTenants(current.tenants());
        this.aging = new KeyWarnings(builder.clock, told::tell);
        aging.use(builder.file.configuration());
        this.gauges = new Gauges(metrics, builder.clock, this::reports, aging);
        this.management = management(told);
        var unused = Quotas.adopted(current.limits());
        lasting.count(metrics);
        gauges.renew();
    }

    private Lasting lasting(Told told) {
        var crawling = new Crawling(settings.clock);
        var behaviour = new Behaviour(crawling, settings.executor, told::tell, sharing.shared());
        var proving = new Proving(settings.clock, settings.executor, sharing, settings.connector);
        return new Lasting(proving, denying, behaviour, settings.elsewhere());
    }

    private Management management(Told told) {
        var sources = new Management.Sources(
                this::reports,
                gauges,
                this::inquired,
                this::topUsers,
                this::rollback,
                this::contract,
                Unmet.handled(settings.handlers));
        return new Management(settings.clock, denying, sources, told);
    }

    /** Starts with a configuration whose places nobody knows. */
    public static GateBuilder builder(Configuration configuration) {
        return new GateBuilder(new PolicyFile(configuration, Places.UNKNOWN, List.of()));
    }

    /** Starts with a configuration that was read from a file. */
    public static GateBuilder builder(PolicyFile file) {
        return new GateBuilder(file);
    }

    /** The first configuration; what was opened for it is closed when it has a problem. */
    private Compiled compiled(PolicyFile file) {
        try {
            return compile(file, Feeds.NONE);
        } catch (RuntimeException e) {
            sharing.close();
            throw e;
        }
    }

    private Compiled compile(PolicyFile file, Feeds earlier) {
        var problems = new Problems(file.places()).with(file.problems());
        sharing.check(new At(problems, "store"), file.configuration().store());
        var site = lasting.site(problems, new Contents(settings.resources), file.configuration(), earlier);
        return new Compiler(site, problems, file.configuration(), settings.handlers).compile(settings.internal);
    }

    private void tend() {
        sharing.tend();
        lasting.tend();
        current.feeds().tend();
        aging.tend();
        gauges.renew();
    }

    /** The engine. It stays the same over reloads. */
    public Engine engine() {
        return engine;
    }

    /**
     * The view of a request, with what the trusted proxies say.
     *
     * <p>A request that comes in during a reload may be seen with the proxies of one configuration and judged by the other.
     */
    public View view(Wire wire) {
        return new View(wire, current.forwarding());
    }

    /** Whether the headers of some proxies are believed, so that nobody else may have read them before. */
    public boolean believesProxies() {
        return current.forwarding() != Forwarding.NONE;
    }

    /** The headers that the application is not shown. */
    public HiddenHeaders hidden() {
        return current.hidden();
    }

    /** Whether some policy asks about files, so that somebody must take multipart bodies apart. */
    public boolean asksForFiles() {
        return current.asksForFiles();
    }

    /** The default mode, which holds for the second lock too. */
    public Mode mode() {
        return current.mode();
    }

    /**
     * Fetches what requests will be judged by, such as the issuers' keys, and keeps it fresh until the gate is closed.
     *
     * <p>Whoever stands behind the gate calls this once, before requests come. A gate that is only asked about a policy needs none.
     *
     * @return what is completed, never exceptionally, when everything was fetched or could not be
     */
    public CompletableFuture<Void> prepare() {
        if (loaded.compareAndSet(false, true)) {
            management.tell(
                    "policy-loaded", "gate", Map.of("to", engine.policies().digest()));
            Scopes.tell(scopes());
            Unprotected.tell(management.routes());
            DerivationCompiler.tell(settings.file.configuration(), settings.handlers);
        }
        lasting.behaviour().open();
        sharing.tend();
        tending.start();
        denying.tend();
        asking.start();
        return CompletableFuture.allOf(lasting.fetched(), current.feeds().fetched());
    }

    /** Whether the gate can judge what its configuration speaks of, and if not, why. Costs next to nothing, and waits for nothing. */
    public Readiness readiness() {
        return Readiness.of(lasting.keys(), current.feeds().missing());
    }

    /** What operators see of the gate and do to it while it runs. */
    public Management management() {
        return management;
    }

    private Map<String, Object> contract() {
        return DerivedDocument.of(settings.handlers == null ? List.of() : settings.handlers, current.routes());
    }

    private Management.Reports reports() {
        var state = readiness();
        var list = denying.list();
        var denials = new Management.DenialStatus(list.all().size(), list.state(), denying.problem());
        return new Management.Reports(
                new Management.Status(
                        engine.policies().digest(),
                        mode(),
                        state.ready(),
                        state.causes(),
                        denials,
                        management.bundle()),
                current.routes(),
                state.keys(),
                certificates(),
                feeds(),
                stores(),
                concurrency());
    }

    /** Who shares what is remembered from one request to the next: a line for each scope, {@code scope=node} or {@code scope=shared}. */
    public List<String> scopes() {
        return Scopes.lines(current.limits(), Scopes.own(concurrency(), current.routes()), sharing);
    }

    /** How it stands with the store that the nodes share; nothing when there is none. */
    public List<StoreReport> stores() {
        return sharing.reports();
    }

    /** What is counted, for whoever carries it elsewhere; {@link Management#numbers} has it as it is now. */
    public Metrics metrics() {
        return metrics;
    }

    /** How it stands with the authorities that are trusted to name clients, for metrics and alarms. */
    public List<CertificateReport> certificates() {
        return lasting.proving().certificates();
    }

    /** How it stands with the file that tells countries; null when there is none. */
    public @Nullable CountryReport countries() {
        return current.feeds().country();
    }

    /** How it stands with the lists of addresses that others keep, for metrics and alarms. */
    public List<FeedReport> feeds() {
        return current.feeds().reports();
    }

    /** What became of the headers of proxies since the start, for metrics and alarms. */
    public ProxyReport proxies() {
        return lasting.proxies();
    }

    /** How many requests are in flight under each limit, and how the circuits stand, for metrics and alarms. */
    public ConcurrencyReport concurrency() {
        return current.concurrency().report();
    }

    /** By what the application asks before it judges a login of its own, and reports what came of it. It stays the same over reloads. */
    public Logins logins() {
        return lasting.behaviour().logins();
    }

    /** How badly callers behave, and how that is counted, for metrics and alarms. */
    public RiskReport risk() {
        return lasting.behaviour().riskReport();
    }

    /** How many anomalies were told of so far. */
    public long anomalies() {
        return lasting.behaviour().anomaliesTold();
    }

    /** How it stands with failed authentications, for metrics and alarms. */
    public FailureReport failures() {
        return lasting.behaviour().report();
    }

    /**
     * What a caller has used of the limits that count by nothing but the caller, by {@code client}, {@code tenant} or {@code global}.
     *
     * @param caller the caller as authentication finds it: its issuer, {@code clients} for API keys, its client, tenant and tier
     * @throws RuntimeException when a count cannot be told
     */
    public List<Usage> usage(Principal caller) {
        requireNonNull(caller, "caller");
        return Quotas.usage(current.limits(), caller);
    }

    private List<Usage> inquired(Inquiry inquiry) {
        reloading.lock();
        try {
            return Quotas.usage(
                    current.limits(), inquiry.completed(file.configuration().clients()));
        } finally {
            reloading.unlock();
        }
    }

    /**
     * Who has used most of the quotas by client and tenant, on this node's word who they are; the most first.
     *
     * @param most how many of each quota
     * @throws RuntimeException when a count cannot be told
     */
    public List<Share> topUsers(int most) {
        return Quotas.most(current.limits(), most);
    }

    /** The names under which log lines say whom they are about. */
    public LoggedNames logged() {
        return current.logged();
    }

    /** What of a request goes along with the application's own calls, and to whom. */
    public Outbound outbound() {
        return current.outbound();
    }

    /** Of how many exchanges of which no rule had anything to say the audit log writes one. */
    public int auditOneIn() {
        return current.auditOneIn();
    }

    /** The ids of the handlers that a policy covers while nothing in front of them asks who calls. */
    public List<String> anonymous() {
        return current.anonymous();
    }

    /** The ids of the handlers that neither annotations nor a policy's paths speak of, or only a policy that leaves internal paths denied. */
    public List<String> uncovered() {
        return current.uncovered();
    }

    /**
     * Asks another configuration from now on. Limits that it leaves as they are go on counting.
     *
     * @throws ConfigurationException when there is any problem; then nothing has changed
     */
    public void reload(Configuration configuration) {
        reload(new PolicyFile(configuration, Places.UNKNOWN, List.of()));
    }

    /**
     * Asks another configuration from now on, as {@link #reload(Configuration)} does.
     *
     * @throws ConfigurationException when there is any problem; then nothing has changed
     */
    public void reload(PolicyFile file) {
        reload(file, "gate");
    }

    /**
     * Asks another configuration from now on, as {@link #reload(Configuration)} does.
     *
     * @param by who wants it, for the audit log
     * @throws ConfigurationException when there is any problem; then nothing has changed, and the listener is told so
     */
    public void reload(PolicyFile file, String by) {
        use(requireNonNull(file, "file"), "policy-reloaded", by, Map.of());
    }

    /**
     * Asks the configuration again that was asked before the last change; once more, and it is the later one again. What limits, denials
     * and revocations have counted and entered meanwhile stays.
     *
     * @param why what is wrong, for the audit log
     * @param by who wants it
     * @throws IllegalStateException when there was none before
     * @throws ConfigurationException when what it names, such as a file, is not as it was; then nothing has changed
     */
    public void rollback(String why, String by) {
        reloading.lock();
        try {
            if (before == null) {
                throw new IllegalStateException("there was no other configuration before this one");
            }
            use(before, "policy-rolled-back", by, Map.of("reason", At.shown(why)));
        } finally {
            reloading.unlock();
        }
    }

    private void use(PolicyFile other, String what, String by, Map<String, String> more) {
        reloading.lock();
        try {
            var from = engine.policies().digest();
            settings.vetting.accept(other.configuration());
            var next = compile(other, current.feeds());
            current = next;
            lasting.behaviour().adopt(next.conduct());
            engine.reload(next.set());
            metrics.useTenants(next.tenants());
            denying.use(next.denied());
            aging.use(other.configuration());
            gauges.renew();
            before = other.configuration().equals(file.configuration()) ? before : file;
            file = other;
            var details = new TreeMap<>(more);
            details.putAll(Quotas.adopted(next.limits()));
            details.put("from", from);
            details.put("to", next.set().digest());
            management.tell(what, by, details);
            tend();
        } catch (ConfigurationException e) {
            var first = e.problems().get(0);
            management.refused("policy-refused", by, first.key() + ": " + first.message());
            throw e;
        } finally {
            reloading.unlock();
        }
    }

    @Override
    public void close() {
        tending.close();
        asking.close();
        engine.close();
        lasting.close();
        denying.close();
        sharing.close();
    }
}
