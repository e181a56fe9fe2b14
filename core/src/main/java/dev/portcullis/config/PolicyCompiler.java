package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import dev.portcullis.config.Asked.Ways;
import dev.portcullis.cors.Cors;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy asks, whoever wrote it. Lives for one policy. */
final class PolicyCompiler {

    private static final String CORS = "name each in full, such as `https://app.example.com`, `GET` or `X-Total-Count`";

    private final Site site;
    private final String name;
    private final At at;
    private final Policy policy;
    private final Mode mode;
    private final Map<Stage, List<Rule>> rules = new EnumMap<>(Stage.class);

    PolicyCompiler(Site site, String name, At at, Policy policy, Mode outer) {
        this.site = site;
        this.name = name;
        this.at = at;
        this.policy = policy;
        this.mode = at.child("mode").read(policy.mode(), Kind.MODE, outer);
    }

    Asked compile() {
        var open = at.child("public").read(policy.public_(), Kind.SWITCH, false);
        addresses();
        departing();
        cors(policy.cors());
        new FormCompiler(name, at, mode, this::add).compile(policy);
        var variables = AuthorizeCompiler.variables(policy.paths());
        new LimitCompiler(site, name, at, mode, variables).compile(policy, this::add);
        conduct();
        concurrency();
        var rights = rights();
        var ways = ways(policy.authenticate());
        demandMeetable(open, ways, rights);
        new ResponseCompiler(site, name, at, mode).compile(policy.responseBody(), this::add);
        var body = new BodyCompiler(site, name, at, mode);
        time(body);
        return new Asked(
                name,
                at,
                policy,
                mode,
                open,
                rules,
                ways,
                body.size(policy.body()),
                onBody(body, rights),
                rights.open(),
                DerivationCompiler.compile(at.child("derive"), name, policy.derive()));
    }

    private void demandMeetable(boolean open, @Nullable Ways ways, AuthorizeCompiler rights) {
        if (open && (ways != null || rights.asksWhoCalls())) {
            at.child("public")
                    .problem(
                            "public, and asks who calls",
                            "remove `public`, or `authenticate` and `authorize`; "
                                    + "`authenticate: [jwt, anonymous]` takes callers with and without a credential");
        }
        if (ways != null && !ways.demanded() && rights.asksWhoCalls()) {
            at.child("authenticate")
                    .problem(
                            "callers may be anonymous, and `authorize` denies them",
                            "remove `anonymous`, or what `authorize` asks of the caller");
        }
    }

    private void time(BodyCompiler body) {
        var time = body.time(policy.body());
        if (time != null) {
            add(Stage.BODY_TIME, time);
        }
    }

    private void addresses() {
        if (policy.ip() != null) {
            new AddressCompiler(site, name, at.child("ip"), mode)
                    .compile(policy.ip(), rule -> add(Stage.ADDRESS, rule));
        }
    }

    private AuthorizeCompiler rights() {
        var rights = new AuthorizeCompiler(site, name, at, policy.paths());
        if (policy.authorize() != null) {
            rights.compile(policy.authorize(), mode, this::add);
        }
        return rights;
    }

    /** What goes out, and until when. */
    private void departing() {
        var headers = new HeaderCompiler(at.child(HeaderCompiler.NAME), mode).compile(policy.responseHeaders(), name);
        if (headers != null) {
            add(Stage.RESPONSE_HEADERS, headers);
        }
        var sunset = new SunsetCompiler(at, site.clock()).compile(policy, name, mode);
        if (sunset != null) {
            add(Stage.SUNSET, sunset);
        }
    }

    private void conduct() {
        var frame = new Conduct.Frame(name, mode);
        if (policy.agents() != null) {
            site.conduct().agents(at.child("agents"), policy.agents(), frame, this::add);
        }
        if (policy.penalty() != null) {
            site.conduct().penalty(at.child("penalty"), policy.penalty(), frame, this::add);
        }
    }

    private void concurrency() {
        var frame = new CircuitCompiler.RuleFrame(name + ".circuit-breaker", mode);
        var circuit = CircuitCompiler.compile(
                at.child("circuit-breaker"), site.concurrency(), policy.circuitBreaker(), frame);
        if (circuit != null) {
            add(Stage.LATE_LIMIT, circuit);
        }
        new ConcurrencyCompiler(site.concurrency(), name + ".concurrency.", at.child("concurrency"), mode)
                .compile(policy.concurrency(), (key, rule) -> add(ConcurrencyCompiler.stageOf(key), rule));
    }

    private List<Asked.OnBody> onBody(BodyCompiler body, AuthorizeCompiler rights) {
        var bounds = new OpenApiCompiler.Bounds(
                ResponseCompiler.bound(at.child("response-body"), policy.responseBody()),
                FormCompiler.wholeForm(at, policy));
        var contract = new OpenApiCompiler(site.contents(), name, at, mode)
                .compile(policy.openapi(), bounds, rule -> add(Stage.RESPONSE_SCHEMA, rule));
        var all = new ArrayList<>(body.onBody(policy, OpenApiCompiler.takesApart(contract)));
        if (contract != null) {
            all.add(contract);
        }
        all.addAll(rights.onBody());
        return all;
    }

    private void add(Stage stage, Rule rule) {
        rules.computeIfAbsent(stage, unused -> new ArrayList<>()).add(rule);
    }

    private Rule rule(String what, Check check, Mode partMode) {
        return Rule.enforce(name + "." + what, check).in(partMode);
    }

    private void cors(@Nullable CrossOrigin part) {
        if (part == null) {
            return;
        }
        var here = at.child("cors");
        if (part.origins() == null || part.origins().isEmpty()) {
            here.child("origins").problem("no origins", "name the origins, such as `[https://app.example.com]`");
            return;
        }
        var cors = builder(here, part);
        var partMode = here.child("mode").read(part.mode(), Kind.MODE, mode);
        var said = new LinkedHashMap<String, String>();
        cors.problems().forEach(text -> said.merge(corsWord(text), text, (one, other) -> one + "; " + other));
        said.forEach((word, texts) -> corsKey(here, word).problem(texts, CORS));
        if (cors.problems().isEmpty()) {
            var built = cors.build();
            add(Stage.CORS_HEADERS, rule("cors", built.headers(), partMode));
            add(Stage.HANDSHAKE, rule("websocket-origin", built.handshake(), partMode));
            add(Stage.PREFLIGHT, rule("cors-preflight", built.preflight(), partMode));
        }
    }

    private static String corsWord(String problem) {
        return problem.substring(0, Math.max(0, problem.indexOf(':')));
    }

    /** The key of which problems speak, by their first word. */
    private static At corsKey(At here, String word) {
        return switch (word) {
            case "origins", "methods", "headers", "max-age" -> here.child(word);
            case "exposed-headers" -> here.child("expose");
            default -> here;
        };
    }

    private Cors.Builder builder(At here, CrossOrigin part) {
        var cors = Cors.builder().origins(orNone(part.origins())).headers(orNone(part.headers()));
        cors.methods(orNone(part.methods())).exposedHeaders(exposed(part));
        cors.credentials(here.child("credentials").read(part.credentials(), Kind.SWITCH, false));
        var age = here.child("max-age").read(part.maxAge(), Kind.DURATION);
        return age == null ? cors : cors.maxAge(age);
    }

    /** What pages may read: what is written, and how often they may call where anybody is limited. */
    private List<String> exposed(CrossOrigin part) {
        var written = orNone(part.expose());
        var own = policy.rateLimits() != null || policy.quotas() != null;
        if (!own && !site.counting().anywhere() || written.contains("*")) {
            return written;
        }
        return Stream.concat(written.stream(), site.counting().headers().stream())
                .toList();
    }

    /** The rule, which asks nothing of callers of whom nothing is known. */
    private static Rule ofKnownCallers(Rule rule) {
        var check = rule.check();
        return rule.asking(request -> request.principal() == null ? Verdict.pass() : check.check(request));
    }

    private static List<String> orNone(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }

    private @Nullable Ways ways(@Nullable List<String> names) {
        if (names == null) {
            return null;
        }
        var here = at.child("authenticate");
        if (names.stream().allMatch(Identities.ANONYMOUS::equals)) {
            here.problem(
                    "no way to say who calls",
                    "write `[jwt]`, `[api-key]` or both, or `public: true` in the place of the key");
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < names.size(); i++) {
            site.identities().demand(here.item(i), names.get(i));
            if (!seen.add(names.get(i))) {
                here.item(i).problem("`" + At.shown(names.get(i)) + "` twice", "write it once");
            }
        }
        var ways = new Ways(names.stream().distinct().toList(), mode);
        var everywhere = site.rights().stepUps().everywhere(name, mode);
        if (everywhere != null) {
            site.rights().stepUps().demandLogins(here, names);
            add(Stage.AUTHORIZATION, ways.demanded() ? everywhere : ofKnownCallers(everywhere));
        }
        if (policy.authorize() != null) {
            Arrivals.demandSome(at.child("authorize"), names, policy.authorize());
        }
        return ways;
    }
}
