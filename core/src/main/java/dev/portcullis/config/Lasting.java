package dev.portcullis.config;

import dev.portcullis.attack.Background;
import dev.portcullis.auth.DecryptionKeys;
import dev.portcullis.auth.Jwt;
import dev.portcullis.auth.KeyReport;
import dev.portcullis.auth.KeyRings;
import dev.portcullis.auth.Scheme;
import dev.portcullis.authz.Callout;
import dev.portcullis.config.Configuration.Bounds;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.ip.ProxyReport;
import dev.portcullis.ip.ProxyTally;
import dev.portcullis.limit.Concurrency;
import dev.portcullis.limit.Meters;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What outlives a configuration: meters, keys, and tokens that were verified. Used by one thread at a time. */
final class Lasting {

    private static final long DEFAULT_MAX_KEYS = 100_000;
    private static final long MOST_KEYS = 100_000_000;

    private final Clock clock;
    private final Executor executor;
    private final Proving proving;
    private final Denying denying;
    private final Behaviour behaviour;
    private final Elsewhere elsewhere;
    private final IntrospectedIssuer asked;
    private final Callouts callouts;
    private final Watching watching;
    private final ProxyTally proxies = new ProxyTally();
    private final FeedCompiler.Work work;
    private volatile @Nullable Meters meters;
    private @Nullable Concurrency concurrency;
    private long maxKeys;
    private @Nullable KeyRings rings;
    private volatile @Nullable Jwt tokens;
    private @Nullable Written issuers;

    /** What tokens were compiled from. */
    private record Written(
            @Nullable String environment,
            @Nullable Map<String, TrustedIssuer> issuers,
            List<Optional<DecryptionKeys>> keys) {}

    Lasting(Proving proving, Denying denying, Behaviour behaviour, Elsewhere elsewhere) {
        this.proving = proving;
        this.denying = denying;
        this.behaviour = behaviour;
        this.elsewhere = elsewhere;
        this.clock = proving.clock();
        this.executor = proving.executor();
        this.asked = new IntrospectedIssuer(clock, executor);
        this.callouts = new Callouts(new BoundedClient(executor, Callout.DEFAULT_TIMEOUT), clock);
        this.watching = new Watching(
                Background.of(elsewhere.detectors(), clock, behaviour::heard), new Draws(), elsewhere.complete());
        this.work = FeedCompiler.Work.on(clock, executor);
    }

    /** What the rules of a configuration stand on. */
    Site site(Problems problems, Contents contents, Configuration written, Feeds earlier) {
        var top = new At(problems, "");
        var own = ForwardedCompiler.ranges(written.forwarded());
        var countries =
                new GeoCompiler(top.child("geo"), contents, elsewhere.countries(), earlier).compile(written.geo());
        var feeds =
                new FeedCompiler(top.child("feeds"), contents, own, earlier, work).compile(written.feeds(), countries);
        var kept = meters(top.child("limits"), written.limits());
        var identities = Identities.compile(top, contents, written, trusted -> tokens(written, trusted));
        var sessions = SessionSettings.compile(top.child("session"), written.session());
        var others = keyed(top, contents, written, introspected(top, contents, written, identities))
                .plus(Identities.SESSION, sessions);
        var ways = proving.addTo(others, top, contents, written);
        var rights = Rights.compile(top, written, elsewhere.authorizers(), new Rights.Outside(callouts, countries));
        var conduct = behaviour.conduct(top, written, (int) maxKeys);
        var counting =
                Counting.compile(top, written, kept, elsewhere.listener()).in(proving.sharing());
        return new Site(
                clock,
                counting,
                concurrency().rules(counting.names()),
                contents,
                ways,
                rights,
                proxies,
                denying,
                feeds,
                conduct,
                watching);
    }

    private Identities introspected(At top, Contents contents, Configuration written, Identities others) {
        if (!written.ways().contains(Identities.INTROSPECTION)) {
            return others;
        }
        var at = top.child("issuers");
        var environment = written.environment();
        var scheme = asked.scheme(
                at,
                contents,
                IntrospectedIssuer.of(environment, written.issuers()),
                (name, issuer) -> new IssuerCompiler(contents, issuer, at.child(name), environment).compile(name));
        return others.plus(Identities.INTROSPECTION, scheme);
    }

    private Identities keyed(At top, Contents contents, Configuration written, Identities others) {
        var scheme = new KeySchemeCompiler(top, written, elsewhere).compile(contents, clock, executor);
        var defined = elsewhere.clients() != null || written.ways().contains(Identities.API_KEY);
        return defined ? others.plus(Identities.API_KEY, scheme) : others;
    }

    /** What became of the headers of proxies so far. */
    ProxyReport proxies() {
        return proxies.report();
    }

    /** Has its figures counted. */
    void count(Metrics metrics) {
        Quotas.count(counted(), metrics);
        behaviour.count(metrics);
        watching.count(metrics);
        forwarded(metrics, "ignored", ProxyReport::ignored);
        forwarded(metrics, "unreadable", ProxyReport::unreadable);
        forwarded(metrics, "missing", ProxyReport::missing);
    }

    private void forwarded(Metrics metrics, String fate, ToLongFunction<ProxyReport> number) {
        metrics.add(Series.counter(
                "portcullis_forwarded_total", Map.of("fate", fate), () -> number.applyAsLong(proxies.report())));
    }

    void close() {
        watching.background().close();
        behaviour.close();
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Proving proving() {
        return proving;
    }

    /** Starts to fetch what is not there, or is due. */
    void tend() {
        proving.tend();
        var known = tokens;
        if (known != null) {
            known.tendKeys();
        }
    }

    /** Completed, never exceptionally, when everything was fetched or could not be. */
    CompletableFuture<Void> fetched() {
        var known = tokens;
        return known == null ? CompletableFuture.completedFuture(null) : known.fetchKeys();
    }

    /** How it stands with what is fetched. */
    List<KeyReport> keys() {
        var known = tokens;
        return known == null ? List.of() : known.keys();
    }

    /** The meters of limits; null as long as none was made. */
    @Nullable
    Meters counted() {
        return meters;
    }

    private Meters meters(At at, @Nullable Bounds written) {
        var here = at.child("max-keys");
        var keys = here.read(written == null ? null : written.maxKeys(), Kind.COUNT, DEFAULT_MAX_KEYS);
        if (keys > MOST_KEYS) {
            here.problem(
                    "`" + keys + "` (expected: at most " + MOST_KEYS + ")", "each key takes about 110 bytes of memory");
        }
        var known = meters;
        if (known == null) {
            maxKeys = Math.min(keys, MOST_KEYS);
            known = Meters.of(
                    clock,
                    (int) maxKeys,
                    proving.sharing().ledger(),
                    proving.sharing().buckets());
            meters = known;
        } else if (keys != maxKeys) {
            here.problem(
                    "`" + keys + "`, but the gate was started with `" + maxKeys + "`",
                    "start anew, which empties all meters");
        }
        return known;
    }

    private Concurrency concurrency() {
        if (concurrency == null) {
            concurrency = Concurrency.of(clock, (int) maxKeys);
        }
        return concurrency;
    }

    /** The scheme that knows the verified tokens, as long as the issuers stay the same. */
    private Scheme tokens(Configuration configuration, Trusted trusted) {
        var decryption = trusted.issuers().stream()
                .map(issuer -> Optional.ofNullable(issuer.decryption()))
                .toList();
        var written = new Written(configuration.environment(), configuration.issuers(), decryption);
        if (rings == null) {
            rings = KeyRings.of(clock, executor);
        }
        var kept = tokens;
        if (kept == null || !written.equals(issuers)) {
            kept = Jwt.of(trusted.issuers(), trusted.elsewhere(), rings);
            tokens = kept;
            issuers = written;
        }
        return kept;
    }
}
