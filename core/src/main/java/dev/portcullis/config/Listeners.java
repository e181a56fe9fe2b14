package dev.portcullis.config;

import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import java.util.List;

/** Several listeners, told one after the other; the last may throw without the others missing anything. Thread-safe. */
record Listeners(List<Listener> all) implements Listener {

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).denied(request, rule, deny);
        }
    }

    @Override
    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).wouldHaveDenied(request, rule, deny);
        }
    }

    @Override
    public void failed(Request request, Rule rule, Throwable cause) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).failed(request, rule, cause);
        }
    }

    @Override
    public void decided(Request request, Outcome outcome) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).decided(request, outcome);
        }
    }

    @Override
    public void changed(Change change) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).changed(change);
        }
    }

    @Override
    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).noticed(request, rule, evidence);
        }
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        for (var i = 0; i < all.size(); i++) {
            all.get(i).ended(request, outcome, ending, status);
        }
    }
}
