package dev.portcullis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pencil that notes what the loop does: an empty one for every request, a full one to explain. */
class Trace {

    static final Trace NONE = new Trace();

    /** The time to hand to {@link #note}. */
    long start() {
        return 0;
    }

    void note(Rule rule, @Nullable Verdict verdict, @Nullable Throwable failure, long start) {}

    static final class Full extends Trace {

        private final List<Explanation.Step> steps = new ArrayList<>();

        @Override
        long start() {
            return System.nanoTime();
        }

        @Override
        void note(Rule rule, @Nullable Verdict verdict, @Nullable Throwable failure, long start) {
            steps.add(new Explanation.Step(rule, verdict, failure, System.nanoTime() - start));
        }

        List<Explanation.Step> steps() {
            return steps;
        }
    }
}
