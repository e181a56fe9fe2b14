package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTableTest {

    private static final Quota THREE = new Quota(List.of(new Window("w", 3, Duration.ofMinutes(1), false)));
    private static final MeterKey ONE = new MeterKey(1, 1, 1);

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @Test
    void takesWhatWasGivenBack() {
        var table = new MeterTable(clock, 10);
        assertThat(table.take(ONE, THREE, 3).passed()).isTrue();
        assertThat(table.take(ONE, THREE, 1).passed()).isFalse();

        table.giveBack(ONE, THREE, 2, 0);

        assertThat(table.take(ONE, THREE, 2).passed()).isTrue();
        assertThat(table.take(ONE, THREE, 1).passed()).isFalse();
    }

    @Test
    void givesBackNoMoreThanThereCanBe() {
        var table = new MeterTable(clock, 10);
        table.giveBack(ONE, THREE, 5, 0);
        table.take(ONE, THREE, 1);
        table.giveBack(ONE, THREE, 5, 0);

        assertThat(table.take(ONE, THREE, 4).passed()).isFalse();
        assertThat(table.take(ONE, THREE, 3).passed()).isTrue();
    }

    @Test
    void givesBackAtASharedMeterOnlyWhatTheKeyUsedThere() {
        var table = new MeterTable(clock, 1);
        table.take(ONE, THREE, 1);
        var guest = new MeterKey(1, 2, 2);
        assertThat(table.take(guest, THREE, 3).passed()).isTrue();

        table.giveBack(new MeterKey(1, 3, 3), THREE, 3, 0);
        assertThat(table.take(guest, THREE, 1).passed()).isFalse();

        table.giveBack(guest, THREE, 5, 0);
        assertThat(table.take(guest, THREE, 3).passed()).isTrue();
    }
}
