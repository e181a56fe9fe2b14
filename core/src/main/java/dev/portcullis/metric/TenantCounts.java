package dev.portcullis.metric;

import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests of each tenant, for so many tenants at most; those that come later are counted together. Thread-safe.
 *
 * <p>It counts nothing until it is told how many. Whoever was counted by itself stays so when there are to be fewer, so that no number goes back.
 */
final class TenantCounts {

    /** How long the name of a tenant may be that is counted by itself, and that of its issuer. */
    static final int MAX_NAME = 100;

    private static final List<String> DECISIONS = List.of("proceed", "deny", "limited", "answer");
    private static final Tenant OTHERS = new Tenant(Metrics.OTHER, Metrics.OTHER);
    private static final int TOO_MANY = 429;

    private final Consumer<Series> told;
    private final ConcurrentMap<Tenant, AtomicReferenceArray<LongAdder>> counts = new ConcurrentHashMap<>();
    private final ReentrantLock adding = new ReentrantLock();
    private volatile int most;

    private record Tenant(String issuer, String name) {}

    TenantCounts(Consumer<Series> told) {
        this.told = told;
    }

    /** Counts so many by themselves from now on; 0 for nothing at all. */
    void use(int tenants) {
        most = tenants;
    }

    /** Counts a request of a caller that was proven, if it has a tenant. */
    void count(@Nullable Principal caller, Outcome outcome, boolean denied) {
        if (most == 0 || caller == null || caller.tenant() == null) {
            return;
        }
        var tenant = new Tenant(caller.issuer(), caller.tenant());
        var known = counts.get(tenant);
        var decision = decision(outcome, denied);
        if (known != null) {
            increment(tenant, known, decision);
        } else {
            var place = seat(tenant) ? tenant : OTHERS;
            increment(place, counts.computeIfAbsent(place, any -> empty()), decision);
        }
    }

    private static AtomicReferenceArray<LongAdder> empty() {
        return new AtomicReferenceArray<>(DECISIONS.size());
    }

    /** Finds a place for a tenant that has none; tells whether there was one. */
    private boolean seat(Tenant tenant) {
        if (taken() >= most || tenant.name.length() > MAX_NAME || tenant.issuer.length() > MAX_NAME) {
            return false;
        }
        adding.lock();
        try {
            var room = taken() < most;
            if (room) {
                counts.putIfAbsent(tenant, empty());
            }
            return room || counts.containsKey(tenant);
        } finally {
            adding.unlock();
        }
    }

    private int taken() {
        return counts.size() - (counts.containsKey(OTHERS) ? 1 : 0);
    }

    private static int decision(Outcome outcome, boolean denied) {
        if (!denied) {
            return outcome instanceof Outcome.Stop ? 3 : 0;
        }
        return outcome instanceof Outcome.Stop stop && stop.reply().status() == TOO_MANY ? 2 : 1;
    }

    private void increment(Tenant tenant, AtomicReferenceArray<LongAdder> adders, int decision) {
        var adder = adders.get(decision);
        if (adder == null) {
            adder = first(tenant, adders, decision);
        }
        adder.increment();
    }

    private LongAdder first(Tenant tenant, AtomicReferenceArray<LongAdder> adders, int decision) {
        var adder = new LongAdder();
        if (!adders.compareAndSet(decision, null, adder)) {
            return adders.get(decision);
        }
        var labels = Map.of("issuer", tenant.issuer, "tenant", tenant.name, "decision", DECISIONS.get(decision));
        told.accept(Series.counter("portcullis_tenant_requests_total", labels, adder::sum));
        return adder;
    }
}
