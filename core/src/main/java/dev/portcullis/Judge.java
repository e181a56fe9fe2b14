package dev.portcullis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks checks, and says what follows when one cannot tell. Thread-safe. */
@TrustedBase
final class Judge {

    private static final Reply COULD_NOT_TELL =
            Reply.problem(503, "could-not-tell").with("Retry-After", "5");
    private static final Verdict.Deny DENY = Verdict.deny(COULD_NOT_TELL, Verdict.Evidence.of("could-not-tell"));

    private final GuardedListener listener;

    Judge(GuardedListener listener) {
        this.listener = listener;
    }

    /** The check's verdict, or what the rule says for a check that throws or returns null. */
    Verdict ask(Rule rule, Request request, Trace trace) {
        var start = trace.start();
        try {
            var verdict = rule.check().check(request);
            if (verdict != null) {
                trace.note(rule, verdict, null, start);
                return verdict;
            }
            var missing = missing();
            trace.note(rule, null, missing, start);
            return couldNotTell(rule, request, missing);
        } catch (Exception | StackOverflowError e) {
            trace.note(rule, null, e, start);
            return couldNotTell(rule, request, e);
        }
    }

    /** The watch's verdict on what the application has read, or what the rule says for a watch that throws. */
    Verdict ask(Rule rule, Watch watch, long total, Request request) {
        try {
            var verdict = watch.reading(total);
            return verdict != null ? verdict : couldNotTell(rule, request, missing());
        } catch (Exception | StackOverflowError e) {
            return couldNotTell(rule, request, e);
        }
    }

    /** The watch's verdict on the head of a response, or what the rule says for a watch that throws. Nearly every response passes here. */
    Verdict ask(Course.Kept kept, Request request, Watch.Head head) {
        try {
            var verdict = kept.watch().sending(request, head);
            return verdict != null ? verdict : couldNotTell(kept.rule(), request, missing());
        } catch (Exception | StackOverflowError e) {
            return couldNotTell(kept.rule(), request, e);
        }
    }

    /** The rule's verdict on a response, or what the rule says where nobody can tell. */
    Verdict ask(Rule rule, Request request, Supplier<@Nullable Verdict> question) {
        try {
            var verdict = question.get();
            return verdict != null ? verdict : couldNotTell(rule, request, missing());
        } catch (Exception | StackOverflowError e) {
            return couldNotTell(rule, request, e);
        }
    }

    private static Exception missing() {
        return new IllegalStateException("the check returned null (expected: a verdict)");
    }

    private Verdict couldNotTell(Rule rule, Request request, Throwable cause) {
        listener.failed(request, rule, cause);
        return rule.onFailure() == Rule.OnFailure.PROCEED ? Verdict.pass() : DENY;
    }
}
