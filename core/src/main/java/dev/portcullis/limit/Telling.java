package dev.portcullis.limit;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Verdict.Evidence;
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

    /** What was used of a quota's window by the last permits that were asked for. */
    record Use(Window window, Reading reading, long permits) {

        long all() {
            return window.permits();
        }

        long used() {
            return all() - reading.left();
        }
    }

    /** Tells whether anybody wants to hear of the milestones. */
    boolean listens() {
        return quota && listener != Listener.NONE;
    }

    /** Tells of the milestones that were passed by the last permits. */
    void used(Request request, MeterKey key, Use use) {
        var all = use.all();
        var used = use.used();
        if (!use.reading.passed()) {
            milestone(request, key, use, OVER);
            return;
        }
        var before = used - use.permits;
        var nearly = all - all / 5;
        if (before < nearly && used >= nearly) {
            milestone(request, key, use, NEARLY);
        }
        if (before < all && used >= all) {
            milestone(request, key, use, ALL);
        }
        if (before <= all && used > all) {
            milestone(request, key, use, OVER);
        }
    }

    private void milestone(Request request, MeterKey key, Use use, String word) {
        if (milestones.isFirst(key, use.window, word)) {
            var detail = who(request) + ": " + use.used() + " of " + use.all() + " " + unit;
            tell(request, new Evidence(word, List.of(use.window.name()), detail));
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
