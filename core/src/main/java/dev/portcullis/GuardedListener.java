package dev.portcullis;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps a listener's exceptions away from the requests. It writes the first of them to the log. Thread-safe. */
final class GuardedListener implements Listener {

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final Listener listener;
    private final AtomicBoolean told = new AtomicBoolean();

    GuardedListener(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        try {
            listener.denied(request, rule, deny);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
        try {
            listener.wouldHaveDenied(request, rule, deny);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void failed(Request request, Rule rule, Throwable cause) {
        try {
            listener.failed(request, rule, cause);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void decided(Request request, Outcome outcome) {
        try {
            listener.decided(request, outcome);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void changed(Change change) {
        try {
            listener.changed(change);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
        try {
            listener.noticed(request, rule, evidence);
        } catch (Exception e) {
            tell(e);
        }
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        try {
            listener.ended(request, outcome, ending, status);
        } catch (Exception e) {
            tell(e);
        }
    }

    void tell(Exception e) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "a listener or a watch failed; its later failures are not logged", e);
        }
    }
}
