package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an outcome came about, rule by rule. Immutable.
 *
 * @param route what covered the request: a route's name, or {@code otherwise}
 * @param steps the rules that were asked, in order
 * @param outcome what became of the request
 */
public record Explanation(String route, List<Step> steps, Outcome outcome) {

    /**
     * One rule that was asked.
     *
     * @param rule the rule
     * @param verdict what its check said; null when it could not tell
     * @param failure why it could not tell; null when it could
     * @param nanos what it took, in nanoseconds
     */
    public record Step(
            Rule rule, @Nullable Verdict verdict, @Nullable Throwable failure, long nanos) {

        /** Checks that the rule is there. */
        public Step {
            requireNonNull(rule, "rule");
        }
    }

    /** Copies the steps. */
    public Explanation {
        requireNonNull(route, "route");
        requireNonNull(outcome, "outcome");
        steps = List.copyOf(steps);
    }
}
