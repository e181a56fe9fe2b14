package dev.portcullis.audit;

import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fetch.CannotTell;
import dev.portcullis.http.Shown;
import dev.portcullis.store.LedgerUnavailable;
import dev.portcullis.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said of one exchange before it ended. Belongs to one request. */
final class Notes {

    private static final int MAX_RULES = 20;

    /** What a rule had to tell beside denials. */
    record Notice(String rule, Verdict.Evidence evidence) {}

    private final Map<String, Verdict.Deny> observed = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable String rule;
    private Verdict.@Nullable Deny deny;

    void denied(Rule by, Verdict.Deny verdict) {
        rule = by.name();
        deny = verdict;
    }

    void wouldHaveDenied(Rule by, Verdict.Deny verdict) {
        if (observed.size() < MAX_RULES) {
            observed.put(by.name(), verdict);
        }
    }

    /** Remembers what failed: in words of the gate's own, or of what kind it was and where, since a message of others may hold anything. */
    void failed(Rule by, Throwable cause) {
        if (failures.size() < MAX_RULES) {
            failures.put(by.name(), shown(cause));
        }
    }

    private static String shown(Throwable cause) {
        if (isOfTheGate(cause)) {
            return Shown.of(String.valueOf(cause.getMessage()));
        }
        var kind = cause.getClass().getSimpleName();
        var frames = cause.getStackTrace();
        return frames.length == 0 ? kind : kind + " at " + frames[0];
    }

    private static boolean isOfTheGate(Throwable cause) {
        return cause instanceof CannotTell || cause instanceof StoreUnavailable || cause instanceof LedgerUnavailable;
    }

    void noticed(String by, Verdict.Evidence evidence) {
        if (notices.size() < MAX_RULES) {
            notices.add(new Notice(by, evidence));
        }
    }

    List<Notice> notices() {
        return notices;
    }

    @Nullable
    String rule() {
        return rule;
    }

    Verdict.@Nullable Deny deny() {
        return deny;
    }

    Map<String, Verdict.Deny> observed() {
        return observed;
    }

    Map<String, String> failures() {
        return failures;
    }
}
