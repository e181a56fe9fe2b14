package dev.portcullis.benchmark;

import com.sun.management.ThreadMXBean;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the filter costs by itself, with all six checks and a verified token: nanoseconds of the thread's CPU and bytes allocated for
 * each request, beside the same request of Tomcat's without the filter. Everything is warm, as it never is in a service; with {@code -Dcold=6} that
 * many megabytes of other memory are read between two requests, as others do while a service waits for its next.
 */
public final class GateAlone {

    private static final int ROUNDS = 400;
    private static final int REQUESTS = 500;
    private static final int COLD_REQUESTS = 6_000;
    private static final int CACHE_LINE = 64;
    private static final byte[] OTHERS = new byte[Integer.getInteger("cold", 0) << 20];
    private static final int TOKEN_SECONDS = 7_200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private GateAlone() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException, ServletException {
        try (var provider = IdentityProvider.start(Clock.systemUTC());
                var gate = Gate.builder(PolicyFile.parse(
                                "benchmark.yml", ServedOrders.POLICY.formatted(provider.issuer()), name -> null))
                        .build()) {
            var token = provider.token()
                    .subject("alice")
                    .scope("orders:read")
                    .expiresIn(Duration.ofSeconds(TOKEN_SECONDS))
                    .sign();
            var exchange = new TomcatExchange(GateCost.request(token));
            var filter = new PortcullisFilter(gate, Routes.UNKNOWN);
            FilterChain chain = (request, response) -> passed++;
            measure(exchange, filter, chain);
            if (OTHERS.length > 0) {
                measureCold(exchange, filter, chain);
            }
        }
    }

    private static void measureCold(TomcatExchange exchange, PortcullisFilter filter, FilterChain chain)
            throws IOException, ServletException {
        var took = new double[COLD_REQUESTS];
        for (var i = 0; i < took.length; i++) {
            exchange.begin();
            for (var at = 0; at < OTHERS.length; at += CACHE_LINE) {
                OTHERS[at]++;
            }
            var before = System.nanoTime();
            filter.doFilter(exchange.request(), exchange.response(), chain);
            took[i] = System.nanoTime() - before;
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT, "when %d MB were read before: %.0f ns%n", OTHERS.length >> 20, took[COLD_REQUESTS / 5]);
    }

    private static void measure(TomcatExchange exchange, PortcullisFilter filter, FilterChain chain)
            throws IOException, ServletException {
        var with = new double[ROUNDS];
        var without = new double[ROUNDS];
        var bytes = 0.0;
        for (var i = 0; i < ROUNDS; i++) {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            without[i] = nanos(exchange, null, chain);
            var between = THREADS.getCurrentThreadAllocatedBytes();
            with[i] = nanos(exchange, filter, chain);
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - between - (between - before)) / (double) REQUESTS;
        }
        if (passed != 2L * ROUNDS * REQUESTS) {
            throw new IllegalStateException("the gate denied: " + passed);
        }
        System.out.printf(
                Locale.ROOT,
                "the filter alone: %.0f ns and %.0f bytes a request (%.0f ns the container's part)%n",
                quick(with) - quick(without),
                bytes,
                quick(without));
    }

    private static double nanos(TomcatExchange exchange, @Nullable PortcullisFilter filter, FilterChain chain)
            throws IOException, ServletException {
        var before = THREADS.getCurrentThreadCpuTime();
        for (var i = 0; i < REQUESTS; i++) {
            exchange.begin();
            if (filter == null) {
                chain.doFilter(exchange.request(), exchange.response());
            } else {
                filter.doFilter(exchange.request(), exchange.response(), chain);
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - before) / (double) REQUESTS;
    }

    /** A quick round of the second half, when everything is compiled: what others do on the machine only makes rounds slower. */
    private static double quick(double[] rounds) {
        var warm = Arrays.copyOfRange(rounds, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        return warm[warm.length / 10];
    }

    private static long passed;
}
