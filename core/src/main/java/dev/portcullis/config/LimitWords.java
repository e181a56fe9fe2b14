package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What limits must have in common, as written, to be one rule. Immutable.
 *
 * @param by what is counted separately
 * @param onFailure what happens when the count is not known
 * @param count how it counts where nodes share counts
 * @param lease how many permits a node takes ahead
 * @param mode the mode
 * @param exempt who is not counted
 * @param missing what happens to a request that lacks what it is counted by
 * @param cost how many permits a request uses
 * @param chargeOn the statuses that are charged
 */
record LimitWords(
        @Nullable String by,
        @Nullable String onFailure,
        @Nullable String count,
        @Nullable String lease,
        @Nullable String mode,
        @Nullable LimitExempt exempt,
        @Nullable String missing,
        @Nullable LimitCost cost,
        @Nullable List<String> chargeOn) {

    static final String BY =
            "What is counted separately: `client`, `address`, `route`, `tenant`, `header:NAME`, `global`, or several joined by `+`.";
    static final String ON_FAILURE = "What happens to a request whose count is not known.";
    static final String COUNT =
            "Where it counts and how: in the `store`, where `exact` asks for every permit and `leased` takes some ahead, so that every node may let as many more pass as it leases for each plan of a key; or in each node by itself.";
    static final String LEASE = "How many permits a node takes ahead at most, with `count: leased`.";
    static final String EXEMPT = "Who is not counted.";
    static final String MISSING = "What happens to a request that lacks what it is counted by.";
    static final String COST = "How many permits a request uses.";
    static final String CHARGE_ON =
            "The statuses of answers that are charged, such as `401` or `2xx`; the others cost nothing.";

    /** The same without the key and the mode, which are compared by what they mean. */
    LimitWords rest() {
        return new LimitWords(null, onFailure, count, lease, null, exempt, missing, cost, chargeOn);
    }

    /** Whether nothing is written. */
    boolean isPlain() {
        return equals(new LimitWords(null, null, null, null, null, null, null, null, null));
    }
}
