package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Suites;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandTime time = new HandTime();

    @Test
    void aFixedWindowGivesNoMoreUntilItsPeriodEnds() {
        var quota = quota(new Window("burst", 3, MINUTE, false));
        var meter = new Meter(quota, time, 0);

        assertThat(passes(meter, quota, 10)).isEqualTo(3);
        pass(MINUTE.minusNanos(1));
        assertThat(passes(meter, quota, 10)).isZero();
        pass(Duration.ofNanos(1));
        assertThat(passes(meter, quota, 10)).isEqualTo(3);
    }

    @Test
    void aSmoothWindowGivesOneAfterTheOther() {
        var quota = quota(new Window("steady", 50, Duration.ofSeconds(2), true));
        var meter = new Meter(quota, time, 0);

        assertThat(passes(meter, quota, 60)).isEqualTo(50);
        pass(Duration.ofMillis(39));
        assertThat(passes(meter, quota, 60)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(passes(meter, quota, 60)).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(passes(meter, quota, 60)).isEqualTo(25);
        pass(Duration.ofDays(1));
        assertThat(passes(meter, quota, 60)).isEqualTo(50);
    }

    @Test
    void aDeniedRequestUsesAPermitOfNoWindow() {
        var quota =
                quota(new Window("minute", 100, MINUTE, false), new Window("hour", 1000, Duration.ofHours(1), false));
        var meter = new Meter(quota, time, 0);

        assertThat(passes(meter, quota, 200)).isEqualTo(100);
        pass(MINUTE);
        for (var i = 1; i < 10; i++) {
            assertThat(passes(meter, quota, 150)).isEqualTo(100);
            pass(MINUTE);
        }
        assertThat(passes(meter, quota, 150)).isZero();
        assertThat(meter.take(quota, 1).nanos())
                .isEqualTo(Duration.ofMinutes(50).toNanos());
    }

    @Test
    void tellsOfTheWindowWithTheFewestPermitsLeft() {
        var quota = quota(new Window("minute", 2, MINUTE, false), new Window("hour", 3, Duration.ofHours(1), false));
        var meter = new Meter(quota, time, 0);

        assertThat(meter.take(quota, 1)).isEqualTo(read(true, 0, 1, MINUTE.toNanos(), false));
        assertThat(meter.take(quota, 1)).isEqualTo(read(true, 0, 0, MINUTE.toNanos(), false));
        assertThat(meter.take(quota, 1)).isEqualTo(read(false, 0, 0, MINUTE.toNanos(), false));
        pass(MINUTE);
        assertThat(meter.take(quota, 1))
                .isEqualTo(read(true, 1, 0, Duration.ofMinutes(59).toNanos(), false));
        assertThat(meter.take(quota, 1))
                .isEqualTo(read(false, 1, 0, Duration.ofMinutes(59).toNanos(), false));
    }

    @Test
    void isFullOnlyWhenEveryWindowIs() {
        var quota = quota(new Window("minute", 2, MINUTE, false), new Window("hour", 3, Duration.ofHours(1), true));
        var meter = new Meter(quota, time, 0);

        assertThat(meter.isFull()).isTrue();
        meter.take(quota, 1);
        assertThat(meter.isFull()).isFalse();
        pass(MINUTE);
        assertThat(meter.isFull()).isFalse();
        pass(Duration.ofMinutes(19));
        assertThat(meter.isFull()).isTrue();
        assertThat(meter.nanosUntilFull()).isZero();
    }

    @Test
    void aDeniedRequestDoesNotPutOffWhenItIsFull() {
        var quota = quota(new Window("minute", 1, MINUTE, true));
        var meter = new Meter(quota, time, 0);
        meter.take(quota, 1);
        pass(MINUTE.minusSeconds(1));
        meter.take(quota, 1);

        assertThat(meter.nanosUntilFull()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void givesBackWhatWasTakenInThePresentPeriodAndNothingOfAnEarlierOne() {
        var quota =
                quota(new Window("second", 2, Duration.ofSeconds(1), false), new Window("minute", 3, MINUTE, false));
        var meter = new Meter(quota, time, 0);
        var first = meter.take(quota, 2);
        meter.giveBack(quota, 1, first.at());
        assertThat(passes(meter, quota, 10)).isEqualTo(1);

        pass(Duration.ofSeconds(1));
        meter.giveBack(quota, 2, first.at());

        assertThat(passes(meter, quota, 10)).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(passes(meter, quota, 10)).isEqualTo(1);
    }

    @Test
    void givesBackToASmoothWindowOnlyWhatHasNotGrownBackByItself() {
        var quota = quota(new Window("steady", 10, Duration.ofSeconds(10), true));
        var meter = new Meter(quota, time, 0);
        var taken = meter.take(quota, 5);
        pass(Duration.ofSeconds(3));
        assertThat(passes(meter, quota, 8)).isEqualTo(8);

        meter.giveBack(quota, 5, taken.at());

        assertThat(passes(meter, quota, 10)).isEqualTo(2);
    }

    @Test
    void neverGivesBackMoreThanThereEverWas() {
        var quota = quota(new Window("burst", 3, MINUTE, false), new Window("steady", 3, MINUTE, true));
        var meter = new Meter(quota, time, 0);
        for (var i = 0; i < 5; i++) {
            meter.giveBack(quota, 3, meter.take(quota, 1).at());
        }

        assertThat(passes(meter, quota, 10)).isEqualTo(3);
    }

    @Test
    void aDebtIsPaidOffByWhatGrowsAndEndsWithAPeriod() {
        var quota = quota(new Window("steady", 10, Duration.ofSeconds(10), true));
        var meter = new Meter(quota, time, 0);
        assertThat(meter.charge(quota, 14).left()).isEqualTo(-4);
        pass(Duration.ofSeconds(4));
        assertThat(meter.take(quota, 1).passed()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(meter.take(quota, 1).passed()).isTrue();
        assertThat(meter.charge(quota, 1_000_000).left()).isEqualTo(-10);

        var fixed = quota(new Window("burst", 10, MINUTE, false));
        meter = new Meter(fixed, time, 0);
        meter.charge(fixed, 15);
        pass(MINUTE);
        assertThat(passes(meter, fixed, 20)).isEqualTo(10);
    }

    @Test
    void looksWithoutUsing() {
        var quota = quota(new Window("burst", 3, MINUTE, false));
        var meter = new Meter(quota, time, 0);
        meter.take(quota, 2);

        assertThat(meter.look(quota)).isEqualTo(meter.look(quota));
        assertThat(meter.look(quota).left()).isEqualTo(1);
    }

    @Test
    void aWindowOfTheCalendarIsFullAgainWhenItsPeriodEnds() {
        var quota = quota(Window.of("daily", 2, Calendar.of("P1D", ZoneOffset.UTC, "")));
        pass(Duration.ofHours(23));
        var meter = new Meter(quota, time, 0);
        assertThat(meter.take(quota, 2))
                .isEqualTo(read(true, 0, 0, Duration.ofHours(1).toNanos(), false));
        var taken = time.nanos;
        pass(Duration.ofHours(1).minusMillis(1));
        assertThat(meter.take(quota, 1).passed()).isFalse();
        assertThat(meter.nanosUntilFull()).isEqualTo(MeterTime.NANOS_PER_MILLI);
        pass(Duration.ofMillis(1));
        assertThat(meter.isFull()).isTrue();
        assertThat(meter.take(quota, 1).passed()).isTrue();
        meter.giveBack(quota, 2, taken);
        assertThat(passes(meter, quota, 10)).isEqualTo(1);
    }

    @Test
    void aQuotaThatChangesKeepsWhatWasUsed() {
        var calendar = Calendar.of("P1M", ZoneOffset.UTC, "");
        var small = quota(Window.of("monthly", 100, calendar));
        var large = quota(Window.of("monthly", 1000, calendar));
        var meter = new Meter(small, time, 0);
        passes(meter, small, 90);

        assertThat(meter.look(large).left()).isEqualTo(910);
        assertThat(meter.look(small).left()).isEqualTo(10);
        meter.charge(large, 500);
        assertThat(meter.take(small, 1).passed()).isFalse();
        assertThat(meter.look(large).left()).isEqualTo(410);
    }

    @Test
    void growsExactlyWhereNumbersAreLargerThanTheirRegisters() {
        var quota = quota(new Window("wide", 1_000_000_000, Duration.ofDays(366).minusSeconds(1), true));
        var meter = new Meter(quota, time, 0);
        meter.take(quota, 1_000_000_000);
        pass(Duration.ofDays(183));

        assertThat(meter.take(quota, 500_000_015).passed()).isTrue();
        assertThat(meter.take(quota, 2).passed()).isFalse();
    }

    @Test
    void equalWindowsGoOnWhereTheyStood() {
        var meter = new Meter(quota(new Window("burst", 3, MINUTE, false)), time, 0);
        meter.take(quota(new Window("burst", 3, MINUTE, false)), 1);
        pass(MINUTE.minusSeconds(1));

        assertThat(meter.take(quota(new Window("burst", 3, MINUTE, false)), 1))
                .isEqualTo(read(true, 0, 1, Duration.ofSeconds(1).toNanos(), false));
    }

    @ParameterizedTest
    @CsvSource({
        // used, other permits, permits left after the change
        "0, 10, 10",
        "50, 10, 5",
        "99, 10, 0",
        "99, 1000, 10",
        "100, 10, 0",
        "100, 1000, 0",
        "100, 1000000000, 0",
    })
    void otherWindowsKeepTheShareThatWasLeft(int used, long permits, long left) {
        var before = quota(new Window("burst", 100, MINUTE, false));
        var after = quota(new Window("burst", permits, MINUTE, false));
        var meter = new Meter(before, time, 0);
        passes(meter, before, used);

        assertThat(meter.take(after, 1).left()).isEqualTo(Math.max(0, left - 1));
    }

    @Test
    void aWindowOfANewNameGetsTheSmallestShare() {
        var before =
                quota(new Window("minute", 10, MINUTE, false), new Window("hour", 100, Duration.ofHours(1), false));
        var after = quota(
                new Window("day", 1000, Duration.ofDays(1), false),
                new Window("hour", 100, Duration.ofHours(1), false));
        var meter = new Meter(before, time, 0);
        passes(meter, before, 10);

        assertThat(meter.take(after, 1))
                .isEqualTo(read(false, 0, 0, Duration.ofDays(1).toNanos(), false));
    }

    @Test
    void changingToAndFroGivesNothing() {
        var one = quota(new Window("burst", 3, MINUTE, false));
        var other = quota(new Window("burst", 1000, MINUTE, true));
        var meter = new Meter(one, time, 0);
        passes(meter, one, 3);

        for (var i = 0; i < 10; i++) {
            assertThat(meter.take(other, 1).passed()).isFalse();
            assertThat(meter.take(one, 1).passed()).isFalse();
        }
    }

    /** Rows whose refill is no whole bucket in whole seconds cannot be said as a window, and are not run. */
    @Test
    @Tag("suite")
    void countsExactlyAsTheTracesDo() {
        var judged = 0;
        for (var row : Suites.json("ratelimit_traces.json").path("cases")) {
            if (sayable(row)) {
                follow(row);
                judged++;
            }
        }

        assertThat(judged).isGreaterThanOrEqualTo(15);
    }

    private static boolean sayable(JsonNode row) {
        var smooth = row.path("algorithm").textValue().equals("token-bucket-greedy");
        var whole = row.path("capacity").longValue() % row.path("refillTokens").longValue() == 0;
        return period(row) % 1000 == 0
                && whole
                && (smooth || row.path("capacity").equals(row.path("refillTokens")));
    }

    private static long period(JsonNode row) {
        return row.path("refillPeriodMs").longValue()
                * (row.path("capacity").longValue() / row.path("refillTokens").longValue());
    }

    private static void follow(JsonNode row) {
        var time = new HandTime();
        var smooth = row.path("algorithm").textValue().equals("token-bucket-greedy");
        var quota =
                quota(new Window("trace", row.path("capacity").longValue(), Duration.ofMillis(period(row)), smooth));
        var meter = new Meter(quota, time, 0);
        for (var step : row.path("steps")) {
            time.nanos = step.path(0).longValue() * 1_000_000;
            var reading = meter.take(quota, step.path(1).longValue());
            assertThat(reading.passed()).as("%s", step).isEqualTo(step.path(2).intValue() == 1);
            assertThat(reading.left()).as("%s", step).isEqualTo(step.path(3).longValue());
            assertThat(reading.passed() ? 0 : reading.nanos())
                    .as("%s", step)
                    .isEqualTo(step.path(4).longValue());
            assertThat(meter.nanosUntilFull())
                    .as("%s", step)
                    .isEqualTo(step.path(5).longValue());
        }
    }

    private static Quota quota(Window... windows) {
        return new Quota(List.of(windows));
    }

    private static int passes(Meter meter, Quota quota, int requests) {
        var passes = 0;
        for (var i = 0; i < requests; i++) {
            passes += meter.take(quota, 1).passed() ? 1 : 0;
        }
        return passes;
    }

    private Reading read(boolean passed, int window, long left, long wait, boolean shared) {
        return new Reading(passed, window, left, wait, shared, time.nanos);
    }

    private void pass(Duration duration) {
        time.nanos += duration.toNanos();
    }
}
