package dev.portcullis.config;

import dev.portcullis.PolicySet;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import dev.portcullis.cors.Cors;
import dev.portcullis.http.HiddenHeaders;
import dev.portcullis.http.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles a configuration to a policy set, or finds everything that is wrong with it. Lives for one configuration. */
final class Compiler {

    static final String PROTOCOL = "protocol";

    /** Keeps the place for the rules of policies, where nothing is said for all. */
    private static final Rule NO_HEADERS =
            Rule.enforce(HeaderCompiler.NAME, request -> Verdict.pass()).alsoOn(Dispatch.ERROR);

    private static final Kind<Boolean> OTHERWISE = Kind.choice("last word", Map.of("deny", true, "proceed", false));

    private final Site site;
    private final Problems problems;
    private final Configuration written;
    private final @Nullable List<Endpoint> handlers;
    private final Mode mode;
    private final Map<String, Asked> policies = new LinkedHashMap<>();
    private final PathCompiler paths = new PathCompiler();
    private final List<Addressee> addressees = new ArrayList<>();
    private @Nullable Rule headers;
    private Protocol protocol = Protocol.strict();

    Compiler(Site site, Problems problems, Configuration written, @Nullable List<Endpoint> handlers) {
        this.site = site;
        this.problems = problems;
        this.written = written;
        this.handlers = handlers;
        this.mode = at("mode").read(written.mode(), Kind.MODE, Mode.ENFORCE);
    }

    private At at(String key) {
        return new At(problems, key);
    }

    /**
     * Compiles all of it.
     *
     * @throws ConfigurationException when there is any problem
     */
    Compiled compile(InternalPaths internal) {
        var forwarding = new ForwardedCompiler(at("forwarded"), site.proxies()).compile(written.forwarded());
        var first = first();
        var deny = at("otherwise").read(written.otherwise(), OTHERWISE, true);
        var logged = LoggedNames.compile(at("logging-context"), written.loggingContext());
        var oneIn = auditOneIn();
        var tenants = MetricSettings.tenants(at("metrics"), written.metrics());
        var outbound = Outgoing.compile(at("outbound"), written.outbound());
        compileRules();
        var denied = new DenialCompiler(at(""), written).compile(site.contents(), mode);
        var denials = new DenialRules(site.denying(), denied.mode());
        var routes = routes(denials, internal);
        problems.throwIfAny();
        ArrivalConcerns.warn(written);
        return new Compiled(
                set(routes, denials, deny, first),
                forwarding,
                hidden(),
                site.feeds(),
                mode,
                logged,
                oneIn,
                tenants,
                outbound,
                site.conduct(),
                unreached(internal),
                anonymous(),
                denied,
                List.copyOf(site.counting().limits()),
                inventory(routes, deny),
                site.concurrency());
    }

    private void compileRules() {
        refuseBundle();
        at("spring-security").read(written.springSecurity(), Kind.SWITCH);
        protocol = strict();
        headers = new HeaderCompiler(at(HeaderCompiler.NAME), mode).compile(written.responseHeaders(), "");
        compilePolicies();
        compileHandlers();
    }

    private Routes routes(DenialRules denials, InternalPaths internal) {
        var guessing = site.conduct().guessing();
        var grounds = new Routes.Grounds(site.identities(), denials, guessing, internal);
        return new Routes(paths.sorted(), addressees, grounds).compile();
    }

    /** Nothing is hidden where everything is only rehearsed. */
    private HiddenHeaders hidden() {
        var header =
                written.certificates() == null ? null : written.certificates().header();
        var all = header == null ? HiddenHeaders.USUAL : HiddenHeaders.with(header);
        return mode == Mode.OBSERVE ? HiddenHeaders.NONE : all;
    }

    private int auditOneIn() {
        var audit = written.audit();
        return at("audit")
                .child("one-in")
                .read(audit == null ? null : audit.oneIn(), Kind.COUNT, 1L)
                .intValue();
    }

    private void refuseBundle() {
        if (written.bundle() != null) {
            at("bundle")
                    .problem(
                            "a policy file that names a bundle",
                            "name it in the application's properties, where nothing else stands beside it; without Spring: `PolicyFeed`");
        }
    }

    private void compilePolicies() {
        var policies = written.policies();
        if (policies != null) {
            policies.forEach(this::compilePolicy);
        }
    }

    private void compilePolicy(String name, Policy policy) {
        var here = at("policies").child(name);
        Names.demandPolicy(here, name);
        var asked = new PolicyCompiler(site, name, here, policy, mode).compile();
        policies.put(name, asked);
        paths.bind(asked, policy);
    }

    private void compileHandlers() {
        if (handlers == null) {
            return;
        }
        var compiler = new HandlerCompiler(problems, policies, this::compileWord);
        handlers.forEach(handler -> addressees.add(compiler.compile(handler)));
        var written = this.written.policies();
        if (written == null) {
            return;
        }
        written.forEach((name, policy) -> {
            var here = at("policies").child(name);
            if (policy.paths() == null
                    && !compiler.named().contains(name)
                    && here.child("path").clean()) {
                here.problem(
                        "neither paths nor a handler that names it",
                        "write `paths`, or name it at a handler: `@Guard(\"" + At.shown(name) + "\")`");
            }
        });
    }

    private Asked compileWord(At at, Word.Written word) {
        return new PolicyCompiler(site, word.name(), at, word.policy(), mode).compile();
    }

    /** What every request meets before it is known who calls: the hosts it may name, the demand for https, and the limits of the whole service. */
    private Rule[] first() {
        var rules = new ArrayList<>(
                HostCompiler.compile(at("hosts"), mode, written.hosts()).toList());
        new HttpsCompiler(at("https"), mode).compile(written.https()).forEach(rules::add);
        new ConcurrencyCompiler(site.concurrency(), "concurrency.", at("concurrency"), mode)
                .beforeAnybodyIsKnown(written.concurrency())
                .compile(written.concurrency(), (key, rule) -> rules.add(rule));
        return rules.toArray(Rule[]::new);
    }

    private PolicySet set(Routes routes, DenialRules denials, boolean deny, Rule[] first) {
        var set = PolicySet.builder();
        if (routes.setHeaders() || headers != null) {
            set.firstUnlessNamed(headers == null ? NO_HEADERS : headers);
        }
        set.first(protocol(routes)).first(first);
        routes.addTo(set);
        set.digest(Digest.of(
                written,
                handlers == null ? List.of() : handlers,
                site.contents().all()));
        if (!deny) {
            routes.denyInternal(set, mode);
            return set.otherwiseProceed(
                    denials.suspension(List.of(PolicySet.OTHERWISE)),
                    Rule.enforce("websocket-origin", Cors.sameSiteHandshake()).in(mode));
        }
        return mode == Mode.OBSERVE ? set.otherwiseObserve() : set.otherwiseDeny();
    }

    /** An ambiguous path could part a policy from its requests: it is observed only where nothing at all is enforced. */
    private Rule protocol(Routes routes) {
        var observed = mode == Mode.OBSERVE && !routes.enforceAnything();
        return Rule.enforce(PROTOCOL, protocol)
                .in(observed ? Mode.OBSERVE : Mode.ENFORCE)
                .alsoOn(Dispatch.ERROR);
    }

    private Protocol strict() {
        var bounds = written.protocol();
        var most = at(PROTOCOL).child("max-ranges").read(bounds == null ? null : bounds.maxRanges(), Kind.COUNT, (long)
                Protocol.MAX_RANGES);
        return Protocol.strict().maxRanges((int) Math.min(most, Integer.MAX_VALUE));
    }

    private List<RouteReport> inventory(Routes routes, boolean deny) {
        var coverage = ContractCoverage.of(paths.sorted(), handlers, addressees);
        coverage.tell();
        var inventory = Inventory.of(deny, paths.sorted(), coverage);
        var uncovered = uncovered();
        var rest = addressees.stream().filter(one -> uncovered.contains(one.id()));
        return Stream.concat(
                        routes.report(inventory, addressees).stream(),
                        rest.map(one -> inventory.of(one, null, List.of())))
                .toList();
    }

    private List<String> uncovered() {
        return addressees.stream()
                .filter(one -> one.words().isEmpty() && paths.sorted().stream().noneMatch(one::meets))
                .map(Addressee::id)
                .toList();
    }

    /** The handlers that no policy covers, and those whose paths stay denied as internal ones. */
    private List<String> unreached(InternalPaths internal) {
        return addressees.stream()
                .filter(one -> one.words().isEmpty()
                        && paths.sorted().stream()
                                .noneMatch(path -> one.meets(path) && !internal.close(path.pattern(), one.patterns())))
                .map(Addressee::id)
                .toList();
    }

    private List<String> anonymous() {
        var uncovered = uncovered();
        return addressees.stream()
                .filter(one -> !uncovered.contains(one.id()) && !asksWhoCalls(one))
                .map(Addressee::id)
                .toList();
    }

    private boolean asksWhoCalls(Addressee one) {
        var words = one.words().stream();
        var onPaths = paths.sorted().stream().filter(one::meets).map(BoundPath::asked);
        return Stream.concat(words, onPaths)
                .anyMatch(word -> word.ways() != null && word.ways().demanded());
    }
}
