package dev.portcullis.config;

import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.metric.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the metrics, which never fail, and then the application's listener.
 *
 * @param metrics the metrics
 * @param listener the listener
 */
record Told(Metrics metrics, Listener listener) implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    /** Tells of a change, which a listener that fails does not take back. */
    void tell(Change change) {
        try {
            changed(change);
        } catch (RuntimeException e) {
            LOG.error("the listener was not told of a change: {} by {}", change.what(), change.by(), e);
        }
    }

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        metrics.denied(request, rule, deny);
        listener.denied(request, rule, deny);
    }

    @Override
    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
        metrics.wouldHaveDenied(request, rule, deny);
        listener.wouldHaveDenied(request, rule, deny);
    }

    @Override
    public void failed(Request request, Rule rule, Throwable cause) {
        metrics.failed(request, rule, cause);
        listener.failed(request, rule, cause);
    }

    @Override
    public void decided(Request request, Outcome outcome) {
        metrics.decided(request, outcome);
        listener.decided(request, outcome);
    }

    @Override
    public void changed(Change change) {
        metrics.changed(change);
        listener.changed(change);
    }

    @Override
    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
        metrics.noticed(request, rule, evidence);
        listener.noticed(request, rule, evidence);
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        metrics.ended(request, outcome, ending, status);
        listener.ended(request, outcome, ending, status);
    }
}
