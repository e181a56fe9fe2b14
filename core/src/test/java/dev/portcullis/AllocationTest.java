package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What passing a request through ten stateless rules allocates: nothing. */
class AllocationTest {

    private static final int WARMUP = 50_000;
    private static final int MEASURED = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Request request = RecordedWire.of("GET", "/orders/7?page=2")
            .with("Host", "shop.example")
            .view();

    @Test
    void tenHeadOnlyRulesAllocateNothing() {
        var engine = Engine.of(tenRules(), Listener.NONE);

        assertThat(bytesEach(() -> engine.evaluate(request))).isLessThan(1.0);
    }

    @Test
    void oneAllocationARequestIsFoundOut() {
        var engine = Engine.of(tenRules(), Listener.NONE);

        assertThat(bytesEach(() -> List.of(engine.evaluate(request)))).isGreaterThanOrEqualTo(1.0);
    }

    private static PolicySet tenRules() {
        var rules = IntStream.range(0, 10)
                .mapToObj(i ->
                        Rule.enforce("rule-" + i, seen -> seen.method().length() == i + 100 ? DENY : Verdict.pass()))
                .toList();
        return PolicySet.builder()
                .route("orders", seen -> seen.path().startsWith("/orders"), rules)
                .otherwiseDeny();
    }

    private static final Verdict.Deny DENY = Verdict.deny(Reply.problem(403, "denied"), Verdict.Evidence.of("denied"));

    private static double bytesEach(Supplier<Object> evaluation) {
        run(evaluation, WARMUP);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        run(evaluation, MEASURED);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) MEASURED;
    }

    private static void run(Supplier<Object> evaluation, int times) {
        for (var i = 0; i < times; i++) {
            sink = evaluation.get();
        }
    }

    @SuppressWarnings("unused") // written so that the measured work is not thrown away
    private static volatile Object sink;
}
