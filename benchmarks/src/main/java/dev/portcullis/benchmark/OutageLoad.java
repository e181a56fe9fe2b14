package dev.portcullis.benchmark;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Postgresql;
import dev.portcullis.fixture.Redis;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What two nodes let through, second by second, while the store that they share is stopped under load for ten seconds and started again:
 * a limit for each {@code on-failure}, and one that leases. Each line is a second; of each limit it says how many passed, were denied by it, and
 * were denied because nobody could tell.
 */
public final class OutageLoad {

    private static final int THREADS = 8;
    private static final int BEFORE = 5;
    private static final int AWAY = 10;
    private static final int AFTER = 12;
    private static final List<String> PATHS = List.of("local", "deny", "proceed", "leased");
    private static final String POLICIES = """
              policies:
                local: { paths: [/local], public: true, rate-limits: { l: { permits: 200, per: 1s, by: global, refill: calendar } } }
                deny: { paths: [/deny], public: true, rate-limits: { l: { permits: 200, per: 1s, by: global, refill: calendar, on-failure: deny } } }
                proceed: { paths: [/proceed], public: true, rate-limits: { l: { permits: 200, per: 1s, by: global, refill: calendar, on-failure: proceed } } }
                leased: { paths: [/leased], public: true, rate-limits: { l: { permits: 200, per: 1s, by: global, count: leased, lease: 10 } } }
            """;

    private OutageLoad() {}

    /** Counts of one path. */
    private record Seen(LongAdder passed, LongAdder denied, LongAdder untold) {

        static Seen nothing() {
            return new Seen(new LongAdder(), new LongAdder(), new LongAdder());
        }

        void count(Outcome outcome) {
            var status = outcome instanceof Outcome.Stop stop ? stop.reply().status() : 200;
            (status == 200 ? passed : status == 429 ? denied : untold).increment();
        }

        String taken() {
            return "%6d %6d %6d".formatted(passed.sumThenReset(), denied.sumThenReset(), untold.sumThenReset());
        }
    }

    /** Takes {@code redis} or {@code postgresql}. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("redis")) {
            try (var redis = Redis.start()) {
                run("redis: { uri: \"" + redis.uri() + "\" }", redis::stop, redis::restart);
            }
        } else {
            try (var postgresql = Postgresql.start()) {
                run(
                        "postgresql: { url: \"" + postgresql.url() + "\", username: postgres, password: postgres }",
                        postgresql::stop,
                        postgresql::restart);
            }
        }
    }

    private static void run(String store, Runnable stop, Runnable restart) throws Exception {
        var file = PolicyFile.parse("outage.yml", "portcullis:\n  store: { " + store + " }\n" + POLICIES, name -> null);
        var seen = PATHS.stream().map(path -> Seen.nothing()).toList();
        var threads = Executors.newCachedThreadPool();
        try (var one = Gate.builder(file).build();
                var other = Gate.builder(file).build()) {
            for (var gate : List.of(one, other)) {
                for (var i = 0; i < THREADS; i++) {
                    threads.execute(() -> ask(gate, seen));
                }
            }
            for (var second = 1; second <= BEFORE + AWAY + AFTER; second++) {
                TimeUnit.SECONDS.sleep(1);
                var line = new StringBuilder("%3d s".formatted(second));
                for (var i = 0; i < PATHS.size(); i++) {
                    line.append(" | ").append(PATHS.get(i)).append(seen.get(i).taken());
                }
                System.out.println(line);
                if (second == BEFORE) {
                    System.out.println("the store is stopped");
                    stop.run();
                } else if (second == BEFORE + AWAY) {
                    restart.run();
                    System.out.println("the store is started");
                }
            }
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static void ask(Gate gate, List<Seen> seen) {
        while (!Thread.currentThread().isInterrupted()) {
            for (var i = 0; i < PATHS.size(); i++) {
                var view = gate.view(RecordedWire.of("GET", "/" + PATHS.get(i)).from("192.0.2.1"));
                var outcome = gate.engine().evaluate(view);
                outcome.watch()
                        .ended(
                                view,
                                Ending.ANSWERED,
                                outcome instanceof Outcome.Stop stop
                                        ? stop.reply().status()
                                        : 200);
                seen.get(i).count(outcome);
            }
        }
    }
}
