package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a token costs that was verified before. */
class RememberedTokenCostTest {

    private static final int ROUNDS = 2_000;

    /** Twice the token's text, for the cut and for its bytes, and the digest. A parse takes fifty times as much. */
    private static final long MOST_BYTES = 4_096;

    @Test
    void readsNoTokenTwice() {
        try (var bench = new Bench()) {
            var jwt = Jwt.of(List.of(bench.issuer().build()), bench.rings);
            var check = Authentication.required(List.of(jwt));
            var request = RecordedWire.of("GET", "/orders")
                    .with("Authorization", "Bearer " + bench.provider.token("orders:read"))
                    .view();
            var first = check.check(request);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            repeat(check, request, first);
            var before = threads.getCurrentThreadAllocatedBytes();
            repeat(check, request, first);
            var perRequest = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
            assertThat(perRequest).isLessThan(MOST_BYTES);
            assertThat(jwt.memory().known()).isEqualTo(2 * ROUNDS);
            assertThat(jwt.memory().unknown()).isEqualTo(1);
        }
    }

    private static void repeat(Authentication check, Request request, Verdict first) {
        for (var i = 0; i < ROUNDS; i++) {
            if (check.check(request) != first) {
                throw new AssertionError("not the verdict that was made for the first");
            }
        }
    }
}
