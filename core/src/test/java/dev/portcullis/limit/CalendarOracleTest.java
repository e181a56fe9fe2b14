package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Seeds;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Periods of the calendar beside a plain reading of it: day by day, until one is found that a period begins with. */
class CalendarOracleTest {

    private static final int CASES = 4000;

    private final RandomGenerator random = Seeds.random("days one by one");

    /** A period as it is written, and which days one begins with. */
    private record Written(String period, String anchor, Predicate<LocalDate> begins) {

        Instant start(Instant now, ZoneId zone) {
            var day = now.atZone(zone).toLocalDate().plusDays(1);
            while (!begins.test(day) || day.atStartOfDay(zone).toInstant().isAfter(now)) {
                day = day.minusDays(1);
            }
            return day.atStartOfDay(zone).toInstant();
        }

        Instant end(Instant now, ZoneId zone) {
            var day = now.atZone(zone).toLocalDate().minusDays(1);
            while (!begins.test(day) || !day.atStartOfDay(zone).toInstant().isAfter(now)) {
                day = day.plusDays(1);
            }
            return day.atStartOfDay(zone).toInstant();
        }
    }

    @Test
    void agreeOnMomentsAtRandomAndOnThoseAboutTheirEnds() {
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (var i = 0; i < CASES; i++) {
            var zone = i % 4 == 0 ? ZoneOffset.UTC : ZoneId.of(zones.get(random.nextInt(zones.size())));
            compare(written(), zone, moment(zone));
        }
    }

    /** Any time, or one within hours of a change of the zone's clocks. */
    private Instant moment(ZoneId zone) {
        var any = Instant.ofEpochSecond(random.nextLong(100_000_000L, 2_500_000_000L));
        var change = zone.getRules().nextTransition(any);
        return change == null || random.nextBoolean()
                ? any
                : change.getInstant().plusSeconds(random.nextLong(-100_000, 100_000));
    }

    private void compare(Written written, ZoneId zone, Instant now) {
        var calendar = Calendar.of(written.period(), zone, written.anchor());
        var end = written.end(now, zone);
        for (var one : List.of(now, end.minusMillis(1), end)) {
            assertThat(calendar.startOf(one)).as("%s %s %s", written, zone, one).isEqualTo(written.start(one, zone));
            assertThat(calendar.endOf(one)).as("%s %s %s", written, zone, one).isEqualTo(written.end(one, zone));
        }
    }

    private Written written() {
        var all = new ArrayList<Written>();
        var count = random.nextInt(1, 8);
        var day = random.nextInt(1, 32);
        var week = DayOfWeek.of(random.nextInt(1, 8));
        var month = random.nextInt(1, 13);
        all.add(new Written("P" + count + "D", "", date -> date.toEpochDay() % count == 0));
        all.add(new Written(
                "P" + count + "W",
                week.name().toLowerCase(Locale.ROOT),
                date -> date.getDayOfWeek() == week
                        && ChronoUnit.DAYS.between(LocalDate.of(1970, 1, 5), date) / 7 % count == 0));
        all.add(new Written(
                "P" + count + "M",
                String.valueOf(day),
                date -> date.getDayOfMonth() == Math.min(day, date.lengthOfMonth())
                        && (date.getYear() * 12 + date.getMonthValue() - 1) % count == 0));
        var last = Math.min(day, LocalDate.of(2024, month, 1).lengthOfMonth());
        all.add(new Written(
                "P" + count + "Y",
                String.format(Locale.ROOT, "%02d-%02d", month, last),
                date -> date.getMonthValue() == month
                        && date.getDayOfMonth() == Math.min(last, date.lengthOfMonth())
                        && date.getYear() % count == 0));
        return all.get(random.nextInt(all.size()));
    }
}
