package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.abuse.Agents;
import dev.portcullis.abuse.AnomalyTerms;
import dev.portcullis.abuse.Risk;
import dev.portcullis.abuse.RiskTerms;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** What one configuration says of callers who behave badly, and which of it is in use. Lives for one configuration. */
final class Conduct {

    private static final long DENY_AT = 100;
    private static final int MOST = 1_000_000;

    private final Guessing guessing;
    private final Risk risk;
    private final RiskTerms terms;
    private final AnomalyTerms anomalies;
    private final EnumSet<Mode> used = EnumSet.noneOf(Mode.class);

    /** The policy whose rules are made, and its mode. */
    record Frame(String policy, Mode mode) {}

    Conduct(Guessing guessing, Risk risk, RiskTerms terms, AnomalyTerms anomalies) {
        this.guessing = guessing;
        this.risk = risk;
        this.terms = terms;
        this.anomalies = anomalies;
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
        if (agents != null) {
            var rule = Rule.enforce(frame.policy + ".agents", agents).in(mode).alsoOn(Dispatch.ERROR);
            rules.accept(Stage.PENALTY, rule);
        }
    }
}
