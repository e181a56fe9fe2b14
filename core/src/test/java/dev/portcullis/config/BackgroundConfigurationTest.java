package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.noting;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.attack.BackgroundDetector;
import dev.portcullis.attack.Sighting;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Until;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Detectors of the application's own, through the whole gate. */
class BackgroundConfigurationTest {

    private static final String YAML = "policies: { a: { paths: [/**], public: true, penalty: { deny-at: 30 },"
            + " attacks: { background: { rate: 100%, time-out: 50s } } } }";

    private final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();

    /** Finds a word in paths. */
    private record Finds(String word) implements BackgroundDetector {

        @Override
        public String id() {
            return "finds-" + word;
        }

        @Override
        public int look(Sighting sighting) {
            return sighting.path().contains(word) ? 90 : 0;
        }
    }

    private GateBuilder builder(String yaml) {
        return Gate.builder(file(yaml))
                .clock(HandClock.at("2026-01-01T00:00:00Z"))
                .listener(noting(changes));
    }

    private void awaitChange() {
        Until.holds(() -> assertThat(changes).isNotEmpty());
    }

    @Test
    void whatIsFoundCountsAgainstTheCallerAndIsTold() {
        try (var gate = builder(YAML).detector(new Finds("odd")).build()) {
            assertThat(outcome(gate, get("/odd"))).isEqualTo("proceed");
            awaitChange();

            assertThat(changes).singleElement().satisfies(change -> {
                assertThat(change.what()).isEqualTo("detected");
                assertThat(change.details())
                        .containsEntry("detector", "finds-odd")
                        .containsEntry("score", "90")
                        .containsEntry("mode", "enforce");
            });
            assertThat(outcome(gate, get("/even"))).isEqualTo("a.penalty 429 penalized");
            assertThat(gate.management().numbers().toString()).contains("portcullis_background_inspected_percent");
        }
    }

    @Test
    void whatAnObservedPolicyFindsCountsForNobody() {
        try (var gate = builder(YAML.replace("background", "mode: observe, background"))
                .detector(new Finds("odd"))
                .build()) {
            assertThat(outcome(gate, get("/odd"))).isEqualTo("proceed");
            awaitChange();

            assertThat(changes.peek().details()).containsEntry("mode", "observe");
            assertThat(outcome(gate, get("/even"))).isEqualTo("proceed");
        }
    }

    @Test
    void aPolicyWithoutADetectorIsAMistake() {
        assertThatThrownBy(() -> builder(YAML).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("policies.a.attacks.background")
                .hasMessageContaining("there is no detector to look");
        builder(YAML).unknownHandlers().build().close();
    }

    @Test
    void everyMistakeIsTold() {
        for (var wrong : new String[] {"rate: 0", "rate: 101%", "rate: x", "per-second: 0", "time-out: 2h"}) {
            assertThatThrownBy(() -> builder(YAML.replace("rate: 100%, time-out: 50s", wrong))
                            .detector(new Finds("odd"))
                            .build())
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class);
        }
    }
}
