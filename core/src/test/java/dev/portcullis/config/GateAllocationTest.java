package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Outcome;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a request allocates on its way through compiled head-only rules: nothing, once its view is made. */
class GateAllocationTest {

    private static final int TURNS = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String YAML = """
            policies:
              one: { paths: [/one/**], methods: [GET], public: true }
              two: { paths: ["/two/{id}", "/two/{id}/lines"], public: true }
              three: { paths: ["/three/{id}/lines/{line}"], ip: { allow: [192.0.2.0/24, "2001:db8::/32"], deny: [192.0.2.7] } }
              rest: { paths: [/**], public: true }
            """;

    @Test
    void findingTheRouteAndAskingItsRulesAllocatesNothing() {
        try (var gate = Gates.gate(YAML)) {
            var view = gate.view(Gates.get("/three/7/lines/8").from("192.0.2.1"));
            assertThat(gate.engine().evaluate(view)).isInstanceOf(Outcome.Proceed.class);
            assertThat(bytesEach(() -> gate.engine().evaluate(view))).isLessThan(1.0);
        }
    }

    @Test
    void penaltiesOfWhoBehavesAllocateNothing() {
        try (var gate = Gates.gate("policies: { a: { paths: [/**], public: true, penalty: { deny-at: 100 } } }")) {
            var view = gate.view(Gates.get("/three").from("192.0.2.1"));
            assertThat(bytesEach(() -> gate.engine().evaluate(view))).isLessThan(1.0);
        }
    }

    @Test
    void theRuleBeforeAuthenticationAllocatesNothingForWhoNeverFailed() {
        var policy = Gates.CLIENTS + "policies: { a: { paths: [/**], authenticate: [api-key] } }\n";
        try (var with = Gates.gate(policy);
                var without = Gates.gate("brute-force: { enabled: false }\n" + policy)) {
            var view = with.view(Gates.keyed(Gates.get("/three")).from("192.0.2.1"));
            var more = bytesEach(() -> with.engine().evaluate(view))
                    - bytesEach(() -> without.engine().evaluate(view));
            assertThat(more).isLessThan(1.0);
        }
    }

    @Test
    void aBodyThatNoRuleReadsAllocatesNothing() {
        try (var gate = Gates.gate("policies: { a: { paths: [/**], public: true, ip: { deny: [192.0.2.7] } } }")) {
            var more = bytesForABody(gate, 10_000_000) - bytesForABody(gate, 1);
            assertThat(more).isLessThan(1.0);
        }
    }

    @Test
    void aBodyThatARuleReadsIsFoundOut() {
        try (var gate = Gates.gate("policies: { a: { paths: [/**], public: true, attacks: { level: balanced } } }")) {
            var more = bytesForABody(gate, 1_000) - bytesForABody(gate, 3);
            assertThat(more).isGreaterThan(900);
        }
    }

    private static double bytesForABody(Gate gate, int length) {
        var wire = RecordedWire.of("POST", "/a")
                .from("192.0.2.1")
                .with("Host", "shop.example.com")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(length))
                .body("\"" + "x".repeat(Math.max(0, length - 2)) + "\"");
        return bytesEach(() -> gate.engine().evaluate(gate.view(wire)));
    }

    @Test
    void oneAllocationARequestIsFoundOut() {
        try (var gate = Gates.gate(YAML)) {
            var view = gate.view(Gates.get("/three/7/lines/8").from("192.0.2.1"));
            assertThat(bytesEach(() -> new Object[] {gate.engine().evaluate(view)}))
                    .isGreaterThanOrEqualTo(1.0);
        }
    }

    private static double bytesEach(Supplier<Object> evaluation) {
        run(evaluation);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        run(evaluation);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) TURNS;
    }

    private static void run(Supplier<Object> evaluation) {
        for (var i = 0; i < TURNS; i++) {
            sink = evaluation.get();
        }
    }

    @SuppressWarnings("unused") // written so that the measured work is not thrown away
    private static volatile Object sink;
}
