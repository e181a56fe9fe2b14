package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final Slots slots = new Slots(2);

    @Test
    void givesAKeySoManyPermitsAndNoMore() {
        var first = slots.take("a", 2);
        slots.take("a", 2);

        assertThat(slots.take("a", 2)).isSameAs(Slot.NONE_FREE);
        first.free();
        assertThat(slots.take("a", 2)).isSameAs(first);
    }

    @Test
    void forgetsAKeyWithNothingInFlight() {
        slots.take("a", 1).free();
        slots.take("b", 1).free();
        slots.take("c", 1).free();

        assertThat(slots.size()).isZero();
        assertThat(slots.held()).isZero();
    }

    @Test
    void aFloodOfKeysGetsNobodyAFreshCount() {
        slots.take("a", 1);
        var b = slots.take("b", 1);

        assertThat(slots.take("c", 1)).isSameAs(Slot.NO_ROOM);
        assertThat(slots.take("a", 1)).isSameAs(Slot.NONE_FREE);
        b.free();
        assertThat(slots.take("c", 1)).isNotIn(Slot.NO_ROOM, Slot.NONE_FREE);
        assertThat(slots.take("a", 1)).isSameAs(Slot.NONE_FREE);
    }

    @Test
    void manyThreadsNeverHoldMoreThanThePermitsAndLeaveNothingBehind() throws Exception {
        var table = new Slots(3);
        var holding = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        var most = new AtomicInteger();
        var passed = new AtomicInteger();
        var work = new ArrayList<Callable<Object>>();
        for (var thread = 0; thread < 8; thread++) {
            work.add(Executors.callable(() -> {
                for (var i = 0; i < 50_000; i++) {
                    hold(table, holding, most, passed);
                }
            }));
        }
        var pool = Executors.newFixedThreadPool(8);
        try {
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(most).hasValueLessThanOrEqualTo(2).hasPositiveValue();
        assertThat(passed).hasValueGreaterThan(10_000);
        assertThat(table.size()).isZero();
        assertThat(table.take("a", 1)).isNotIn(Slot.NO_ROOM, Slot.NONE_FREE);
    }

    private static void hold(Slots table, AtomicInteger[] holding, AtomicInteger most, AtomicInteger passed) {
        var key = ThreadLocalRandom.current().nextInt(holding.length);
        var slot = table.take("key " + key, 2);
        if (slot == Slot.NONE_FREE || slot == Slot.NO_ROOM) {
            return;
        }
        most.accumulateAndGet(holding[key].incrementAndGet(), Math::max);
        passed.incrementAndGet();
        holding[key].decrementAndGet();
        slot.free();
    }
}
