package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request has gathered on its way through the rules. It is made when a rule first has something to say.
 *
 * <p>Two views of the request run side by side: the one that enforced rules see, and the one that observed rules see, which
 * carries what observed authentication found.
 */
@TrustedBase
final class Course implements Watch {

    private final Engine.Snapshot snapshot;
    private final List<Header> headers = new ArrayList<>();
    private final List<Kept> watches = new ArrayList<>();
    private Request enforced;
    private Request observed;
    private boolean rehearsed;
    private @Nullable Outcome outcome;

    /** A watch and the rule that passed it out. */
    record Kept(Rule rule, Watch watch) {}

    Course(Engine.Snapshot snapshot, Request request) {
        this.snapshot = snapshot;
        this.enforced = request;
        this.observed = request;
    }

    Request view(Rule rule) {
        return rule.enforced() ? enforced : observed;
    }

    /** Takes in what a rule said; the outcome when the request ends here. */
    @Nullable
    Outcome take(Rule rule, Verdict verdict) {
        if (verdict instanceof Verdict.Pass pass) {
            pass(rule, pass);
            return null;
        }
        if (verdict instanceof Verdict.Deny deny) {
            return tell(rule, deny) ? stop(rule, deny.reply()) : null;
        }
        var answer = (Verdict.Answer) verdict;
        if (answer.evidence() != null) {
            snapshot.listener().noticed(view(rule), rule.name(), answer.evidence());
        }
        return rule.enforced() ? stop(rule, answer.reply()) : null;
    }

    List<Kept> watches() {
        return watches;
    }

    Engine.Snapshot snapshot() {
        return snapshot;
    }

    /** Tells the operator of a denial, and whether it holds. */
    boolean tell(Rule rule, Verdict.Deny deny) {
        if (rule.enforced()) {
            snapshot.listener().denied(enforced, rule, deny);
        } else {
            snapshot.listener().wouldHaveDenied(observed, rule, deny);
        }
        tellWatches(rule, deny);
        return rule.enforced();
    }

    /** Rehearsed denials are told to rehearsed rules alone: what is enforced has not been denied. */
    private void tellWatches(Rule rule, Verdict.Deny deny) {
        for (var i = 0; i < watches.size(); i++) {
            var kept = watches.get(i);
            if (rule.enforced() || !kept.rule.enforced()) {
                tellWatch(kept, deny);
            }
        }
    }

    private void tellWatch(Kept kept, Verdict.Deny deny) {
        try {
            kept.watch.denied(deny);
        } catch (Exception e) {
            snapshot.listener().tell(e);
        }
    }

    private void pass(Rule rule, Verdict.Pass pass) {
        if (pass.watch() != Watch.NONE) {
            watches.add(new Kept(rule, pass.watch()));
        }
        var caller = pass.principal();
        if (!rule.enforced()) {
            if (caller != null) {
                observed = Identified.calledBy(caller, observed);
                rehearsed = true;
            }
            return;
        }
        var more = pass.headers();
        for (var i = 0; i < more.size(); i++) {
            headers.add(more.get(i));
        }
        enforced = Identified.proving(pass.proven(), Identified.calledBy(caller, enforced));
        observed = rehearsed ? Identified.proving(pass.proven(), observed) : enforced;
    }

    Outcome proceed() {
        return outcome = new Outcome.Proceed(snapshot.set().digest(), headers, enforced.principal(), this);
    }

    private Outcome stop(Rule rule, Reply reply) {
        var digest = snapshot.set().digest();
        return outcome = new Outcome.Stop(digest, rule.name(), reply, headers, enforced.principal(), this);
    }

    @Override
    public Verdict reading(long total) {
        for (var i = 0; i < watches.size(); i++) {
            var kept = watches.get(i);
            var verdict = snapshot.judge().ask(kept.rule, kept.watch, total, view(kept.rule));
            if (verdict instanceof Verdict.Deny deny && tell(kept.rule, deny)) {
                return deny;
            }
        }
        return Verdict.pass();
    }

    @Override
    public void ended(Request request, Ending ending, int status) {
        ended(request, ending, Sent.of(status));
    }

    @Override
    public void ended(Request request, Ending ending, Sent sent) {
        try {
            tellWatches(heard(ending), sent);
        } finally {
            snapshot.listener().ended(enforced, requireNonNull(outcome, "outcome"), ending, sent.status());
        }
    }

    @Override
    public boolean asksHead() {
        for (var i = 0; i < watches.size(); i++) {
            if (watches.get(i).watch.asksHead()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Verdict sending(Request request, Head head) {
        return new ResponsePhase(this, head).sending();
    }

    @Override
    public @Nullable Hold holding(Request request, Head head) {
        return new ResponsePhase(this, head).holding();
    }

    @Override
    public void noticed(Request request, Verdict.Evidence evidence) {
        snapshot.listener().noticed(enforced, Engine.RESPONSE, evidence);
    }

    @Override
    public boolean asksReads() {
        for (var i = 0; i < watches.size(); i++) {
            if (watches.get(i).watch.asksReads()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean asksBytes() {
        for (var i = 0; i < watches.size(); i++) {
            if (watches.get(i).watch.asksBytes()) {
                return true;
            }
        }
        return false;
    }

    /** How it ended for those whose rules let the request pass, if a later rule did not. */
    private Ending heard(Ending ending) {
        return outcome instanceof Outcome.Stop ? Ending.DENIED_LATER : ending;
    }

    /** Tells the watches that the gate itself broke. */
    void abandon() {
        tellWatches(Ending.FAILED, Sent.of(0));
    }

    /** Tells all of them, even when one throws an error: others hold permits that they must give back. */
    private void tellWatches(Ending ending, Sent sent) {
        Error broken = null;
        for (var i = 0; i < watches.size(); i++) {
            var kept = watches.get(i);
            try {
                kept.watch.ended(view(kept.rule), ending, sent);
            } catch (Exception e) {
                snapshot.listener().tell(e);
            } catch (Error e) {
                broken = broken == null ? e : broken;
            }
        }
        if (broken != null) {
            throw broken;
        }
    }
}
