package dev.portcullis.benchmark;

import dev.portcullis.config.ApiKeyHash;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * How a tenant fares while another one floods a service that can do ten things at a time, each of which takes ten milliseconds: alone;
 * alone, while as many requests of the other one are denied elsewhere, which says what they cost a machine that has to read them all; beside
 * the flood; and beside the flood with fair shares. Rounds follow each other in turn; the 95th percentile of the quiet tenant's times is what
 * counts.
 */
public final class FairLoad {

    private static final int PLACES = 10;
    private static final int WORK_MILLIS = 10;
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final int FLOODING = Integer.getInteger("flooding", 64);
    private static final int FLOOD_PAUSE = Integer.getInteger("pause", 25);
    private static final int DENIED_PAUSE = Integer.getInteger("denied-pause", FLOOD_PAUSE);
    private static final int QUIET = 3;
    private static final int QUIET_PAUSE = 20;
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 4));
    private static final String LOUD_KEY = "key-of-the-loud-tenant-0123456789";
    private static final String QUIET_KEY = "key-of-the-quiet-tenant-012345678";
    private static final String POLICY = """
            portcullis:
              clients:
                loud: { api-keys: ["%s"], tenant: loud }
                quiet: { api-keys: ["%s"], tenant: quiet }
              policies:
                fair: { paths: [/fair], authenticate: [api-key], concurrency: { all: { permits: 10, share-by: tenant } } }
                open: { paths: [/open], authenticate: [api-key] }
                away: { paths: [/away], authenticate: [api-key], rate-limits: { none: { permits: 1, per: 1h } } }
            """.formatted(ApiKeyHash.of(LOUD_KEY), ApiKeyHash.of(QUIET_KEY));

    private FairLoad() {}

    /** What became of one tenant's requests in a round: how long those took that were answered with 200, and how many were denied. */
    private record Fared(List<Double> millis, long denied) {}

    /** Runs all of it and prints; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        var file = PolicyFile.parse("fair.yml", POLICY, name -> null);
        try (var service = GatedTomcat.start(Gate.builder(file).build(), new Work(), "/")) {
            measure(service.port());
        }
    }

    private static void measure(int port) throws Exception {
        var alone = new ArrayList<Double>();
        var busy = new ArrayList<Double>();
        var flooded = new ArrayList<Double>();
        var shared = new ArrayList<Double>();
        var denied = new long[2];
        for (var round = -1; round < ROUNDS; round++) {
            var first = round(port, "/fair", "/fair", 0);
            var second = round(port, "/fair", "/away", FLOODING);
            var third = round(port, "/open", "/open", FLOODING);
            var fourth = round(port, "/fair", "/fair", FLOODING);
            if (round >= 0) {
                alone.add(late(first.get(0)));
                busy.add(late(second.get(0)));
                flooded.add(late(third.get(0)));
                shared.add(late(fourth.get(0)));
                denied[0] += fourth.get(0).denied();
                denied[1] += fourth.get(1).denied();
            }
        }
        tell(new Medians(median(alone), median(busy), median(flooded), median(shared)), denied);
    }

    /** The quiet tenant's 95th percentiles, in milliseconds. */
    private record Medians(double alone, double busy, double flooded, double shared) {}

    private static void tell(Medians quiet, long[] denied) {
        System.out.printf(
                Locale.ROOT,
                "the quiet tenant's p95 (median of %d rounds): alone %.1f ms, alone while others are denied elsewhere %.1f ms, beside a"
                        + " flood %.1f ms, with fair shares %.1f ms (%.2f of alone, %.2f of alone while others are denied); denied with fair"
                        + " shares: %d of the quiet, %d of the loud%n",
                ROUNDS,
                quiet.alone,
                quiet.busy,
                quiet.flooded,
                quiet.shared,
                quiet.shared / quiet.alone,
                quiet.shared / quiet.busy,
                denied[0],
                denied[1]);
    }

    /** Something that only so many can do at a time, such as to use a connection of a pool. */
    private static final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // nobody keeps servlets
        private final Semaphore places = new Semaphore(PLACES, true);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            places.acquireUninterruptibly();
            try {
                LockSupport.parkNanos(Duration.ofMillis(WORK_MILLIS).toNanos());
            } finally {
                places.release();
            }
            response.getOutputStream().print("done");
        }
    }

    /** How the quiet tenant fared, and then the loud one. */
    private static List<Fared> round(int port, String path, String loudPath, int flooding) throws Exception {
        var threads = Executors.newFixedThreadPool(QUIET + flooding);
        try {
            var calls = new ArrayList<Callable<Fared>>();
            for (var i = 0; i < QUIET + flooding; i++) {
                var quiet = i < QUIET;
                calls.add(() -> new Asking(port, quiet ? path : loudPath, quiet ? QUIET_KEY : LOUD_KEY)
                        .ask(quiet ? QUIET_PAUSE : FLOOD_PAUSE, quiet ? QUIET_PAUSE : DENIED_PAUSE));
            }
            var fared = new ArrayList<Fared>();
            for (var future : threads.invokeAll(calls)) {
                fared.add(future.get());
            }
            return List.of(together(fared.subList(0, QUIET)), together(fared.subList(QUIET, fared.size())));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Fared together(List<Fared> all) {
        var millis = all.stream().flatMap(one -> one.millis().stream()).sorted().toList();
        return new Fared(millis, all.stream().mapToLong(Fared::denied).sum());
    }

    /** One connection of a tenant. */
    private record Asking(int port, String path, String key) {

        /** Asks for a round, with a pause after what was answered and after what was denied. */
        Fared ask(int pause, int deniedPause) throws IOException {
            var millis = new ArrayList<Double>();
            var denied = 0L;
            try (var line = new KeptLine(port, path, key)) {
                var end = System.nanoTime() + ROUND.toNanos();
                while (System.nanoTime() < end) {
                    var start = System.nanoTime();
                    var passed = line.status() == 200;
                    if (passed) {
                        millis.add((System.nanoTime() - start) / 1e6);
                    } else {
                        denied++;
                    }
                    LockSupport.parkNanos(
                            Duration.ofMillis(passed ? pause : deniedPause).toNanos());
                }
            }
            return new Fared(millis, denied);
        }
    }

    private static double late(Fared fared) {
        return fared.millis().isEmpty()
                ? Double.NaN
                : fared.millis().get(fared.millis().size() * 95 / 100);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
