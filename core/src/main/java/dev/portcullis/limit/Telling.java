package dev.portcullis.limit;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.limit.Plans.Plan;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the operator what callers have used of a quota, each milestone once in a period. Thread-safe. */
final class Telling {

    /** Four fifths of a quota are used, all of it, and more than there was. */
    static final String NEARLY = "quota-80";

    static final String ALL = "quota-100";
    static final String OVER = "quota-overage";

    private static final System.Logger LOG = System.getLogger(Limit.class.getName());

    private final String rule;
    private final Listener listener;
    private final Milestones milestones;
    private final boolean quota;
    private final String unit;
    private final AtomicBoolean failed = new AtomicBoolean();

    Telling(Terms terms, Milestones milestones) {
        this.rule = terms.name;
        this.listener = terms.listener;
        this.milestones = milestones;
        this.quota = terms.quota();
        this.unit = terms.bytes ? "bytes" : "permits";
    }

    /** Tells of the milestones that a reading has passed by its last permits. */
    void used(Request request, MeterKey key, Plan plan, Reading reading, long permits) {
        if (!quota || listener == Listener.NONE) {
            return;
        }
        var all = plan.quota().get(0).permits();
        var used = all - reading.left();
        if (!reading.passed()) {
            milestone(request, key, plan, reading, OVER);
            return;
        }
        var before = used - permits;
        var nearly = all - all / 5;
        if (before < nearly && used >= nearly) {
            milestone(request, key, plan, reading, NEARLY);
        }
        if (before < all && used >= all) {
            milestone(request, key, plan, reading, ALL);
        }
        if (before <= all && used > all) {
            milestone(request, key, plan, reading, OVER);
        }
    }

    private void milestone(Request request, MeterKey key, Plan plan, Reading reading, String word) {
        var window = plan.quota().get(0);
        if (milestones.isFirst(key, window, word)) {
            var used = window.permits() - reading.left();
            var detail = who(request) + ": " + used + " of " + window.permits() + " " + unit;
            tell(request, new Evidence(word, List.of(window.name()), detail));
        }
    }

    private static String who(Request request) {
        var caller = request.principal();
        if (caller == null) {
            return "address " + request.address();
        }
        var tenant = caller.tenant();
        return "client " + caller.client() + (tenant == null ? "" : " of tenant " + tenant);
    }

    /** A listener that fails changes nothing for the request. */
    void tell(Request request, Evidence evidence) {
        try {
            listener.noticed(request, rule, evidence);
        } catch (RuntimeException e) {
            if (failed.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "a listener failed; its later failures are not logged", e);
            }
        }
    }
}
