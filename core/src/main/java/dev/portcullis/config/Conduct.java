package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.abuse.Agents;
import dev.portcullis.abuse.AnomalyTerms;
import dev.portcullis.abuse.Risk;
import dev.portcullis.abuse.RiskTerms;
import dev.portcullis.crawler.Crawlers;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What one configuration says of callers who behave badly, and which of it is in use. Lives for one configuration. */
final class Conduct {

    private static final long DENY_AT = 100;
    private static final int MOST = 1_000_000;

    /** The word that stands for all crawlers that are defined. */
    private static final String KNOWN = "known";

    private static final Kind<Boolean> UNKNOWN = Kind.choice("consequence", Map.of("deny", false, "proceed", true));

    private final Guessing guessing;
    private final Risk risk;
    private final RiskTerms terms;
    private final AnomalyTerms anomalies;
    private final Crawling.Made crawling;
    private final Crawlers crawlers;
    private final EnumSet<Mode> used = EnumSet.noneOf(Mode.class);

    /** The policy whose rules are made, and its mode. */
    record Frame(String policy, Mode mode) {}

    /** What there is to say of callers: what makes their scores grow, and what is told as an anomaly. */
    record Terms(RiskTerms risk, AnomalyTerms anomalies) {}

    Conduct(Guessing guessing, Risk risk, Terms terms, Crawling.Made crawling) {
        this.guessing = guessing;
        this.risk = risk;
        this.terms = terms.risk;
        this.anomalies = terms.anomalies;
        this.crawling = crawling;
        this.crawlers = crawling.crawlers();
    }

    Crawling.Made crawling() {
        return crawling;
    }

    /** The crawler that proves to have sent a request, for a condition that asks for it. */
    String crawler(Request request) {
        return crawlers.nameOf(request);
    }

    Guessing guessing() {
        return guessing;
    }

    RiskTerms terms() {
        return terms;
    }

    AnomalyTerms anomalies() {
        return anomalies;
    }

    /** The modes of the rules that ask for scores. */
    Set<Mode> used() {
        return Set.copyOf(used);
    }

    /** The score of a caller, for a condition that asks for it. */
    ToLongFunction<Request> risk() {
        used.add(Mode.ENFORCE);
        return risk::of;
    }

    /** Compiles the penalty of a policy: of addresses before anybody is known, of clients once they are. */
    void penalty(At at, PenaltyBox written, Frame frame, BiConsumer<Stage, Rule> rules) {
        var mode = at.child("mode").read(written.mode(), Kind.MODE, frame.mode);
        var here = at.child("deny-at");
        var denyAt = here.read(written.denyAt(), Kind.COUNT, DENY_AT);
        if (denyAt > MOST) {
            here.problem("`" + denyAt + "` (expected: at most " + MOST + ")", "write a score such as `100`");
            return;
        }
        used.add(mode);
        var name = frame.policy + ".penalty";
        var ofAddress = Rule.enforce(name, risk.penalty(denyAt.intValue(), false, mode));
        var ofClient = Rule.enforce(name + "-client", risk.penalty(denyAt.intValue(), true, mode));
        rules.accept(Stage.PENALTY, ofAddress.in(mode));
        rules.accept(Stage.CLIENT_PENALTY, ofClient.in(mode));
    }

    /** Compiles which agents may call. */
    void agents(At at, AgentNames written, Frame frame, BiConsumer<Stage, Rule> rules) {
        var mode = at.child("mode").read(written.mode(), Kind.MODE, frame.mode);
        var nameless = at.child("deny-nameless").read(written.denyNameless(), Kind.SWITCH, false);
        var deny = written.deny() == null ? List.of(Agents.SCANNERS) : written.deny();
        var allow = written.allow() == null ? List.<String>of() : written.allow();
        var agents = at.make(
                "",
                "write parts of names that are long enough to mean one agent",
                unused -> Agents.denying(deny, allow, nameless));
        var proving = proving(at, written);
        if (agents == null || proving == null) {
            return;
        }
        var rule = Rule.enforce(frame.policy + ".agents", agents.sparing(crawlers.verified(proving)));
        rules.accept(Stage.PENALTY, rule.in(mode).alsoOn(Dispatch.ERROR));
        if (!proving.isEmpty()) {
            var proceed = at.child("unknown-crawlers").read(written.unknownCrawlers(), UNKNOWN, false);
            var demand = Rule.enforce(frame.policy + ".crawlers", crawlers.demanding(proving, proceed));
            rules.accept(Stage.PENALTY, demand.in(mode).alsoOn(Dispatch.ERROR));
        }
    }

    /** The names of the crawlers that must prove who they are; null when one of them is none. */
    private @Nullable List<String> proving(At at, AgentNames written) {
        var here = at.child("crawlers");
        if (written.crawlers() == null) {
            if (written.unknownCrawlers() != null) {
                at.child("unknown-crawlers").problem("says nothing without `crawlers`", "write `crawlers: [known]`");
            }
            return List.of();
        }
        if (written.crawlers().isEmpty()) {
            here.problem("an empty list", "name crawlers, such as `[known]`, or remove the key");
        }
        var all = crawlers.all().keySet();
        var names = new LinkedHashSet<String>();
        for (var i = 0; i < written.crawlers().size(); i++) {
            var name = written.crawlers().get(i);
            if (name.equals(KNOWN)) {
                names.addAll(all);
            } else if (all.contains(name)) {
                names.add(name);
            } else {
                here.item(i).problem("no crawler `" + At.shown(name) + "`", help(name, all));
            }
        }
        return here.clean() ? List.copyOf(names) : null;
    }

    private static String help(String name, Set<String> all) {
        var sorted = all.stream().sorted().toList();
        return Nearest.to(name, all)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("there are `" + String.join("`, `", sorted)
                        + "`, and `known` for all; or define it: `crawlers.named`");
    }
}
