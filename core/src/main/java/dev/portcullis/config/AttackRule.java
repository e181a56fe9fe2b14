package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Exclusion;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Makes the rule that looks for attacks in bodies up to a bound. Immutable.
 *
 * @param attacks what it looks for; not to be changed
 * @param rule makes a rule of the check
 */
record AttackRule(Attacks.Builder attacks, Asking rule) implements LongFunction<Rule> {

    /** Makes a rule of a check. */
    @FunctionalInterface
    interface Asking {

        Rule of(Attacks check);
    }

    @Override
    public Rule apply(long bound) {
        return rule.of(attacks.copy().maxBytes(bound).build());
    }

    /** The same that spares more. */
    AttackRule sparing(List<Exclusion> more) {
        var copy = attacks.copy();
        more.forEach(copy::exclude);
        return new AttackRule(copy, rule);
    }
}
