package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a caller may call. Immutable.
 *
 * @param permits how many requests
 * @param per in which period
 * @param by what is counted separately
 * @param refill when permits come back
 * @param onFailure what happens when the count is not known
 * @param mode the mode of this part
 * @param tiers what plans are permitted
 * @param clients what single clients are permitted
 * @param exempt who is not counted
 * @param missing what happens to a request that lacks what it is counted by
 * @param cost how many permits a request uses
 * @param chargeOn the statuses that are charged
 */
public record Rate(
        @Key(description = "How many requests the period grants.", type = Key.Type.COUNT) @Nullable
        String permits,

        @Key(description = "The period, such as `1m`.", type = Key.Type.DURATION) @Nullable
        String per,

        @Key(description = LimitWords.BY, defaultValue = "client") @Nullable
        String by,

        @Key(
                description =
                        "When permits come back: all at the end of a period that begins with the first request, one by one, or at the end of the minute, hour or day in UTC.",
                defaultValue = "period",
                oneOf = {"period", "smooth", "calendar"})
        @Nullable
        String refill,

        @Key(
                description = LimitWords.ON_FAILURE,
                defaultValue = "local",
                oneOf = {"local", "deny", "proceed"})
        @Nullable
        String onFailure,

        @Key(
                description = LimitWords.COUNT,
                defaultValue = "exact with a store, else local",
                oneOf = {"exact", "leased", "local"})
        @Nullable
        String count,

        @Key(description = LimitWords.LEASE, defaultValue = "a hundredth of the permits", type = Key.Type.COUNT)
        @Nullable
        String lease,

        @Key(
                description = "The mode of this limit.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(description = "What callers of a plan are permitted, by the plan's name.", type = Key.Type.PART) @Nullable
        Map<String, LimitShare> tiers,

        @Key(
                description =
                        "What single clients are permitted, whatever their plan: by `NAME` of `clients`, or `ISSUER/CLIENT`.",
                type = Key.Type.PART)
        @Nullable
        Map<String, LimitShare> clients,

        @Key(description = LimitWords.EXEMPT, type = Key.Type.PART) @Nullable
        LimitExempt exempt,

        @Key(
                description = LimitWords.MISSING,
                defaultValue = "address",
                oneOf = {"address", "deny"})
        @Nullable
        String missing,

        @Key(description = LimitWords.COST, type = Key.Type.PART) @Nullable
        LimitCost cost,

        @Key(description = LimitWords.CHARGE_ON, defaultValue = "all") @Nullable
        List<String> chargeOn) {

    /** Starts a limit of which only this is written. */
    public static Rate of(String permits, String per, @Nullable String by, @Nullable String refill) {
        requireNonNull(permits, "permits");
        requireNonNull(per, "per");
        return new Rate(permits, per, by, refill, null, null, null, null, null, null, null, null, null, null);
    }

    /** What it has in common with quotas. */
    LimitWords words() {
        return new LimitWords(by, onFailure, count, lease, mode, exempt, missing, cost, chargeOn);
    }
}
