package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.store.Ledger;
import dev.portcullis.store.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenialCacheTest extends DeniedGate {

    private static final String NOBODY_CAN_TELL = "503 could-not-tell";

    @TempDir
    Path folder;

    /** A ledger of which nobody hears. */
    private static final class Away implements Ledger {

        @Override
        public boolean putIfAbsent(String space, String key, String value, Instant until) {
            throw new LedgerUnavailable("away", null);
        }

        @Override
        public Changes changes(String space, long since) {
            throw new LedgerUnavailable("away", null);
        }

        @Override
        public void close() {}
    }

    private String cached() {
        return "denials: { cache: \"file:" + folder.resolve("known.json") + "\" }\n";
    }

    private Gate started(String yaml) {
        var gate = Gate.builder(file(CLIENTS + POLICIES + yaml))
                .clock(clock)
                .ledger(new Away())
                .build();
        var unused = gate.prepare();
        return gate;
    }

    private void runsWhileTheLedgerIsThere(boolean denying) {
        try (var gate = gate(cached())) {
            if (denying) {
                deny(gate, "client", "acme");
            }
            gate.prepare().join();
        }
    }

    @Test
    void letsANodeStartWhileTheLedgerIsAway() {
        runsWhileTheLedgerIsThere(false);
        clock.advance(Duration.ofMinutes(4));

        try (var gate = started(cached())) {
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }

    @Test
    void deniesWhatWasDeniedBefore() {
        runsWhileTheLedgerIsThere(true);
        clock.advance(Duration.ofMinutes(4));

        try (var gate = started(cached())) {
            assertThat(outcome(gate, keyed(get("/api/a")))).contains(" 403 ");
        }
    }

    @Test
    void isAsOldAsWhatItHolds() {
        runsWhileTheLedgerIsThere(false);
        clock.advance(Duration.ofMinutes(6));

        try (var gate = started(cached())) {
            assertThat(outcome(gate, keyed(get("/api/a")))).endsWith(NOBODY_CAN_TELL);
        }
    }

    @Test
    void ofTheFutureSaysNothing() {
        runsWhileTheLedgerIsThere(false);
        clock.advance(Duration.ofMinutes(-1));

        try (var gate = started(cached())) {
            assertThat(outcome(gate, keyed(get("/api/a")))).endsWith(NOBODY_CAN_TELL);
        }
    }

    @Test
    void thatIsNoneSaysNothing() throws IOException {
        for (var text : new String[] {
            "", "{", "5", "{\"told\":\"soon\"}", "{\"told\":\"2026-01-01T00:00:00Z\",\"denials\":[{\"id\":\"a\"}]}"
        }) {
            Files.writeString(folder.resolve("known.json"), text);
            try (var gate = started(cached())) {
                assertThat(outcome(gate, keyed(get("/api/a")))).as(text).endsWith(NOBODY_CAN_TELL);
            }
        }
    }

    @Test
    void nobodyKnowsAnythingWithoutOne() {
        try (var gate = started("")) {
            assertThat(outcome(gate, keyed(get("/api/a")))).endsWith(NOBODY_CAN_TELL);
        }
    }
}
