package dev.portcullis.benchmark;

import dev.portcullis.Check;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The engine's loop over ten stateless rules, beside ten bare calls of the same checks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {

    private static final Verdict.Deny DENY = Verdict.deny(Reply.problem(403, "denied"), Verdict.Evidence.of("denied"));

    private final Request request =
            RecordedWire.of("GET", "/orders/7").with("Host", "shop.example").view();
    private Check[] checks = {};
    private Engine engine = Engine.of(PolicySet.builder().otherwiseDeny(), Listener.NONE);

    private record LongMethod(int length) implements Check {
        @Override
        public Verdict check(Request asked) {
            return asked.method().length() > length ? DENY : Verdict.pass();
        }
    }

    private record LongPath(int length) implements Check {
        @Override
        public Verdict check(Request asked) {
            return asked.path().length() > length ? DENY : Verdict.pass();
        }
    }

    private record NoHost(String field) implements Check {
        @Override
        public Verdict check(Request asked) {
            return asked.header(field) == null ? DENY : Verdict.pass();
        }
    }

    /** Builds the checks and an engine that asks them. */
    @Setup
    public void build() {
        checks = IntStream.range(0, 10).mapToObj(EngineBenchmark::check).toArray(Check[]::new);
        var rules = IntStream.range(0, checks.length)
                .mapToObj(i -> Rule.enforce("rule-" + i, checks[i]))
                .toList();
        var set = PolicySet.builder().route("all", asked -> true, rules).otherwiseDeny();
        engine = Engine.of(set, Listener.NONE);
    }

    private static Check check(int number) {
        return List.<Check>of(new LongMethod(100 + number), new LongPath(1000 + number), new NoHost("Host"))
                .get(number % 3);
    }

    /** Ten calls through the interface and nothing else. */
    @Benchmark
    public int bare() {
        var passed = 0;
        for (var check : checks) {
            passed += check.check(request) instanceof Verdict.Pass ? 1 : 0;
        }
        return passed;
    }

    /** The engine over the same ten. */
    @Benchmark
    public Object engine() {
        return engine.evaluate(request);
    }
}
