package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    @ParameterizedTest
    @CsvSource({
        // period, zone, anchor, now, start, end
        "PT1M, UTC, '', 2026-03-01T12:34:56Z, 2026-03-01T12:34:00Z, 2026-03-01T12:35:00Z",
        "PT6H, Europe/Berlin, '', 2026-03-01T12:34:56Z, 2026-03-01T12:00:00Z, 2026-03-01T18:00:00Z",
        "P1D, UTC, '', 2026-02-28T23:59:59.999Z, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
        // a day of 23 hours, one of 25, and one whose midnight is left out
        "P1D, Europe/Berlin, '', 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "P1D, Europe/Berlin, '', 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "P1D, America/Sao_Paulo, '', 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
        // at the end of this day clocks go back from midnight to eleven, so that 23:30 comes twice and midnight too
        "P1D, America/Sao_Paulo, '', 2018-02-18T02:30:00Z, 2018-02-17T02:00:00Z, 2018-02-18T03:00:00Z",
        "P1D, America/Havana, '', 2026-11-01T04:30:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "P1D, America/Havana, '', 2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        // a day that was left out altogether
        "P1D, Pacific/Apia, '', 2011-12-30T09:30:00Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
        "P1W, UTC, '', 2026-11-28T01:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "P1W, America/New_York, sunday, 2026-11-01T20:00:00Z, 2026-11-01T04:00:00Z, 2026-11-08T05:00:00Z",
        "P1M, UTC, '', 2026-01-31T23:59:59Z, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
        "P1M, UTC, 31, 2026-02-27T23:59:59Z, 2026-01-31T00:00:00Z, 2026-02-28T00:00:00Z",
        "P1M, UTC, 31, 2026-02-28T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
        "P1M, UTC, 31, 2028-02-28T12:00:00Z, 2028-01-31T00:00:00Z, 2028-02-29T00:00:00Z",
        "P1M, UTC, 30, 2026-03-01T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-30T00:00:00Z",
        "P1M, Europe/Berlin, 15, 2026-03-20T00:00:00Z, 2026-03-14T23:00:00Z, 2026-04-14T22:00:00Z",
        "P1M, Pacific/Auckland, 1, 2026-10-31T10:59:59Z, 2026-09-30T11:00:00Z, 2026-10-31T11:00:00Z",
        "P3M, UTC, '', 2026-11-28T00:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P1Y, UTC, '', 2026-11-28T00:00:00Z, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "P1Y, UTC, 04-01, 2026-03-31T23:00:00Z, 2025-04-01T00:00:00Z, 2026-04-01T00:00:00Z",
        "P1Y, UTC, 02-29, 2026-03-01T00:00:00Z, 2026-02-28T00:00:00Z, 2027-02-28T00:00:00Z",
    })
    void followsTheCalendar(String period, String zone, String anchor, Instant now, Instant start, Instant end) {
        var calendar = Calendar.of(period, ZoneId.of(zone), anchor);

        assertThat(calendar.startOf(now)).isEqualTo(start);
        assertThat(calendar.endOf(now)).isEqualTo(end);
        assertThat(calendar.startOf(end)).isEqualTo(end);
        assertThat(calendar.endOf(end.minusMillis(1))).isEqualTo(end);
        assertThat(calendar.endOf(start)).isEqualTo(end);
    }

    @Test
    void periodsFollowEachOtherWithoutGapsInEveryZone() {
        var random = Seeds.random("calendar");
        var periods = new String[] {"P1D", "P3D", "P1W", "P2W", "P1M", "P5M", "P1Y"};
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (var i = 0; i < 3000; i++) {
            var zone = zones.get(random.nextInt(zones.size()));
            var period = periods[random.nextInt(periods.length)];
            var calendar = Calendar.of(period, ZoneId.of(zone), "");
            var now = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
            var end = calendar.endOf(now);

            assertThat(calendar.startOf(now)).as("%s %s", period, zone).isBeforeOrEqualTo(now);
            assertThat(end).as("%s %s %s", period, zone, now).isAfter(now);
            assertThat(calendar.startOf(end)).as("%s %s %s", period, zone, now).isEqualTo(end);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT7M, '', period: PT7M (expected: whole seconds that divide a day)",
        "PT1H, 3, 'anchor: `3` (expected: none, for less than a day)'",
        "P1X, '', 'period: `P1X` (expected: such as `P1D`, `P1W` or `P1M`)'",
        "PTX, '', 'period: `PTX` (expected: such as `PT1H` or `P1M`)'",
        "P0D, '', 'period: `P0D` (expected: one unit, such as `P1D` or `P1M`)'",
        "P-1D, '', 'period: `P-1D` (expected: one unit, such as `P1D` or `P1M`)'",
        "P1M2D, '', 'period: `P1M2D` (expected: one unit, such as `P1D` or `P1M`)'",
        "P400Y, '', 'period: `P400Y` (expected: one unit, such as `P1D` or `P1M`)'",
        "P1D, 3, 'anchor: `3` (expected: none, for days)'",
        "P1W, 3, 'anchor: `3` (expected: a day of the week such as `monday`)'",
        "P1M, 32, 'anchor: `32` (expected: a day of the month, 1 to 31)'",
        "P1M, monday, 'anchor: `monday` (expected: a day of the month, 1 to 31)'",
        "P1Y, 13-01, 'anchor: `13-01` (expected: a day such as `04-01`)'",
    })
    void refusesWhatIsNoPeriod(String period, String anchor, String message) {
        assertThatThrownBy(() -> Calendar.of(period, ZoneOffset.UTC, anchor)).hasMessage(message);
    }

    @Test
    void knowsHowLongItsPeriodsAreWhereTheyAreAllTheSame() {
        assertThat(Calendar.of("P1D", ZoneOffset.UTC, "").length()).isEqualTo(Duration.ofDays(1));
        assertThat(Calendar.of("P1D", ZoneId.of("Europe/Berlin"), "").length()).isNull();
        assertThat(Calendar.of("P1M", ZoneOffset.UTC, "").length()).isNull();
        assertThat(Calendar.every(Duration.ofMinutes(1)).length()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void hasNoPeriodsThatAreTooLongToBeCounted() {
        assertThat(new Quota(java.util.List.of(Window.of("w", 1, Calendar.of("P100Y", java.time.ZoneOffset.UTC, "")))))
                .isNotNull();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Calendar.of("P101Y", java.time.ZoneOffset.UTC, ""))
                .hasMessageContaining("at most 100");
    }
}
