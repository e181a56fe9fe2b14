package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much a caller may use in a period of the calendar. Immutable.
 *
 * @param permits how much
 * @param per in which period
 * @param zone the time zone of the period
 * @param anchor when in the month, week or year the period begins
 * @param unit what is counted
 * @param soft whether it only tells
 * @param by what is counted separately
 * @param onFailure what happens when the count is not known
 * @param count where and how it counts
 * @param lease how many permits a node takes ahead
 * @param mode the mode of this part
 * @param tiers what plans are granted
 * @param clients what single clients are granted
 * @param exempt who is not counted
 * @param missing what happens to a request that lacks what it is counted by
 * @param cost how many permits a request uses
 * @param chargeOn the statuses that are charged
 */
public record Allowance(
        @Key(description = "How much the period grants: a number, or a size such as `10GB` for bytes.") @Nullable
        String permits,

        @Key(description = "The period of the calendar, such as `P1D`, `P1W`, `P1M` or `P1Y`; `PT1H` for hours in UTC.")
        @Nullable
        String per,

        @Key(description = "The time zone of the period, such as `Europe/Berlin`.", defaultValue = "UTC") @Nullable
        String zone,

        @Key(
                description =
                        "When the period begins: a day of the month such as `15` (`31` is the last day of every month), a day of the week such as `sunday`, or a day of the year such as `04-01`.",
                defaultValue = "the first day")
        @Nullable
        String anchor,

        @Key(
                description = "What is counted: requests by their cost, or bytes of responses.",
                defaultValue = "requests",
                oneOf = {"requests", "bytes"})
        @Nullable
        String unit,

        @Key(
                description = "Whether it counts and tells, and never denies.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String soft,

        @Key(description = LimitWords.BY, defaultValue = "client") @Nullable
        String by,

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
                description = "The mode of this quota.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(description = "What the period grants to callers of a plan, by the plan's name.", type = Key.Type.PART)
        @Nullable
        Map<String, LimitShare> tiers,

        @Key(
                description =
                        "What the period grants to single clients, whatever their plan: by `NAME` of `clients`, or `ISSUER/CLIENT`.",
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

    /** What it has in common with rate limits. */
    LimitWords words() {
        return new LimitWords(by, onFailure, count, lease, mode, exempt, missing, cost, chargeOn);
    }
}
