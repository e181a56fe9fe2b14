package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RangesTest {

    private static final String OPEN = "policies: { all: { paths: [/**], public: true } }\n";

    @Test
    void areBoundedEverywhereAndAsConfigured() {
        var many = get("/a").with("Range", "bytes=0-,1-,2-");
        try (var gate = gate(OPEN)) {
            assertThat(outcome(gate, many)).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a").with("Range", "bytes=0-" + ",1-".repeat(10))))
                    .isEqualTo("protocol 416 too-many-ranges");
        }
        try (var gate = gate("protocol: { max-ranges: 2 }\n" + OPEN)) {
            assertThat(outcome(gate, many)).isEqualTo("protocol 416 too-many-ranges");
        }
        assertThatThrownBy(() -> gate("protocol: { max-ranges: 0 }\n" + OPEN).close())
                .hasMessageContaining("protocol.max-ranges");
    }
}
