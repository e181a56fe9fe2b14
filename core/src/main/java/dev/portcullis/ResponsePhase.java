package dev.portcullis;

import dev.portcullis.Course.Kept;
import dev.portcullis.Watch.Head;
import dev.portcullis.Watch.Held;
import dev.portcullis.Watch.Hold;
import dev.portcullis.Watch.Unjudged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the rules of one request say of its response. Belongs to one response. */
@TrustedBase
final class ResponsePhase {

    private static final String NOT_JUDGED = "response-not-judged";
    private static final int PARTIAL_CONTENT = 206;

    private final Course course;
    private final Head head;

    ResponsePhase(Course course, Head head) {
        this.course = course;
        this.head = head;
    }

    /** Asks all who ask for heads, until one denies or answers in the application's stead. */
    Verdict sending() {
        var watches = course.watches();
        for (var i = 0; i < watches.size(); i++) {
            var kept = watches.get(i);
            if (!kept.watch().asksHead()) {
                continue;
            }
            var verdict = head.obstacle() == Unjudged.COMMITTED ? tooLate(kept) : sending(kept);
            if (verdict instanceof Verdict.Answer answer && answers(kept.rule(), answer)) {
                return verdict;
            }
            if (verdict instanceof Verdict.Deny deny && head.ofApplication() && course.tell(kept.rule(), deny)) {
                return deny;
            }
        }
        return Verdict.pass();
    }

    /** Tells the operator of an answer, and whether it is given. */
    private boolean answers(Rule rule, Verdict.Answer answer) {
        if (answer.evidence() != null && head.ofApplication()) {
            seenBy(rule).notice(answer.evidence());
        }
        return head.ofApplication() && rule.enforced();
    }

    private Verdict sending(Kept kept) {
        return course.snapshot().judge().ask(kept, course.view(kept.rule()), seenBy(kept.rule()));
    }

    private Verdict tooLate(Kept kept) {
        seenBy(kept.rule()).notice(Verdict.Evidence.of(NOT_JUDGED, Unjudged.COMMITTED.word()));
        return Verdict.pass();
    }

    private Verdict ask(Kept kept, Supplier<@Nullable Verdict> question) {
        return course.snapshot().judge().ask(kept.rule(), course.view(kept.rule()), question);
    }

    private Head seenBy(Rule rule) {
        return new SeenHead(head, course, rule);
    }

    /** All who want to judge the body, as one; null when nobody does, or nothing can be held back. */
    @Nullable
    Hold holding() {
        var holds = new ArrayList<One>(0);
        var watches = course.watches();
        for (var i = 0; i < watches.size(); i++) {
            var kept = watches.get(i);
            var deny = kept.watch().asksHead() ? askForHold(kept, holds) : null;
            if (deny != null) {
                return new Refusal(deny);
            }
        }
        if (holds.isEmpty()) {
            return null;
        }
        var obstacle = obstacle();
        if (obstacle == null) {
            return new All(holds);
        }
        return new All(holds).unjudged(head, obstacle) instanceof Verdict.Deny deny ? new Refusal(deny) : null;
    }

    /** The denial when the watch cannot tell whether it wants to. */
    private Verdict.@Nullable Deny askForHold(Kept kept, List<One> holds) {
        var verdict = ask(kept, () -> {
            var hold = kept.watch().holding(course.view(kept.rule()), seenBy(kept.rule()));
            if (hold != null) {
                holds.add(new One(kept, hold));
            }
            return Verdict.pass();
        });
        return verdict instanceof Verdict.Deny deny && course.tell(kept.rule(), deny) ? deny : null;
    }

    private @Nullable Unjudged obstacle() {
        if (head.obstacle() != null) {
            return head.obstacle();
        }
        var type = head.header("Content-Type");
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            return Unjudged.STREAMED;
        }
        if (head.headers("Content-Encoding").stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"))) {
            return Unjudged.ENCODED;
        }
        return head.status() == PARTIAL_CONTENT ? Unjudged.PARTIAL : null;
    }

    /** A hold and whose it is. */
    private record One(Kept kept, Hold hold) {}

    /** All holds as one, whose bound is the widest: those with a narrower one do not judge what is longer. */
    private final class All implements Hold {

        private final List<One> holds;

        All(List<One> holds) {
            this.holds = holds;
        }

        @Override
        public int bound() {
            return holds.stream().mapToInt(one -> one.hold.bound()).max().orElse(0);
        }

        @Override
        public Verdict judge(Held body) {
            return first(one -> one.hold.bound() < body.bytes().length
                    ? unjudged(one, Unjudged.TOO_LONG)
                    : ask(
                            one.kept,
                            () -> one.hold.judge(new SeenBody(body, seenBy(one.kept.rule()), one.kept.rule()))));
        }

        @Override
        public Verdict unjudged(Head now, Unjudged why) {
            return first(one -> unjudged(one, why));
        }

        private Verdict unjudged(One one, Unjudged why) {
            var seen = seenBy(one.kept.rule());
            seen.notice(Verdict.Evidence.of(NOT_JUDGED, why.word()));
            return ask(one.kept, () -> one.hold.unjudged(seen, why));
        }

        /** The first denial that holds. */
        private Verdict first(Function<One, Verdict> question) {
            for (var one : holds) {
                if (question.apply(one) instanceof Verdict.Deny deny && course.tell(one.kept.rule(), deny)) {
                    return deny;
                }
            }
            return Verdict.pass();
        }
    }

    /** Denies a body of which the first byte is one too many; the operator knows of it. */
    private record Refusal(Verdict.Deny deny) implements Hold {

        @Override
        public int bound() {
            return 0;
        }

        @Override
        public Verdict judge(Held body) {
            return deny;
        }

        @Override
        public Verdict unjudged(Head head, Unjudged why) {
            return deny;
        }
    }

    /** A body as a rule sees it: what an observed one puts in its place is nowhere. */
    private record SeenBody(Held body, Head head, Rule rule) implements Held {

        @Override
        public byte[] bytes() {
            return body.bytes();
        }

        @Override
        public void replace(byte[] other) {
            if (rule.enforced()) {
                body.replace(other);
            }
        }
    }
}
