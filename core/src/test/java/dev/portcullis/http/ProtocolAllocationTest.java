package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the protocol check allocates for a request that passes: nothing. */
class ProtocolAllocationTest {

    private static final int WARMUP = 20_000;
    private static final int MEASURED = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Request request = RecordedWire.of("POST", "/orders/7%20a?page=2&q=caf%C3%A9+au%20lait")
            .with("Host", "shop.example:8443")
            .with("Content-Type", "application/json")
            .with("Content-Length", "2")
            .with("Accept", "application/json")
            .with("Authorization", "Bearer abc")
            .with("User-Agent", "test")
            .with("X-Forwarded-For", "192.0.2.1")
            .view();

    @Test
    void passingARequestAllocatesNothing() {
        assertThat(Protocol.strict().check(request)).isSameAs(Verdict.pass());
        assertThat(bytesEach(Protocol.strict())).isLessThan(1.0);
    }

    @Test
    void oneAllocationARequestIsFoundOut() {
        Check wasteful = seen -> {
            sink = List.of(seen);
            return Protocol.strict().check(seen);
        };

        assertThat(bytesEach(wasteful)).isGreaterThanOrEqualTo(1.0);
    }

    private double bytesEach(Check check) {
        run(check, WARMUP);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        run(check, MEASURED);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) MEASURED;
    }

    private void run(Check check, int times) {
        for (var i = 0; i < times; i++) {
            sink = check.check(request);
        }
    }

    @SuppressWarnings("unused") // written so that the measured work is not thrown away
    private static volatile Object sink;
}
