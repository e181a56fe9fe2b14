package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long things are there. The clock of these gates stands at the beginning of 2026. */
class SunsetTest {

    private static String policy(String more) {
        return "policies: { old: { paths: [/old/**], public: true, " + more + " } }\n";
    }

    @Test
    void saysInAnswersWhenItWillBeOver() {
        var gate = gate(policy(
                "deprecated: 2025-07-01, sunset: '2026-01-01T00:00:01Z', sunset-link: 'https://example.com/move'"));

        assertThat(outcome(gate, get("/old/1"))).isEqualTo("proceed");
        assertThat(header(gate, get("/old/1"), "Deprecation")).isEqualTo("@1751328000");
        assertThat(header(gate, get("/old/1"), "Sunset")).isEqualTo("Thu, 01 Jan 2026 00:00:01 GMT");
        assertThat(header(gate, get("/old/1"), "Link")).isEqualTo("<https://example.com/move>; rel=\"sunset\"");
    }

    @Test
    void isGoneFromThatTimeOn() {
        var clock = HandClock.at("2025-12-31T23:59:59Z");
        var gate = Gate.builder(Gates.file(policy("sunset: 2026-01-01")))
                .clock(clock)
                .build();

        assertThat(outcome(gate, get("/old/1"))).isEqualTo("proceed");
        clock.advance(Duration.ofSeconds(1));
        assertThat(outcome(gate, get("/old/1"))).isEqualTo("old.sunset 410 sunset");
        assertThat(header(gate, get("/old/1"), "Sunset")).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
    }

    @Test
    void onlySaysSoWhereItIsObserved() {
        assertThat(outcome(gate(policy("sunset: 2025-01-01, mode: observe")), get("/old/1")))
                .isEqualTo("proceed");
    }

    @Test
    void holdsTheEarliestOfAllWords() {
        var handler = new Endpoint(
                "Old.get",
                List.of("/old/{id}"),
                Set.of("GET"),
                List.of(new Word.Written(
                        Word.Level.METHOD,
                        "Old.get",
                        Policy.builder()
                                .open()
                                .sunset("2025-02-01", "2027-01-01", null)
                                .build())));
        var gate = gate(policy("deprecated: 2025-03-01, sunset: 2026-06-01"), handler);
        var wire = Gates.to(get("/old/1"), "Old.get");

        assertThat(header(gate, wire, "Sunset")).isEqualTo("Mon, 01 Jun 2026 00:00:00 GMT");
        assertThat(header(gate, wire, "Deprecation")).isEqualTo("@1738368000");
        assertThat(gate.management().reports().routes())
                .filteredOn(route -> route.handler() != null && route.policies().size() == 2)
                .singleElement()
                .satisfies(route -> assertThat(route.sunset())
                        .containsExactly("deprecated: 2025-02-01T00:00:00Z", "sunset: 2026-06-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sunset: soon",
                "deprecated: 2026-13-01",
                "deprecated: 2026-02-01, sunset: 2026-01-01",
                "sunset: 2026-01-01, sunset-link: 'not an address'",
                "sunset-link: 'https://example.com'"
            })
    void stopsTheStartWhenThatMakesNoSense(String line) {
        assertThatThrownBy(() -> gate(policy(line)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(1));
    }
}
