package dev.portcullis.benchmark;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.Adaptation;
import dev.portcullis.limit.Circuit;
import dev.portcullis.limit.Concurrency;
import dev.portcullis.limit.InFlight;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Priorities;
import dev.portcullis.limit.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Letting a request through a limit of what is in flight until it ends, beside denying it, and beside a rate limit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InFlightBenchmark {

    private static final LimitKey GLOBAL = LimitKey.parse(List.of("global"));
    private static final LimitKey ADDRESS = LimitKey.parse(List.of("address"));
    private static final Clock CLOCK = Clock.systemUTC();

    private final Request request =
            RecordedWire.of("GET", "/").from("192.0.2.1").view();
    private final Check service = limit(InFlight.of(100, GLOBAL));
    private final Check caller = limit(InFlight.of(100, ADDRESS));
    private final Check fair = limit(new InFlight(100, GLOBAL, ADDRESS, null, Priorities.NONE, any -> false));
    private final Check adaptive = limit(new InFlight(
            100, GLOBAL, null, new Adaptation(50, 2, Duration.ofSeconds(1)), Priorities.NONE, any -> false));
    private final Check serviceFull = full(limit(InFlight.of(1, GLOBAL)));
    private final Check callerFull = full(limit(InFlight.of(1, ADDRESS)));
    private final Check fairFull = full(limit(new InFlight(2, GLOBAL, ADDRESS, null, Priorities.NONE, any -> false)));
    private final Check circuit = Concurrency.of(CLOCK, 1000)
            .rules()
            .breaker("c", false, new Circuit(50, 10, Duration.ofSeconds(10), Duration.ofSeconds(10), 3, GLOBAL));
    private final Check circuitOpen = open(Concurrency.of(CLOCK, 1000)
            .rules()
            .breaker("c", false, new Circuit(1, 1, Duration.ofSeconds(10), Duration.ofHours(1), 3, GLOBAL)));
    private final Check rate = Meters.of(CLOCK, 1000)
            .limit("r", List.of(new Window("r", 1_000_000_000, Duration.ofSeconds(1), false)), ADDRESS);

    private static Check limit(InFlight settings) {
        return Concurrency.of(CLOCK, 1000).rules().limit("l", false, settings);
    }

    private Check full(Check check) {
        check.check(request);
        return check;
    }

    private Check open(Check check) {
        ((Verdict.Pass) check.check(request)).watch().ended(request, Ending.FAILED, 500);
        return check;
    }

    private Verdict exchange(Check check) {
        var verdict = check.check(request);
        ((Verdict.Pass) verdict).watch().ended(request, Ending.ANSWERED, 200);
        return verdict;
    }

    /** Through a limit of the service and out again. */
    @Benchmark
    public Verdict service() {
        return exchange(service);
    }

    /** Denied by it. */
    @Benchmark
    public Verdict serviceDenies() {
        return serviceFull.check(request);
    }

    /** Through a limit by address and out again. */
    @Benchmark
    public Verdict caller() {
        return exchange(caller);
    }

    /** Denied by it. */
    @Benchmark
    public Verdict callerDenies() {
        return callerFull.check(request);
    }

    /** Through a limit with shares and out again. */
    @Benchmark
    public Verdict fair() {
        return exchange(fair);
    }

    /** Denied by it. */
    @Benchmark
    public Verdict fairDenies() {
        return fairFull.check(request);
    }

    /** Through a limit that adapts and out again. */
    @Benchmark
    public Verdict adaptive() {
        return exchange(adaptive);
    }

    /** Through a closed circuit and out again. */
    @Benchmark
    public Verdict circuit() {
        return exchange(circuit);
    }

    /** Denied by an open one. */
    @Benchmark
    public Verdict circuitDenies() {
        return circuitOpen.check(request);
    }

    /** Through a rate limit by address. */
    @Benchmark
    public Verdict rate() {
        return rate.check(request);
    }
}
