package dev.portcullis.limit;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Periods of so many days, weeks, months or years, each from the start of a day in a time zone. Immutable.
 *
 * @param unit what is counted
 * @param count how many of them are a period
 * @param day the day of a month or, from Monday, of a week that it begins with; the day of the year's month
 * @param month the month that a year begins in
 * @param zone the time zone
 */
record Dates(ChronoUnit unit, int count, int day, int month, ZoneId zone) implements Calendar.Turns {

    private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);
    private static final int MAX_COUNT = 366;

    /** Twice as long as so many still fits into a number of nanoseconds. */
    private static final int MAX_YEARS = 100;

    /** Periods that a text names. */
    static Dates of(String period, ZoneId zone, String anchor) {
        var amount = parse(period);
        var units =
                amount.getUnits().stream().filter(one -> amount.get(one) != 0).toList();
        if (units.size() != 1 || amount.isNegative() || amount.get(units.get(0)) > MAX_COUNT) {
            throw new IllegalArgumentException("period: `" + period + "` (expected: one unit, such as `P1D` or `P1M`)");
        }
        var unit = (ChronoUnit) units.get(0);
        var count = (int) amount.get(unit);
        if (unit == ChronoUnit.DAYS && period.endsWith("W")) {
            return new Dates(ChronoUnit.WEEKS, count / 7, weekday(anchor), 1, zone);
        }
        return switch (unit) {
            case MONTHS -> new Dates(unit, count, dayOfMonth(anchor), 1, zone);
            case YEARS -> year(count, anchor, zone);
            default -> new Dates(unit, count, none(anchor), 1, zone);
        };
    }

    private static Period parse(String text) {
        try {
            return Period.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("period: `" + text + "` (expected: such as `P1D`, `P1W` or `P1M`)", e);
        }
    }

    private static int none(String anchor) {
        if (!anchor.isEmpty()) {
            throw new IllegalArgumentException("anchor: `" + anchor + "` (expected: none, for days)");
        }
        return 1;
    }

    private static int weekday(String anchor) {
        if (anchor.isEmpty()) {
            return 1;
        }
        return Arrays.stream(DayOfWeek.values())
                .filter(one -> one.name().equals(anchor.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "anchor: `" + anchor + "` (expected: a day of the week such as `monday`)"))
                .getValue();
    }

    private static int dayOfMonth(String anchor) {
        if (anchor.isEmpty()) {
            return 1;
        }
        var day = anchor.matches("[0-9]{1,2}") ? Integer.parseInt(anchor) : 0;
        if (day < 1 || day > 31) {
            throw new IllegalArgumentException("anchor: `" + anchor + "` (expected: a day of the month, 1 to 31)");
        }
        return day;
    }

    private static Dates year(int count, String anchor, ZoneId zone) {
        if (count > MAX_YEARS) {
            throw new IllegalArgumentException("period: " + count + " years (expected: at most " + MAX_YEARS + ")");
        }
        try {
            var first = anchor.isEmpty() ? MonthDay.of(1, 1) : MonthDay.parse("--" + anchor);
            return new Dates(ChronoUnit.YEARS, count, first.getDayOfMonth(), first.getMonthValue(), zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("anchor: `" + anchor + "` (expected: a day such as `04-01`)", e);
        }
    }

    @Override
    public long number(long millis) {
        var near = near(Instant.ofEpochMilli(millis).atZone(zone).toLocalDate());
        while (millis < start(near)) {
            near--;
        }
        while (millis >= start(near + 1)) {
            near++;
        }
        return near;
    }

    /** The number of the period of a day, or of one beside it. */
    private long near(LocalDate date) {
        return switch (unit) {
            case WEEKS -> Math.floorDiv(ChronoUnit.DAYS.between(MONDAY, date), 7L * count);
            case MONTHS -> Math.floorDiv(date.getYear() * 12L + date.getMonthValue() - 1, count);
            case YEARS -> Math.floorDiv(date.getYear(), count);
            default -> Math.floorDiv(date.toEpochDay(), count);
        };
    }

    @Override
    public long start(long number) {
        return first(number).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private LocalDate first(long number) {
        return switch (unit) {
            case WEEKS -> MONDAY.plusDays(number * 7L * count + day - 1);
            case MONTHS -> within(number * count);
            case YEARS -> within(number * count * 12L + month - 1);
            default -> LocalDate.ofEpochDay(number * count);
        };
    }

    /** The day in a month, which is the last one where the month is shorter. */
    private LocalDate within(long months) {
        var one = YearMonth.of((int) Math.floorDiv(months, 12), Math.floorMod(months, 12) + 1);
        return one.atDay(Math.min(day, one.lengthOfMonth()));
    }

    @Override
    public @Nullable Duration length() {
        return (unit == ChronoUnit.DAYS || unit == ChronoUnit.WEEKS)
                        && zone.getRules().isFixedOffset()
                ? about()
                : null;
    }

    @Override
    public Duration about() {
        return unit.getDuration().multipliedBy(count);
    }
}
