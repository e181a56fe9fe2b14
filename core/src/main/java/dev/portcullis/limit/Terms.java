package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The terms of one limit: what every key is permitted, and to whom and what that applies. Not thread-safe; copied when it is used. */
public final class Terms {

    final String name;
    String meter;
    final List<Window> windows;
    final LimitKey key;
    final Map<String, Map<String, Long>> tiers = new HashMap<>();
    final Map<Member, Map<String, Long>> clients = new HashMap<>();

    @Nullable
    Predicate<Request> exempt;

    boolean keyDemanded;
    Cost cost = Cost.ONE;

    @Nullable
    IntPredicate charged;

    boolean soft;
    boolean bytes;
    boolean last = true;

    @Nullable
    Spread spread;

    Fields fields = Fields.DRAFT;
    Listener listener = Listener.NONE;

    /** A client by who vouches for it. */
    record Member(String issuer, String client) {}

    private Terms(String name, List<Window> windows, LimitKey key) {
        this.name = requireNonNull(name, "name");
        this.meter = name;
        this.windows = List.copyOf(windows);
        this.key = requireNonNull(key, "key");
    }

    /**
     * Starts with what every limit has.
     *
     * @param name what operators call it, and what tells its counts from those of others unless {@link #countedAs} says otherwise
     * @param windows what each key is permitted; a request that one of them denies uses a permit of none. One of the calendar stands
     *     alone, and makes the limit a quota
     * @param key what requests are counted by
     */
    public static Terms of(String name, List<Window> windows, LimitKey key) {
        return new Terms(name, windows, key);
    }

    /**
     * Sets what tells this limit's counts from those of others. Two limits that shall count apart, such as an observed and an enforced
     * one, are counted under different names, two under one name count together, and one that is made anew finds its counts by it.
     */
    public Terms countedAs(String other) {
        meter = requireNonNull(other, "other");
        return this;
    }

    /** Permits callers of a plan another number in the windows of these names. */
    public Terms tier(String tier, Map<String, Long> permits) {
        tiers.put(requireNonNull(tier, "tier"), Map.copyOf(permits));
        return this;
    }

    /** Permits one client another number in the windows of these names, whatever its plan. */
    public Terms client(String issuer, String client, Map<String, Long> permits) {
        clients.put(
                new Member(requireNonNull(issuer, "issuer"), requireNonNull(client, "client")), Map.copyOf(permits));
        return this;
    }

    /** Leaves requests uncounted, which is told to the listener each time. */
    public Terms exempt(Predicate<Request> requests) {
        exempt = requireNonNull(requests, "requests");
        return this;
    }

    /** Denies requests that lack what they are counted by, with 403 {@code no-limit-key}; else their address stands for it. */
    public Terms demandKey() {
        keyDemanded = true;
        return this;
    }

    /** Sets how many permits a request uses; one unless told otherwise. */
    public Terms cost(Cost other) {
        cost = requireNonNull(other, "other");
        return this;
    }

    /**
     * Charges only requests that are answered with some statuses, be it by the application or by a later rule. The permit is reserved
     * until then, and used when the client goes away before.
     */
    public Terms chargedOn(IntPredicate statuses) {
        charged = requireNonNull(statuses, "statuses");
        return this;
    }

    /** Counts and tells, and denies nothing. */
    public Terms soft() {
        soft = true;
        return this;
    }

    /** Counts the bytes of responses. A request passes while there is one left, and is charged when it has ended. */
    public Terms bytes() {
        bytes = true;
        return this;
    }

    /** Says that another limit of the policy is asked later, which is the one that old fields tell of. */
    public Terms notLast() {
        last = false;
        return this;
    }

    /** Counts in the store that the nodes share, if there is one; else in this process. */
    public Terms shared(Spread other) {
        spread = requireNonNull(other, "other");
        return this;
    }

    /** Sets in which fields clients are told of it. */
    public Terms fields(Fields other) {
        fields = requireNonNull(other, "other");
        return this;
    }

    /** Sets who is told what was used, and who was exempt. */
    public Terms listener(Listener other) {
        listener = requireNonNull(other, "other");
        return this;
    }

    /** Whether it is a quota: one window of the calendar. */
    boolean quota() {
        return windows.size() == 1 && windows.get(0).calendar() != null;
    }
}
