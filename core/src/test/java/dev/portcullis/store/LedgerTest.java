package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Ledger.Entry;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every ledger promises, of the one in memory; and that the promises can be seen to be broken. */
class LedgerTest {

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    private Site site(Ledger ledger) {
        return new Site(ledger, ledger, clock, "test");
    }

    @ParameterizedTest
    @EnumSource(LedgerLaw.class)
    void keepsTheLaw(LedgerLaw law) {
        law.demand(site(Ledger.memory(clock, 2000)));
    }

    @ParameterizedTest
    @EnumSource(FaultyLedger.Fault.class)
    void someLawFindsTheFault(FaultyLedger.Fault fault) {
        assertThat(LedgerLaw.values())
                .anyMatch(law -> !holds(law, new FaultyLedger(Ledger.memory(clock, 2000), fault)));
    }

    private boolean holds(LedgerLaw law, Ledger ledger) {
        try {
            law.demand(site(ledger));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Test
    void everyLawFindsSomeFault() {
        var blind = Arrays.stream(LedgerLaw.values())
                .filter(law -> Arrays.stream(FaultyLedger.Fault.values())
                        .allMatch(fault -> holds(law, new FaultyLedger(Ledger.memory(clock, 2000), fault))));
        assertThat(blind).isEmpty();
    }

    @Test
    void cannotTellWhenItIsFullOfLiveEntries() {
        var ledger = Ledger.memory(clock, 2);
        var later = clock.instant().plusSeconds(60);
        ledger.putIfAbsent("test", "a", "", later);
        ledger.putIfAbsent("test", "b", "", later.plusSeconds(60));
        assertThatThrownBy(() -> ledger.putIfAbsent("test", "c", "", later))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessage("ledger: full: 2 entries have not expired");
        assertThat(ledger.putIfAbsent("test", "a", "", later)).isFalse();
        assertThat(ledger.putIfAbsent("other", "c", "", later)).isTrue();
        clock.advance(Duration.ofSeconds(60));
        assertThat(ledger.putIfAbsent("test", "c", "", later.plusSeconds(60))).isTrue();
        assertThat(ledger.changes("test", 0).entries()).extracting(Entry::key).containsExactly("b", "c");
    }

    @Test
    void holdsFewSpacesOnly() {
        var ledger = Ledger.memory(clock, 1);
        for (var i = 0; i < MemoryLedger.MAX_SPACES; i++) {
            ledger.changes("s" + i, 0);
        }
        assertThatThrownBy(() -> ledger.changes("one.more", 0)).isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void isBuiltWithRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ledger.memory(clock, 0))
                .withMessage("maxEntries: 0 (expected: >= 1)");
    }
}
