package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import dev.portcullis.Watch.Sent;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many threads get through a gate, against what a reference count says must have been used. */
class LimitModelTest {

    private static final int CLIENTS = 5;
    private static final int THREADS = 8;
    private static final int REQUESTS = 4000;
    private static final long HOURLY = 3000;

    private final HandClock clock = HandClock.at("2026-03-29T00:30:00Z");
    private final AtomicLongArray passed = new AtomicLongArray(CLIENTS);
    private final AtomicLongArray charged = new AtomicLongArray(CLIENTS);
    private final AtomicLong all = new AtomicLong();

    private static String yaml() {
        var text = new StringBuilder("portcullis:\n  clients:\n");
        for (var i = 0; i < CLIENTS; i++) {
            text.append("    c" + i + ": { api-keys: [\"" + ApiKeyHash.of(key(i)) + "\"] }\n");
        }
        return text + "  policies:\n    p:\n      paths: [/**]\n      authenticate: [api-key]\n      rate-limits:\n"
                + "        everybody: { permits: 10000, per: 1h, by: global, refill: smooth }\n"
                + "        hourly: { permits: " + HOURLY + ", per: 1h }\n      quotas:\n"
                + "        good: { permits: 2500, per: P1D, zone: Europe/Berlin, charge-on: [2xx] }\n"
                + "        cost: { permits: 9000, per: P1M, cost: { permits: 3, response-header: X-Cost, most: 9 } }\n";
    }

    private static String key(int client) {
        return "a-key-of-client-" + client + "-0123456789abcdef";
    }

    /**
     * Every request that passes uses one permit of the global limit and one of the hourly, one of the quota of good answers when it is
     * answered well, and what the application says of the quota by cost. One that is denied uses nothing anywhere.
     */
    @Test
    void usesExactlyWhatTheRequestsThatPassedHaveUsed() throws Exception {
        try (var gate = Gate.builder(Gates.file(yaml())).clock(clock).build()) {
            inThreads(gate);

            assertThat(all.get())
                    .isEqualTo(
                            IntStream.range(0, CLIENTS).mapToLong(passed::get).sum());
            assertThat(used(gate, "c0", "p.rate-limit.everybody")).isEqualTo(all.get());
            for (var i = 0; i < CLIENTS; i++) {
                assertThat(used(gate, "c" + i, "p.rate-limit.hourly")).isEqualTo(passed.get(i));
                assertThat(passed.get(i)).isBetween(1L, HOURLY);
                assertThat(used(gate, "c" + i, "p.quota.cost")).isEqualTo(charged.get(i));
                assertThat(used(gate, "c" + i, "p.quota.good")).isLessThanOrEqualTo(2500);
            }
        }
    }

    private static long used(Gate gate, String client, String limit) {
        var caller = new Principal(
                client, Principal.Kind.CLIENT, "clients", client, null, null, Set.of(), Set.of(), Map.of(), "api-key");
        return gate.usage(caller).stream()
                .filter(usage -> usage.limit().equals(limit))
                .findFirst()
                .orElseThrow()
                .used();
    }

    private void inThreads(Gate gate) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (var i = 0; i < THREADS; i++) {
                var thread = i;
                tasks.add(() -> {
                    work(gate, thread);
                    return null;
                });
            }
            for (var future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(Gate gate, int thread) {
        var random = Seeds.random("limit-model-" + thread);
        for (var i = 0; i < REQUESTS; i++) {
            var client = random.nextInt(CLIENTS);
            var view = gate.view(
                    RecordedWire.of("GET", "/a").with("Host", "example.com").with("X-API-Key", key(client)));
            var outcome = gate.engine().evaluate(view);
            if (outcome instanceof Outcome.Stop stop) {
                outcome.watch()
                        .ended(view, Ending.ANSWERED, Sent.of(stop.reply().status()));
                continue;
            }
            var cost = random.nextInt(10);
            passed.incrementAndGet(client);
            charged.addAndGet(client, cost);
            all.incrementAndGet();
            outcome.watch().ended(view, Ending.ANSWERED, new Answer(random.nextBoolean() ? 200 : 500, cost));
        }
    }

    /** An answer that says what it cost. */
    private record Answer(int status, int cost) implements Sent {

        @Override
        public String header(String name) {
            return Integer.toString(cost);
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
