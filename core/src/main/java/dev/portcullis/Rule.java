package dev.portcullis;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request.Dispatch;
import java.util.EnumSet;
import java.util.Set;

/**
 * A check with its name, its mode, and what is done when it cannot tell. Immutable.
 *
 * @param name the name in logs and metrics, unique among the rules that one request meets
 * @param check the question
 * @param mode whether its denials are enforced
 * @param onFailure what to do when the check cannot tell
 * @param dispatches the turns of a request in which the rule is asked
 */
public record Rule(String name, Check check, Mode mode, OnFailure onFailure, Set<Dispatch> dispatches) {

    private static final Set<Dispatch> FIRST_TURN = Set.of(Dispatch.REQUEST);

    /** Whether a rule's denials are enforced. */
    public enum Mode {
        /** A denial ends the request. */
        ENFORCE,
        /** A denial is told to the operator, and changes nothing. */
        OBSERVE
    }

    /** What is done when a check could not tell. */
    public enum OnFailure {
        /** The request is denied with 503. */
        DENY,
        /** The request goes on. */
        PROCEED
    }

    /** Copies the dispatches. */
    public Rule {
        requireNonNull(check, "check");
        requireNonNull(mode, "mode");
        requireNonNull(onFailure, "onFailure");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: blank (expected: a name for logs and metrics)");
        }
        if (dispatches.isEmpty()) {
            throw new IllegalArgumentException("dispatches: none (expected: at least one, or the rule is never asked)");
        }
        dispatches = Set.copyOf(dispatches);
    }

    /** An enforced rule that denies when its check cannot tell. */
    public static Rule enforce(String name, Check check) {
        return new Rule(name, check, Mode.ENFORCE, OnFailure.DENY, FIRST_TURN);
    }

    /** An observed rule: its denials are told to the operator and change nothing. */
    public static Rule observe(String name, Check check) {
        return new Rule(name, check, Mode.OBSERVE, OnFailure.DENY, FIRST_TURN);
    }

    /** The same rule in the mode. */
    public Rule in(Mode other) {
        return new Rule(name, check, other, onFailure, dispatches);
    }

    /** The same rule with the consequence of not being able to tell. */
    public Rule whenItCannotTell(OnFailure consequence) {
        return new Rule(name, check, mode, consequence, dispatches);
    }

    /** The same rule with another check. */
    public Rule asking(Check other) {
        return new Rule(name, other, mode, onFailure, dispatches);
    }

    /** The same rule, asked in these turns of a request as well. */
    public Rule alsoOn(Dispatch... turns) {
        var all = EnumSet.copyOf(dispatches);
        all.addAll(Set.of(turns));
        return new Rule(name, check, mode, onFailure, all);
    }

    boolean enforced() {
        return mode == Mode.ENFORCE;
    }
}
