package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What passing an innocent request allocates. */
class AttackAllocationTest {

    private static final int RUNS = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    @SuppressWarnings("unused") // written so that the measured work is not thrown away
    private static volatile Object sink;

    private final Attacks attacks = Attacks.builder().build();

    private static Request request(String target) {
        return RecordedWire.of("GET", target)
                .with("Host", "shop.example")
                .with("User-Agent", BROWSER)
                .with("Referer", "https://shop.example/orders?page=1")
                .with("Cookie", "session=1f0c9a7e6b2d4c58; theme=dark")
                .view();
    }

    @Test
    void plainValuesAllocateNothing() {
        assertThat(bytesEach(attacks, request("/orders/7?page=2&sort=name&from=2026-11-01")))
                .isLessThan(1.0);
    }

    @Test
    void aValueWithBlanksAllocatesLittle() {
        assertThat(bytesEach(attacks, request("/search?q=blue+shoes+for+children")))
                .isLessThan(2_000);
    }

    /** What a request with six header fields and three parameters allocates beside the request itself. */
    @Test
    void aUsualRequestAllocatesAKilobyteAtMost() {
        var request = RecordedWire.of("GET", "/orders/7/lines?page=2&sort=name,asc&q=blue+shoes+for+children")
                .with("Host", "shop.example")
                .with("User-Agent", BROWSER)
                .with("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .with("Accept-Language", "de-DE,de;q=0.9,en;q=0.7")
                .with("Referer", "https://shop.example/orders?page=1")
                .with("Cookie", "session=1f0c9a7e6b2d4c58; theme=dark")
                .view();

        assertThat(bytesEach(attacks, request)).isLessThanOrEqualTo(1_024);
    }

    @Test
    void oneAllocationARequestIsFoundOut() {
        assertThat(bytesEach(
                        request -> {
                            sink = new Object();
                            return attacks.check(request);
                        },
                        request("/orders/7")))
                .isGreaterThanOrEqualTo(1.0);
    }

    private static double bytesEach(Check check, Request request) {
        run(check, request);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        run(check, request);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) RUNS;
    }

    private static void run(Check check, Request request) {
        for (var i = 0; i < RUNS; i++) {
            sink = check.check(request);
        }
    }
}
