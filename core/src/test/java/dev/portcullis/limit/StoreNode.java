package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.SharedStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A node: limits of its own on a store that others share. */
record StoreNode(SharedStore store, Meters meters, Clock clock) implements AutoCloseable {

    static StoreNode of(SharedStore store, Clock clock) {
        return new StoreNode(store, Meters.of(clock, 1000, Ledger.memory(clock, 1000), store.buckets()), clock);
    }

    Limit limit(String name, Spread spread, Window... windows) {
        return meters.limit(Terms.of(name, List.of(windows), LimitKey.parse(List.of("global")))
                .shared(spread));
    }

    /** The counts of a limit, without the limit. */
    SharedCounts counts(String name, Spread spread, LateCharges late) {
        var ground = new SharedCounts.Ground(clock, Salt.random(), 1, new LongAdder(), late);
        return new SharedCounts(name, new Purses(store.buckets(), spread, clock), new MeterTable(clock, 100), ground);
    }

    long trips() {
        return store.report().asked();
    }

    static boolean passes(Limit limit) {
        return limit.check(Requests.from("192.0.2.1")) instanceof Verdict.Pass;
    }

    static long passed(Limit limit, int times) {
        return IntStream.range(0, times).filter(i -> passes(limit)).count();
    }

    /** Waits for what other threads bring about. */
    static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
