package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of a request: it objects, it answers in the application's stead, or it has nothing to say. Immutable.
 *
 * <p>There is no "allow": no rule can overrule another.
 */
public sealed interface Verdict {

    /** The pass that adds nothing. */
    static Pass pass() {
        return Pass.PLAIN;
    }

    /** A denial whose evidence is made when the check is built, so that denying costs nothing. */
    static Deny deny(Reply reply, Evidence evidence) {
        return new Deny(reply, evidence);
    }

    /**
     * No objection.
     *
     * @param headers what the response carries, whatever becomes of the request afterwards
     * @param principal the caller, when this check identified one
     * @param watch what wants to see the rest of the exchange
     * @param proven which values of the request are harmless, should the rule be enforced
     */
    record Pass(List<Header> headers, @Nullable Principal principal, Watch watch, Request.Proven proven)
            implements Verdict {

        private static final Pass PLAIN = new Pass(List.of(), null, Watch.NONE);

        /** Copies the headers. */
        public Pass {
            headers = List.copyOf(headers);
            requireNonNull(watch, "watch");
            requireNonNull(proven, "proven");
        }

        /** The pass that proves nothing of the request's values. */
        public Pass(List<Header> headers, @Nullable Principal principal, Watch watch) {
            this(headers, principal, watch, Request.Proven.NOTHING);
        }

        /** The pass that proves some values of the request harmless; made when the check is built. */
        public static Verdict proving(Request.Proven proven) {
            return proven.isNothing() ? PLAIN : new Pass(List.of(), null, Watch.NONE, proven);
        }

        /** The pass that says who calls. */
        public static Pass identifying(Principal principal) {
            return new Pass(List.of(), requireNonNull(principal, "principal"), Watch.NONE);
        }

        /** The pass that adds headers to the response. */
        public static Pass adding(List<Header> headers) {
            return new Pass(headers, null, Watch.NONE);
        }

        /** The pass that keeps watching. */
        public static Pass watching(Watch watch) {
            return new Pass(List.of(), null, watch);
        }
    }

    /**
     * An objection.
     *
     * @param reply what the client sees
     * @param evidence what the operator sees
     */
    record Deny(Reply reply, Evidence evidence) implements Verdict {

        /** Checks that both sides are there. */
        public Deny {
            requireNonNull(reply, "reply");
            requireNonNull(evidence, "evidence");
        }
    }

    /**
     * An answer in the application's stead, such as that to a CORS preflight.
     *
     * @param reply what the client sees
     * @param evidence what the operator sees; null for nothing
     */
    record Answer(Reply reply, @Nullable Evidence evidence) implements Verdict {

        /** Checks that the reply is there. */
        public Answer {
            requireNonNull(reply, "reply");
        }

        /** An answer of which the operator need not hear. */
        public Answer(Reply reply) {
            this(reply, null);
        }
    }

    /**
     * Why a check objects, for the operator only.
     *
     * @param reason a stable kebab-case word
     * @param matched ids of the detectors or conditions that spoke; empty when the rule's own name says it
     * @param detail what was seen, escaped and bounded by whoever writes it out; empty when the reason says it all
     * @param where where in the request it was seen, without what was seen there; empty when that goes without saying
     * @param score how sure the check is, where it is more or less so; 0 elsewhere
     */
    record Evidence(String reason, List<String> matched, String detail, String where, int score) {

        /** Copies the ids. */
        public Evidence {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
            requireNonNull(where, "where");
            matched = List.copyOf(matched);
        }

        /** Evidence that needs no place. */
        public Evidence(String reason, List<String> matched, String detail) {
            this(reason, matched, detail, "", 0);
        }

        /** The same with where it was seen, and how sure the check is. */
        public Evidence seen(String place, int sureness) {
            return new Evidence(reason, matched, detail, place, sureness);
        }

        /** Evidence that its reason says in full. */
        public static Evidence of(String reason) {
            return new Evidence(reason, List.of(), "");
        }

        /** Evidence with what was seen. */
        public static Evidence of(String reason, String detail) {
            return new Evidence(reason, List.of(), detail);
        }
    }
}
