package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.CircuitReport;
import dev.portcullis.limit.InFlightReport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyConfigurationTest {

    private static final String TWO =
            "policies: { a: { paths: [/a/**], public: true, concurrency: { all: { permits: 2 } } } }\n";

    @Test
    void holdsALimit() {
        try (var gate = gate(TWO)) {
            var first = begin(gate, get("/a/x"));
            begin(gate, get("/a/y"));
            assertThat(outcome(gate, get("/a/z"))).isEqualTo("a.concurrency.all 503 overloaded");
            end(gate, first, Ending.ABORTED, 0);
            assertThat(outcome(gate, get("/a/z"))).isEqualTo("proceed");
        }
    }

    @Test
    void saysWhatIsANodesOwnWhateverIsShared() {
        var more =
                "policies: { b: { paths: [/b], public: true, circuit-breaker: { mode: observe }, penalty: { deny-at: 50 },"
                        + " concurrency: { each: { permits: 2, by: address } } } }\n";
        try (var gate = gate(more)) {
            assertThat(gate.scopes())
                    .containsExactly("scope=node: nonces, revocations, denials and failed logins,"
                            + " b.circuit-breaker observed, b.concurrency.each, b.penalty");
        }
    }

    @Test
    void aReloadKeepsWhatIsInFlightAndFreesItWhereItWasTaken() {
        try (var gate = gate(TWO)) {
            var first = begin(gate, get("/a/x"));
            var second = begin(gate, get("/a/y"));
            gate.reload(file(CLIENTS + TWO));
            assertThat(outcome(gate, get("/a/z"))).isEqualTo("a.concurrency.all 503 overloaded");
            end(gate, first, Ending.ANSWERED, 200);
            end(gate, second, Ending.ANSWERED, 200);
            assertThat(inFlight(gate)).isZero();
            begin(gate, get("/a/x"));
            begin(gate, get("/a/x"));
            assertThat(outcome(gate, get("/a/z"))).isEqualTo("a.concurrency.all 503 overloaded");
        }
    }

    @Test
    void aLimitThatIsTakenAwayAndPutBackStillKnowsWhatIsInFlight() {
        try (var gate = gate(TWO)) {
            var first = begin(gate, get("/a/x"));
            begin(gate, get("/a/y"));
            gate.reload(file("policies: { a: { paths: [/a/**], public: true } }\n"));
            System.gc();
            gate.reload(file(TWO));
            assertThat(inFlight(gate)).isEqualTo(2);
            end(gate, first, Ending.ANSWERED, 200);
            assertThat(inFlight(gate)).isEqualTo(1);
        }
    }

    @Test
    void anObservedLimitChangesNothing() {
        try (var gate = gate(TWO.replace("permits: 2", "permits: 1, mode: observe"))) {
            IntStream.range(0, 5)
                    .forEach(i -> assertThat(outcome(gate, get("/a/x"))).isEqualTo("proceed"));
            assertThat(gate.concurrency().limits())
                    .singleElement()
                    .isEqualTo(new InFlightReport("a.concurrency.all", true, "", 1, 1, 0, 4, 0));
        }
    }

    @Test
    void theWholeServiceHasLimitsToo() {
        var yaml = "concurrency: { service: { permits: 1, exempt: [/health] } }\n"
                + "policies: { a: { paths: [/a], public: true }, h: { paths: [/health], public: true } }\n";
        try (var gate = gate(yaml)) {
            begin(gate, get("/a"));
            assertThat(outcome(gate, get("/a"))).isEqualTo("concurrency.service 503 overloaded");
            assertThat(outcome(gate, get("/nobody/knows"))).isEqualTo("concurrency.service 503 overloaded");
            assertThat(outcome(gate, get("/health"))).isEqualTo("proceed");
        }
    }

    @Test
    void nobodyIsCountedBeforeHeIsKnown() {
        var yaml = CLIENTS + "policies: { a: { paths: [/a], authenticate: [api-key],"
                + " concurrency: { each: { permits: 1, by: client } } } }\n";
        try (var gate = gate(yaml)) {
            begin(gate, keyed(get("/a")));
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.authentication 401 authentication-required");
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("a.concurrency.each 429 concurrency-limited");
        }
    }

    @Test
    void prioritiesGoByPathAndByCaller() {
        var yaml = CLIENTS + "policies: { a: { paths: [/a/**], authenticate: [api-key], concurrency: { all: {"
                + " permits: 4, priorities: { batch: { share: 50%, paths: [/a/batch/**], kinds: [client] } } } } } }\n";
        try (var gate = gate(yaml)) {
            begin(gate, keyed(get("/a/batch/1")));
            begin(gate, keyed(get("/a/batch/2")));
            assertThat(outcome(gate, keyed(get("/a/batch/3")))).isEqualTo("a.concurrency.all 503 overloaded");
            assertThat(outcome(gate, keyed(get("/a/page")))).isEqualTo("proceed");
        }
    }

    @Test
    void aCircuitOpensAndIsReported() {
        var yaml = "policies: { a: { paths: [/a], public: true, circuit-breaker: { min-requests: 3 } } }\n";
        try (var gate = gate(yaml)) {
            for (var i = 0; i < 3; i++) {
                end(gate, begin(gate, get("/a")), Ending.FAILED, 500);
            }
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.circuit-breaker 503 circuit-open");
            assertThat(gate.concurrency().circuits())
                    .extracting(CircuitReport::state)
                    .containsExactly(CircuitReport.State.OPEN);
        }
    }

    @Test
    void itsNumbersAreMetrics() {
        var yaml = TWO.replace("permits: 2", "permits: 2, by: route")
                .replace("} } } }", "} }, circuit-breaker: { min-requests: 1 } } }");
        try (var gate = gate(yaml)) {
            end(gate, begin(gate, get("/a/x")), Ending.FAILED, 500);
            assertThat(gate.management().numbers())
                    .filteredOn(sample -> sample.labels().containsValue("a.concurrency.all")
                            || sample.labels().containsValue("a.circuit-breaker"))
                    .filteredOn(sample -> sample.labels().containsKey("route"))
                    .extracting(sample -> sample.name() + " " + sample.value())
                    .contains(
                            "portcullis_in_flight 0.0",
                            "portcullis_in_flight_limit 2.0",
                            "portcullis_in_flight_denied_total 0.0",
                            "portcullis_circuit_state 1.0",
                            "portcullis_circuit_opened_total 1.0");
        }
    }

    @Test
    void theGatesOwnDenialsDoNotOpenACircuit() {
        var yaml = "policies: { a: { paths: [/a], public: true, circuit-breaker: { min-requests: 1 },"
                + " concurrency: { all: { permits: 1 } } } }\n";
        try (var gate = gate(yaml)) {
            begin(gate, get("/a"));
            for (var i = 0; i < 5; i++) {
                end(gate, begin(gate, get("/a")), Ending.ANSWERED, 503);
            }
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.concurrency.all 503 overloaded");
        }
    }

    @Test
    void allMistakesAreToldAtOnce() {
        var yaml = "concurrency: { service: { permits: 1, by: client } }\n"
                + "policies: { a: { paths: [/a], public: true, concurrency: {"
                + " none: {}, zero: { permits: 0 }, odd: { permits: 1, by: moon },"
                + " low: { permits: 2, adaptive: { floor: 3 } }, mine: { permits: 2, by: client, share-by: tenant },"
                + " all: { permits: 2, priorities: { batch: { share: 150% } }, exempt: [health] } },"
                + " circuit-breaker: { window: 1ms, failure-rate: 0.5 } } }\n";
        assertThatThrownBy(() -> gate(yaml).close())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::key)
                                .contains(
                                        "concurrency.service.by",
                                        "policies.a.concurrency.none.permits",
                                        "policies.a.concurrency.zero.permits",
                                        "policies.a.concurrency.odd.by",
                                        "policies.a.concurrency.low",
                                        "policies.a.concurrency.mine",
                                        "policies.a.concurrency.all.priorities.batch",
                                        "policies.a.concurrency.all.priorities.batch.share",
                                        "policies.a.concurrency.all.exempt[0]",
                                        "policies.a.circuit-breaker.failure-rate"));
    }

    private static Outcome begin(Gate gate, RecordedWire wire) {
        return gate.engine().evaluate(gate.view(wire));
    }

    private static void end(Gate gate, Outcome outcome, Ending ending, int status) {
        outcome.watch().ended(gate.view(get("/a")), ending, status);
    }

    private static int inFlight(Gate gate) {
        return gate.concurrency().limits().get(0).inFlight();
    }
}
