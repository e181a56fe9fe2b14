package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Target;
import dev.portcullis.denial.Target.What;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** A store that comes back, and has what another has. */
    private static final class Returning implements Ledger {

        private final Ledger there;
        private volatile boolean away = true;

        Returning(Ledger there) {
            this.there = there;
        }

        @Override
        public boolean putIfAbsent(String space, String key, String value, Instant until) {
            return there.putIfAbsent(space, key, value, until);
        }

        @Override
        public Changes changes(String space, long since) {
            if (away) {
                throw new LedgerUnavailable("away", null);
            }
            return there.changes(space, since);
        }

        @Override
        public void close() {}
    }

    /** What a call comes to while the store is away, and when it is there again. */
    private List<String> outcomesAround(Ledger store) {
        var returning = new Returning(store);
        try (var gate = Gate.builder(file(CLIENTS + POLICIES + cached()))
                .clock(clock)
                .ledger(returning)
                .build()) {
            gate.prepare().join();
            var away = outcome(gate, keyed(get("/api/a")));
            returning.away = false;
            gate.prepare().join();
            return List.of(away, outcome(gate, keyed(get("/api/a"))));
        }
    }

    @Test
    void holdsNoLongerWhatTheStoreHasNotOnceThatIsThereAgain() {
        runsWhileTheLedgerIsThere(true);

        var outcomes = outcomesAround(Ledger.memory(clock, 10));

        assertThat(outcomes.get(0)).contains(" 403 ");
        assertThat(outcomes.get(1)).isEqualTo("proceed");
    }

    @Test
    void holdsWhatTheStoreStillHas() {
        runsWhileTheLedgerIsThere(true);

        assertThat(outcomesAround(ledger))
                .allSatisfy(outcome -> assertThat(outcome).contains(" 403 "));
    }

    @Test
    void holdsOverARestartWhereThereIsNoStore() {
        var yaml = CLIENTS + POLICIES + cached();
        try (var gate = Gate.builder(file(yaml)).clock(clock).build()) {
            gate.prepare().join();
            deny(gate, "client", "acme");
        }

        try (var gate = Gate.builder(file(yaml)).clock(clock).build()) {
            gate.prepare().join();
            assertThat(outcome(gate, keyed(get("/api/a")))).contains(" 403 ");
        }
    }

    @Test
    void isWrittenAtMostOnceInAWhileHoweverMuchIsDenied() throws IOException {
        var path = folder.resolve("known.json");
        var list = DenyList.of(ledger, clock, unused -> address -> false);
        var cache = new DenialCache(path, Duration.ofMinutes(5));
        list.refresh();
        cache.keep(list);

        list.deny(Target.revoked(What.SUBJECT, "alice"), "stolen", "ops", Duration.ofHours(1));
        clock.advance(DenialCache.APART.minusMillis(1));
        list.refresh();
        cache.keep(list);
        assertThat(Files.readString(path)).doesNotContain("alice");

        clock.advance(Duration.ofMillis(1));
        list.refresh();
        cache.keep(list);
        assertThat(Files.readString(path)).contains("alice");

        list.deny(Target.revoked(What.SUBJECT, "bob"), "stolen", "ops", Duration.ofHours(1));
        cache.keepLast(list);
        assertThat(Files.readString(path)).contains("bob");
    }

    @Test
    void isLeftAloneByWhoeverAsksNoLedgerAndByCommands() throws IOException {
        runsWhileTheLedgerIsThere(true);
        var path = folder.resolve("known.json");
        var before = Files.readString(path);
        clock.advance(Duration.ofMinutes(11));

        gate(cached()).close();
        assertThat(before).contains("acme");
        assertThat(Files.readString(path)).isEqualTo(before);

        try (var command = Gate.builder(file(CLIENTS + POLICIES + cached()))
                .clock(clock)
                .unknownHandlers()
                .build()) {
            command.prepare().join();
        }
        assertThat(Files.readString(path)).isEqualTo(before);
    }
}
