package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A decision of the application's own: whether this caller may do this, such as whether he owns the order.
 *
 * <p>It is asked before the handler runs, on the request's own thread, for every request that its policy covers; nothing is
 * remembered. An exception means "I could not tell", and the request is denied with 503. Implementations are thread-safe, and bound
 * their own waiting.
 */
@FunctionalInterface
public interface Authorizer {

    /** Decides; never null. */
    Decision decide(Question question);

    /** The authorizer that permits what the predicate holds of. */
    static Authorizer of(Predicate<Question> permitted) {
        requireNonNull(permitted, "permitted");
        return question -> permitted.test(question) ? Decision.permit() : Decision.deny("not-permitted");
    }

    /**
     * The check that asks an authorizer: 403 {@code not-permitted}, or 401 {@code authentication-required} where nobody knows who
     * calls.
     */
    static Check check(Authorizer authorizer, PathVariables variables) {
        requireNonNull(authorizer, "authorizer");
        requireNonNull(variables, "variables");
        return request -> {
            var caller = request.principal();
            if (caller == null) {
                return Authorization.NOBODY;
            }
            var decision = authorizer.decide(new Question(request, caller, variables.all(request)));
            return decision.permitted() ? Verdict.pass() : Decision.denial(decision);
        };
    }

    /**
     * What is asked. It is valid while it is being decided.
     *
     * @param request the request, with its route where that is known
     * @param principal who calls
     * @param variables the decoded values of the path's variables, by name: those of the policy's paths, else of the handler's
     */
    record Question(Request request, Principal principal, Map<String, String> variables) {

        /** Copies the variables. */
        public Question {
            requireNonNull(request, "request");
            requireNonNull(principal, "principal");
            variables = Map.copyOf(variables);
        }

        /**
         * The value of a path variable.
         *
         * @throws IllegalArgumentException when the path has no such variable, so that the request is denied
         */
        public String variable(String name) {
            var value = variables.get(name);
            if (value == null) {
                throw new IllegalArgumentException("variable: `" + name + "` (expected: one of the path's)");
            }
            return value;
        }
    }

    /**
     * What is decided. Immutable.
     *
     * @param permitted whether the caller may
     * @param reason a word for the operator; clients never see it
     */
    record Decision(boolean permitted, String reason) {

        private static final Decision PERMIT = new Decision(true, "permitted");

        /** Checks that the reason is there. */
        public Decision {
            requireNonNull(reason, "reason");
        }

        /** The caller may. */
        public static Decision permit() {
            return PERMIT;
        }

        /** The caller may not, for this reason. */
        public static Decision deny(String reason) {
            return new Decision(false, reason);
        }

        static Verdict.Deny denial(Decision decision) {
            return Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("authorizer", decision.reason()));
        }
    }
}
