package dev.portcullis;

/**
 * What the operator sees.
 *
 * <p>A listener that throws changes no outcome. Implementations are thread-safe and return quickly: they run on the request's
 * thread.
 */
public interface Listener {

    /** The listener that tells nobody. */
    Listener NONE = new Listener() {};

    /** An enforced rule denied the request. */
    default void denied(Request request, Rule rule, Verdict.Deny deny) {}

    /** An observed rule would have denied the request. */
    default void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {}

    /** A check could not tell; what comes of it is in the rule. */
    default void failed(Request request, Rule rule, Throwable cause) {}

    /**
     * What becomes of the request is known, and neither the application nor anything else has been asked yet.
     *
     * @param outcome what becomes of it, unless a rule denies it later
     */
    default void decided(Request request, Outcome outcome) {}

    /** Something was changed while the gate ran. */
    default void changed(Change change) {}

    /**
     * A rule had something to tell that is no denial, such as that a quota is nearly used up.
     *
     * @param rule the rule's name
     * @param evidence what it is: a stable word, what it is about, and what was seen
     */
    default void noticed(Request request, String rule, Verdict.Evidence evidence) {}

    /**
     * The exchange ended.
     *
     * @param status the status that was sent; 0 when none was
     */
    default void ended(Request request, Outcome outcome, Ending ending, int status) {}
}
