package dev.portcullis.cli;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Remembers what matched in the request that is judged now. For one thread. */
final class Recorder implements Listener {

    private final Set<String> matched = new LinkedHashSet<>();
    private final Limited limited = new Limited();
    private String rule = "";

    @Override
    public void denied(Request request, Rule by, Verdict.Deny deny) {
        rule = by.name();
        limited.note(request, deny);
        note(by, deny);
    }

    @Override
    public void wouldHaveDenied(Request request, Rule by, Verdict.Deny deny) {
        limited.note(request, deny);
        note(by, deny);
    }

    @Override
    public void noticed(Request request, String by, Verdict.Evidence evidence) {
        rule = rule.isEmpty() ? by : rule;
        if (!evidence.matched().isEmpty()) {
            matched.add(by);
            matched.addAll(evidence.matched());
        }
    }

    private void note(Rule by, Verdict.Deny deny) {
        matched.add(by.name());
        matched.addAll(deny.evidence().matched());
    }

    /** Whom limits have denied, or would have. */
    Limited limited() {
        return limited;
    }

    /** The rule that denied last, else the first that had something to tell; empty when none did. */
    String rule() {
        return rule;
    }

    /** What matched, and forgets it. */
    List<String> take() {
        var taken = List.copyOf(matched);
        matched.clear();
        rule = "";
        return taken;
    }
}
