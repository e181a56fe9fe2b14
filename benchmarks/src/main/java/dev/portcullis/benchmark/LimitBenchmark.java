package dev.portcullis.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Window;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A limit by client over 10 000 clients, with its key and all that clients are told, beside a bare bucket in a cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitBenchmark {

    private static final int CLIENTS = 10_000;
    private static final int CALLERS = 1 << 12;
    private static final long PERMITS = 1_000_000_000;

    private final List<Request> requests = new ArrayList<>();
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(CLIENTS * 10).build();
    private Check one = request -> Verdict.pass();
    private Check four = one;
    private Check denying = one;
    private Check address = one;
    private int next;

    /** Draws the callers. */
    @Setup
    public void build() {
        var meters = Meters.of(Clock.systemUTC(), CLIENTS * 10);
        one = limit(meters, "client", window("hour", PERMITS, 3600));
        address = limit(meters, "address", window("hours", PERMITS, 3600));
        denying = limit(meters, "client", window("year", 1, 366 * 86_400));
        four = limit(
                meters,
                "client",
                window("second", PERMITS, 1),
                window("minute", PERMITS, 60),
                window("hours", PERMITS, 3600),
                window("day", PERMITS, 86_400));
        var random = new SplittableRandom(7);
        for (var i = 0; i < CALLERS; i++) {
            var name = "client-" + random.nextInt(CLIENTS);
            requests.add(identified(name, random.nextInt(1 << 24)));
            denying.check(requests.get(i));
        }
    }

    private static Window window(String name, long permits, long seconds) {
        return new Window(name, permits, Duration.ofSeconds(seconds), false);
    }

    private static Check limit(Meters meters, String by, Window... windows) {
        return meters.limit(
                "limit-" + windows[0].name() + windows.length, List.of(windows), LimitKey.parse(List.of(by)));
    }

    /** A request as a rule sees it after authentication. */
    private static Request identified(String name, int address) {
        var caller = new Principal(
                name, Principal.Kind.CLIENT, "clients", name, null, null, Set.of(), Set.of(), Map.of(), "api-key");
        var seen = new ArrayList<Request>();
        var set = PolicySet.builder()
                .first(Rule.enforce("who", any -> Verdict.Pass.identifying(caller)), Rule.enforce("then", request -> {
                    seen.add(request);
                    return Verdict.pass();
                }))
                .otherwiseProceed();
        var wire = RecordedWire.of("GET", "/orders")
                .from("10." + (address >> 16) + "." + (address >> 8 & 255) + "." + (address & 255));
        Engine.of(set, Listener.NONE).evaluate(wire.view());
        return seen.get(0);
    }

    private int next() {
        next = next + 1 & CALLERS - 1;
        return next;
    }

    /** One window. */
    @Benchmark
    public Verdict one() {
        return one.check(requests.get(next()));
    }

    /** Four windows of one key. */
    @Benchmark
    public Verdict four() {
        return four.check(requests.get(next()));
    }

    /** One window that is used up. */
    @Benchmark
    public Verdict denied() {
        return denying.check(requests.get(next()));
    }

    /** One window by address. */
    @Benchmark
    public Verdict byAddress() {
        return address.check(requests.get(next()));
    }

    /** A bucket of one window in a cache, which tells nobody. */
    @Benchmark
    public ConsumptionProbe bucket() {
        var caller = Objects.requireNonNull(requests.get(next()).principal());
        return Objects.requireNonNull(buckets.get(caller.client(), name -> fresh()))
                .tryConsumeAndReturnRemaining(1);
    }

    private static Bucket fresh() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(PERMITS).refillIntervally(PERMITS, Duration.ofHours(1)))
                .build();
    }
}
