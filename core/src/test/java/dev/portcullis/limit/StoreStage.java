package dev.portcullis.limit;

import dev.portcullis.fixture.HandClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Nodes that share a real Redis or a real PostgreSQL, and a limit of a name that no other test has. */
class StoreStage {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Stores stores;

    final HandClock clock = HandClock.at("2026-06-01T10:00:00Z");
    final String name = "limit" + NAMES.incrementAndGet();
    private final LateCharges late = new LateCharges(clock);

    @BeforeAll
    static void start() {
        stores = Stores.start();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    final StoreNode node(Stores.Kind kind) {
        return StoreNode.of(stores.open(kind, clock), clock);
    }

    final SharedCounts counts(StoreNode node, Spread spread) {
        return node.counts(name, spread, late);
    }
}
