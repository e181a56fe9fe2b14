package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.noting;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.fixture.HandClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Going back to the policies of before the last change. */
class RollbackTest {

    private static final String BEFORE =
            "policies: { a: { paths: [/a], public: true, rate-limits: { w: { permits: 5, per: 1h, by: global } } } }\n";
    private static final String AFTER = BEFORE.replace("permits: 5", "permits: 1");

    private final List<Change> changes = new ArrayList<>();

    private Gate gate() {
        return Gate.builder(file(BEFORE))
                .clock(HandClock.at("2026-06-01T10:00:00Z"))
                .listener(noting(changes))
                .build();
    }

    private static String digest(Gate gate) {
        return gate.management().reports().status().digest();
    }

    @Test
    void goesBackInOneCallAndForwardInAnother() {
        try (var gate = gate()) {
            var first = digest(gate);
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            gate.reload(file(AFTER), "deploy");
            var second = digest(gate);
            assertThat(outcome(gate, get("/a"))).endsWith("429 rate-limited");

            assertThat(gate.management().rollback("too low", "olga").digest()).isEqualTo(first);
            assertThat(outcome(gate, get("/a")))
                    .as("four fifths were left, and are again")
                    .isEqualTo("proceed");
            var told = changes.get(changes.size() - 1);
            assertThat(told.what()).isEqualTo("policy-rolled-back");
            assertThat(told.by()).isEqualTo("olga");
            assertThat(told.details())
                    .containsEntry("reason", "too low")
                    .containsEntry("from", second)
                    .containsEntry("to", first);

            assertThat(gate.management().rollback("not that", "olga").digest()).isEqualTo(second);
        }
    }

    @Test
    void aPolicyThatWasRefusedIsNeverWhatIsGoneBackTo() {
        try (var gate = gate()) {
            var first = digest(gate);
            gate.reload(file(AFTER), "deploy");
            assertThatThrownBy(() -> gate.reload(file("mode: nonsense\n"), "deploy"))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(gate.management().rollback("bad", "olga").digest()).isEqualTo(first);
        }
    }

    @Test
    void readingTheSameFileOnceMoreIsNoChangeToGoBackTo() {
        try (var gate = gate()) {
            var first = digest(gate);
            gate.reload(file(AFTER), "deploy");
            gate.reload(file(AFTER), "deploy");
            assertThat(gate.management().rollback("bad", "olga").digest()).isEqualTo(first);
        }
    }

    @Test
    void saysThatThereIsNothingToGoBackToAndDemandsAReason() {
        try (var gate = gate()) {
            assertThatThrownBy(() -> gate.management().rollback("bad", "olga"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no other configuration before");
            gate.reload(file(AFTER), "deploy");
            assertThatThrownBy(() -> gate.management().rollback(" ", "olga"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLimitBelowWhatRequestsHaveUsedIsSaidSo() {
        var hundred = BEFORE.replace("permits: 5", "permits: 10000");
        try (var gate = gate()) {
            gate.reload(file(hundred), "deploy");
            for (var i = 0; i < 4000; i++) {
                outcome(gate, get("/a"));
            }
            changes.clear();
            gate.reload(file(hundred.replace("10000", "9000")), "deploy");
            gate.reload(file(hundred.replace("10000", "2000")), "deploy");
            gate.reload(file(hundred.replace("10000", "2000") + "# again\n"), "deploy");
            assertThat(changes).hasSize(3);
            assertThat(changes.get(0).details()).doesNotContainKey("too-low");
            assertThat(changes.get(1).details().get("too-low"))
                    .contains("a.rate-limit.w `w`: permits: 2000,")
                    .containsPattern("about [45][0-9] %");
            assertThat(changes.get(2).details()).doesNotContainKey("too-low");
        }
    }
}
