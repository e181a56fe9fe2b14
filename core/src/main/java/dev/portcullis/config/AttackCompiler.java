package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.BackgroundTerms;
import dev.portcullis.attack.Draw;
import dev.portcullis.attack.Exclusion;
import dev.portcullis.attack.Exclusion.In;
import dev.portcullis.attack.FormParts;
import dev.portcullis.attack.Level;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.match.PathPattern;
import dev.portcullis.match.PathScope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles which attacks one policy looks for. Lives for one policy. */
final class AttackCompiler {

    private static final Kind<Level> LEVEL =
            Kind.choice("level", Map.of("low", Level.LOW, "balanced", Level.BALANCED, "strict", Level.STRICT));
    private static final Kind<Level> LENIENT =
            Kind.choice("level", Map.of("low", Level.LOW, "balanced", Level.BALANCED));
    private static final Kind<FormParts> MULTIPART =
            Kind.choice("consequence", Map.of("read", FormParts.GIVEN, "ignore", FormParts.UNREAD));
    private static final Kind<OnFailure> ON_FAILURE =
            Kind.choice("consequence", Map.of("deny", OnFailure.DENY, "proceed", OnFailure.PROCEED));
    private static final Kind<In> IN = Kind.choice(
            "place",
            Stream.of(In.values()).filter(in -> in != In.PARAMETERS).collect(Collectors.toMap(In::word, in -> in)));
    private static final String DETECTORS = "detectors are `" + String.join("`, `", Attacks.detectors()) + "`";

    private static final Kind<Double> RATE =
            new Kind<>("share above 0%, at most 100%", "write `10%` or `0.1`", AttackCompiler::share);

    private final Watching background;
    private final String policy;
    private final At at;
    private final Mode mode;

    /**
     * A compiler of one policy's part.
     *
     * @param background the application's own detectors
     */
    AttackCompiler(Watching background, String policy, At at, Mode mode) {
        this.background = background;
        this.policy = policy;
        this.at = at;
        this.mode = mode;
    }

    /**
     * The rules: one, and a second one where some detectors have another mode.
     *
     * @param taken which multipart forms are read unless more is written
     */
    List<OnBody> compile(Detection part, FormParts taken) {
        var consequence = at.child("on-failure").read(part.onFailure(), ON_FAILURE, OnFailure.DENY);
        var attacks = Attacks.builder().level(at.child("level").read(part.level(), LEVEL, Level.BALANCED));
        var parts = at.child("multipart").read(part.multipart(), MULTIPART, taken);
        if (taken == FormParts.DEMANDED && parts == FormParts.UNREAD) {
            at.child("multipart")
                    .problem(
                            "others read multipart forms in any case",
                            "leave it out, or what reads their fields or files");
        }
        attacks.multipart(taken == FormParts.DEMANDED ? taken : parts);
        var looking = looking(at.child("detectors"), part.detectors(), attacks);
        trust(at.child("trusted"), part.trusted(), attacks);
        exclude(at.child("exclude"), part.exclude(), attacks);
        var rules = new ArrayList<OnBody>();
        looking.forEach((ruleMode, ids) -> {
            var name = policy + ".attacks"
                    + (ruleMode == mode ? "" : ruleMode == Mode.OBSERVE ? "-observed" : "-enforced");
            var looks = attacks.copy().only(ids);
            if (ruleMode == Mode.OBSERVE && part.sample() != null) {
                sample(at.child("sample"), part.sample(), name, looks);
            }
            var maker = new AttackRule(
                    looks, check -> Rule.enforce(name, check).in(ruleMode).whenItCannotTell(consequence));
            rules.add(new OnBody(Stage.ATTACKS, ruleMode, maker));
        });
        if (part.background() != null) {
            rules.add(background(at.child("background"), part.background()));
        }
        return rules;
    }

    /** The rule that hands some requests over; it is observed, so that it reads no more of a body than is there for observers, and stops none. */
    private OnBody background(At here, BackgroundSettings written) {
        background.demand(here);
        var rate = here.child("rate").read(written.rate(), RATE, 0.1);
        var perSecond = here.child("per-second").read(written.perSecond(), Kind.COUNT, 100L);
        var timeOut = here.child("time-out").read(written.timeOut(), Kind.DURATION, Duration.ofSeconds(2));
        var counts = mode == Mode.ENFORCE;
        var terms = here.make(
                "",
                "keep within the bounds",
                unused -> new BackgroundTerms(rate, perSecond.intValue(), timeOut, counts));
        LongFunction<Rule> rule = bound -> Rule.observe(
                policy + ".attacks-background",
                terms == null ? request -> Verdict.pass() : background.sampling(terms, bound));
        return new OnBody(Stage.ATTACKS, Mode.OBSERVE, rule);
    }

    /** Only an observed rule looks at a sample: what an enforced one does not see, it lets through. */
    private void sample(At here, SampleSettings written, String rule, Attacks.Builder attacks) {
        if (written.rate() == null && written.perSecond() == null) {
            here.problem("neither `rate` nor `per-second`", "write one, such as `rate: 10%`");
        }
        var rate = here.child("rate").read(written.rate(), RATE, 1.0);
        var perSecond = here.child("per-second").read(written.perSecond(), Kind.COUNT, (long) Draw.MOST_PER_SECOND);
        if (perSecond > Draw.MOST_PER_SECOND) {
            here.child("per-second").problem("more than " + Draw.MOST_PER_SECOND, "leave it out");
            return;
        }
        attacks.only(background.draw(rule, rate, perSecond.intValue()));
    }

    private static Double share(String text) {
        var percent = text.endsWith("%");
        var number =
                new BigDecimal(percent ? text.substring(0, text.length() - 1).strip() : text);
        var share = percent ? number.movePointLeft(2) : number;
        if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("out of bounds");
        }
        return share.doubleValue();
    }

    /** Which detectors look, by mode. */
    private Map<Mode, Set<String>> looking(
            At here, @Nullable Map<String, DetectorSettings> written, Attacks.Builder attacks) {
        var looking = new EnumMap<Mode, Set<String>>(Mode.class);
        var settings = written == null ? Map.<String, DetectorSettings>of() : written;
        settings.keySet().stream()
                .filter(id -> !Attacks.detectors().contains(id))
                .forEach(id -> here.child(id).problem("no detector `" + At.shown(id) + "`", DETECTORS));
        for (var id : Attacks.detectors()) {
            var one = settings.get(id);
            if (one == null && Attacks.optional().contains(id)) {
                continue;
            }
            var own = one == null ? mode : setting(here.child(id), one, level -> attacks.level(id, level));
            if (own != null) {
                looking.computeIfAbsent(own, any -> new HashSet<>()).add(id);
            }
        }
        if (looking.isEmpty()) {
            here.problem("all detectors are off", "remove `attacks`, or leave some on");
        }
        return looking;
    }

    /** The mode of one detector; null when it is off. */
    private @Nullable Mode setting(At here, DetectorSettings one, Consumer<Level> levels) {
        var level = here.child("level").read(one.level(), LEVEL);
        if (level != null) {
            levels.accept(level);
        }
        return Kind.isOff(one.mode()) ? null : here.child("mode").read(one.mode(), Kind.MODE, mode);
    }

    private static void trust(At here, @Nullable TrustedCallers written, Attacks.Builder attacks) {
        if (written == null) {
            return;
        }
        var clients = new HashSet<>(here.child("clients").each(written.clients(), Who.HELP, Who::parse));
        var tiers = new HashSet<>(written.tiers() == null ? List.<String>of() : written.tiers());
        if (written.clients() == null && tiers.isEmpty()) {
            here.problem("trusts nobody", "write `clients` or `tiers`");
        }
        Predicate<Principal> trusted = caller -> clients.contains(Who.of(caller))
                || !tiers.isEmpty() && caller.tier() != null && tiers.contains(caller.tier());
        attacks.trust(trusted, here.child("level").read(written.level(), LENIENT, Level.LOW));
    }

    private static void exclude(At here, @Nullable List<ExclusionSettings> exclusions, Attacks.Builder attacks) {
        for (var i = 0; exclusions != null && i < exclusions.size(); i++) {
            exclusion(here.item(i), exclusions.get(i)).ifPresent(attacks::exclude);
        }
    }

    /** What is spared; nothing when there is a problem. */
    static Optional<Exclusion> exclusion(At here, ExclusionSettings written) {
        var detector = written.detector();
        var parameter = written.parameter();
        if (detector == null || parameter == null || parameter.isBlank()) {
            here.problem(
                    "not both of `detector` and `parameter`",
                    "name the one detector and the one parameter that do not get along");
            return Optional.empty();
        }
        var all = detector.equals(Exclusion.ALL);
        if (all
                && written.level() == null
                && (written.reason() == null || written.reason().isBlank())) {
            here.problem(
                    "no detector looks, and nobody says why", "write `reason`, or `level: low`, or name the detector");
        }
        var in = here.child("in").read(written.in(), IN, In.PARAMETERS);
        if (in == In.TEXT && !parameter.equals(Exclusion.ALL)) {
            here.child("parameter").problem("a body of text has no parameters", "write `*`");
        }
        var level = here.child("level").read(written.level(), LENIENT);
        var detectors = all ? Set.<String>of() : Set.of(detector);
        var made = here.child("detector")
                .make("", DETECTORS, unused -> new Exclusion(detectors, in, parameter, level, Exclusion.EVERYWHERE));
        var patterns =
                here.child("paths").each(written.paths(), "write paths such as `/api/orders/{id}`", PathPattern::parse);
        return Optional.ofNullable(made)
                .map(one -> patterns.isEmpty() ? one : one.on(PathScope.of(patterns, Set.of())));
    }
}
