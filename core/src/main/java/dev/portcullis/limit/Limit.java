package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import dev.portcullis.limit.Plans.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks where the counts are for permits of the request's key, and settles them when the request has ended. Thread-safe. */
public final class Limit implements Check {

    /** Why a request is left uncounted, as listeners are told. */
    static final String EXEMPT = "limit-exempt";

    private static final Verdict.Deny NO_KEY =
            Verdict.deny(Reply.problem(403, "no-limit-key"), Evidence.of("no-limit-key"));

    private final String name;
    private final Counts counts;
    private final Keying keying;
    private final Plans plans;
    private final @Nullable Predicate<Request> exempt;
    private final boolean keyDemanded;
    private final Cost cost;
    private final @Nullable IntPredicate charged;
    private final boolean soft;
    private final boolean bytes;
    private final Telling telling;
    private final @Nullable Callers callers;
    private final List<Levels> levels;
    private volatile LaterLimits others = new LaterLimits(List.of());

    /**
     * What outlives a limit that is made anew.
     *
     * @param milestones which milestones were told
     * @param levels how far requests came in each of its windows
     */
    record Memory(Milestones milestones, List<Levels> levels) {}

    Limit(Counts counts, Keying keying, Terms terms, Memory memory) {
        this.name = terms.name;
        this.counts = counts;
        this.keying = keying;
        this.plans = new Plans(terms);
        this.exempt = terms.exempt;
        this.keyDemanded = terms.keyDemanded;
        this.cost = terms.cost;
        this.charged = terms.charged;
        this.soft = terms.soft;
        this.bytes = terms.bytes;
        this.telling = new Telling(terms, memory.milestones());
        this.levels = memory.levels();
        this.callers = terms.quota() && terms.key.needsIdentity() ? new Callers() : null;
    }

    @Override
    public Verdict check(Request request) {
        if (exempt != null && exempt.test(request)) {
            telling.tell(request, Evidence.of(EXEMPT));
            return Verdict.pass();
        }
        if (keyDemanded && !keying.isComplete(request)) {
            return NO_KEY;
        }
        var key = keying.of(request);
        var plan = plans.of(request.principal());
        var permits = bytes ? 1 : cost.reserved(request);
        var reading = read(key, plan, permits);
        note(key, request.principal());
        if (Levels.isLookedAt(key.low() + reading.left() + reading.at() - reading.nanos())) {
            note(plan, reading, permits);
        }
        if (telling.listens()) {
            telling.used(request, key, new Telling.Use(plan.quota().get(0), reading, permits));
        }
        return reading.passed()
                ? new Verdict.Pass(plan.fields().pass(reading), null, new Taken(key, plan, permits, reading.at()))
                : plan.fields().deny(reading, others.wait(request));
    }

    /** Tells it which limits are asked after it, so that who is denied learns when none of them denies any more. To be called once. */
    public void before(List<Limit> later) {
        others = new LaterLimits(later);
    }

    /** For how many nanoseconds it would go on denying such a request; 0 when it would pass, or when that is not known here. */
    long wait(Request request) {
        if (soft || !counts.isAtHand() || exempt != null && exempt.test(request)) {
            return 0;
        }
        var key = keying.of(request);
        var quota = plans.of(request.principal()).quota();
        var permits = bytes ? 1 : cost.reserved(request);
        if (permits == 0 || counts.look(key, quota).left() >= permits) {
            return 0;
        }
        var reading = counts.take(key, quota, permits); // uses none where there are too few, which was just seen
        if (reading.passed()) {
            counts.giveBack(key, quota, permits, reading.at());
            return 0;
        }
        return reading.nanos();
    }

    @SuppressWarnings("ReferenceEquality") // the common plan is one object, and equality of others says nothing
    private void note(Plan plan, Reading reading, long permits) {
        if (plan == plans.common()) {
            var granted = plan.quota().get(reading.window()).permits();
            levels.get(reading.window()).add(granted - reading.left() + (reading.passed() ? 0 : permits));
        }
    }

    private void note(MeterKey key, @Nullable Principal caller) {
        if (callers != null && caller != null) {
            callers.see(key, caller);
        }
    }

    /** What costs nothing is never denied. */
    private Reading read(MeterKey key, Plan plan, long permits) {
        if (permits == 0) {
            return counts.look(key, plan.quota());
        }
        return soft ? counts.charge(key, plan.quota(), permits) : counts.take(key, plan.quota(), permits);
    }

    /**
     * What a request would use, without using any.
     *
     * @throws RuntimeException when its cost cannot be told
     */
    public Demand demand(Request request) {
        var key = keying.of(request);
        var spared = exempt != null && exempt.test(request);
        var windows = plans.of(request.principal()).quota().windows();
        return new Demand(spared, key.high(), key.low(), bytes ? 0 : cost.reserved(request), windows);
    }

    /** Who counts together, such as {@code scope=node}. */
    public String scope() {
        return counts.scope();
    }

    /** Whether it counts clients apart. */
    public boolean tellsClients() {
        return keying.tellsClients();
    }

    /** The name under which it counts. */
    public String name() {
        return name;
    }

    /**
     * What a caller has used, without using any.
     *
     * @return empty when the limit counts by more than the caller, or by something else
     * @throws RuntimeException when it cannot be told
     */
    public Optional<Usage> usage(Principal caller) {
        var key = keying.of(requireNonNull(caller, "caller"));
        return key == null ? Optional.empty() : Optional.of(usage(key, plans.of(caller)));
    }

    /**
     * What those have used of a quota who come most often, as far as they are remembered; of each no more than one.
     *
     * @throws RuntimeException when it cannot be told
     */
    public List<Share> shares() {
        var shares = new ArrayList<Share>();
        for (var caller : callers == null ? List.<Principal>of() : callers.often()) {
            usage(caller)
                    .ifPresent(
                            usage -> shares.add(new Share(caller.issuer(), caller.client(), caller.tenant(), usage)));
        }
        return shares;
    }

    /**
     * Takes its permits for what is granted from now on, once for each limit that is made.
     *
     * @return what is to be said of it: of each window that grants less than before, and less than most requests have used of it
     */
    public List<String> adopt() {
        var said = new ArrayList<String>();
        for (var i = 0; i < levels.size(); i++) {
            var window = plans.common().quota().get(i);
            var one = levels.get(i).adopt(window.permits());
            if (!one.isEmpty()) {
                said.add(name + " `" + window.name() + "`: " + one);
            }
        }
        return said;
    }

    private Usage usage(MeterKey key, Plan plan) {
        var reading = counts.look(key, plan.quota());
        var window = plan.quota().get(reading.window());
        return new Usage(name, window.name(), window.permits(), window.permits() - reading.left(), reading.nanos());
    }

    /** What the request has used in the end. */
    private long due(Ending ending, Watch.Sent sent, long reserved) {
        var answered = ending != Ending.ABORTED && sent.status() != 0;
        if (charged != null && answered && !charged.test(sent.status())) {
            return 0;
        }
        return bytes ? sent.bytes() : cost.settled(sent, reserved);
    }

    /** What was taken for one request, until it is known what it was for. */
    private final class Taken implements Watch {

        private final MeterKey key;
        private final Plan plan;
        private final long permits;
        private final long at;
        private boolean settled;

        Taken(MeterKey key, Plan plan, long permits, long at) {
            this.key = key;
            this.plan = plan;
            this.permits = permits;
            this.at = at;
        }

        @Override
        public boolean asksBytes() {
            return bytes;
        }

        @Override
        public void denied(Verdict.Deny deny) {
            if (!settled && Denials.ofLimit(deny)) {
                settled = true;
                giveBack(permits);
            }
        }

        private void giveBack(long unused) {
            if (unused > 0) {
                counts.giveBack(key, plan.quota(), unused, at);
            }
        }

        @Override
        public void ended(Request request, Ending ending, Sent sent) {
            if (settled) {
                return;
            }
            settled = true;
            var due = due(ending, sent, permits);
            if (due < permits) {
                giveBack(permits - due);
            } else if (due > permits) {
                var reading = counts.settle(key, plan.quota(), due - permits, at);
                if (reading != null && telling.listens()) {
                    telling.used(request, key, new Telling.Use(plan.quota().get(0), reading, due - permits));
                }
            }
        }
    }
}
