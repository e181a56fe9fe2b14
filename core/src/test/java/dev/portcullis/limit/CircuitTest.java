package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Header;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.limit.CircuitReport.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Concurrency concurrency = Concurrency.of(clock, 100);
    private final ConcurrencyRules rules = concurrency.rules();
    private final Check check = rules.breaker("circuit", false, settings());

    private static Circuit settings() {
        return new Circuit(50, 10, TEN_SECONDS, TEN_SECONDS, 3, key("route"));
    }

    @Test
    void opensWhenAHandlerThrowsTenTimes() {
        exchanges(9, Ending.FAILED, 500);
        assertThat(start().said()).isEqualTo("pass");
        exchanges(1, Ending.FAILED, 500);

        assertThat(start().verdict()).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.reply().status()).isEqualTo(503);
            assertThat(deny.reply().code()).isEqualTo("circuit-open");
            assertThat(deny.reply().headers()).containsExactly(new Header("Retry-After", "10"));
        });
        assertThat(state("a")).isEqualTo(State.OPEN);
    }

    @Test
    void tellsHowLongItStaysOpen() {
        exchanges(10, Ending.FAILED, 500);
        clock.advance(Duration.ofMillis(7_001));

        assertThat(((Verdict.Deny) start().verdict()).reply().headers())
                .containsExactly(new Header("Retry-After", "3"));
    }

    @Test
    void aShareOfFailuresOpensIt() {
        exchanges(11, Ending.ANSWERED, 200);
        exchanges(10, Ending.ANSWERED, 503);
        assertThat(start().said()).isEqualTo("pass");
        exchanges(1, Ending.ANSWERED, 500);
        assertThat(start().said()).isEqualTo("503 circuit-open");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED,200",
        "ANSWERED,400",
        "ANSWERED,404",
        "ANSWERED,429",
        "ABORTED,0",
        "DENIED_LATER,503",
        "UPGRADED,101"
    })
    void neverOpensOnWhatIsNoFailureOfTheHandler(Ending ending, int status) {
        exchanges(100, ending, status);

        assertThat(start().said()).isEqualTo("pass");
        assertThat(state("a")).isEqualTo(State.CLOSED);
    }

    @Test
    void forgetsFailuresOfLongAgo() {
        exchanges(9, Ending.FAILED, 500);
        clock.advance(Duration.ofSeconds(11));
        exchanges(1, Ending.FAILED, 500);

        assertThat(start().said()).isEqualTo("pass");
    }

    @Test
    void threeWhoSucceedCloseIt() {
        opened();
        var probes = List.of(start(), start(), start());
        assertThat(probes).extracting(Flight::said).containsOnly("pass");
        assertThat(start().said()).as("a bounded number tries").isEqualTo("503 circuit-open");
        assertThat(state("a")).isEqualTo(State.HALF_OPEN);
        probes.forEach(Flight::answered);

        assertThat(state("a")).isEqualTo(State.CLOSED);
        assertThat(start().said()).isEqualTo("pass");
    }

    @Test
    void oneWhoFailsOpensItAgain() {
        opened();
        var probes = List.of(start(), start(), start());
        probes.get(0).answered();
        probes.get(1).end(Ending.FAILED, 500);
        probes.get(2).answered();

        assertThat(state("a")).isEqualTo(State.OPEN);
        assertThat(start().said()).isEqualTo("503 circuit-open");
    }

    @Test
    void whoSaysNothingGivesHisPlaceToAnother() {
        opened();
        IntStream.range(0, 50).forEach(i -> {
            var flight = start();
            assertThat(flight.said()).isEqualTo("pass");
            flight.end(i % 2 == 0 ? Ending.ABORTED : Ending.DENIED_LATER, 0);
            flight.end(Ending.ABORTED, 0);
        });

        assertThat(List.of(start(), start(), start())).extracting(Flight::said).containsOnly("pass");
        assertThat(start().said()).isEqualTo("503 circuit-open");
    }

    @Test
    void aTryThatNeverEndsDoesNotKeepItOpenForEver() {
        opened();
        var stuck = List.of(start(), start(), start());
        clock.advance(TEN_SECONDS);
        var others = List.of(start(), start(), start());
        assertThat(others).extracting(Flight::said).containsOnly("pass");
        others.forEach(Flight::answered);
        assertThat(state("a")).isEqualTo(State.CLOSED);

        stuck.forEach(flight -> flight.end(Ending.FAILED, 500));
        assertThat(state("a")).as("endings of another era do not count").isEqualTo(State.CLOSED);
    }

    @Test
    void whatWasLetThroughBeforeItOpenedDoesNotCountAfterwards() {
        var early = IntStream.range(0, 30).mapToObj(i -> start()).toList();
        opened();
        List.of(start(), start(), start()).forEach(Flight::answered);
        early.forEach(flight -> flight.end(Ending.FAILED, 500));

        assertThat(state("a")).isEqualTo(State.CLOSED);
    }

    @Test
    void routesHaveCircuitsOfTheirOwn() {
        exchanges(10, Ending.FAILED, 500);

        assertThat(Flight.start(check, Flight.to("b")).said()).isEqualTo("pass");
        assertThat(rules.report().circuits())
                .containsExactly(
                        new CircuitReport("circuit", false, "", State.CLOSED, 0, 0),
                        new CircuitReport("circuit", false, "a", State.OPEN, 1, 0),
                        new CircuitReport("circuit", false, "b", State.CLOSED, 0, 0));
    }

    @Test
    void makingItAnewKeepsItsState() {
        exchanges(10, Ending.FAILED, 500);

        assertThat(Flight.start(concurrency.rules().breaker("circuit", false, settings()), Flight.to("a"))
                        .said())
                .isEqualTo("503 circuit-open");
        assertThat(Flight.start(concurrency.rules().breaker("circuit", true, settings()), Flight.to("a"))
                        .said())
                .as("an observed one has a state of its own")
                .isEqualTo("pass");
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepItOpenForEver() {
        exchanges(10, Ending.FAILED, 500);
        clock.advance(Duration.ofDays(-365));

        assertThat(start().said()).isEqualTo("pass");
        assertThat(state("a")).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void aClockThatWasFarAheadLeavesNoWindowThatNeverEnds() {
        clock.advance(Duration.ofDays(365));
        exchanges(1, Ending.ANSWERED, 200);
        clock.advance(Duration.ofDays(-365));
        exchanges(8, Ending.FAILED, 500);
        clock.advance(Duration.ofSeconds(20));
        exchanges(2, Ending.FAILED, 500);
        assertThat(start().said()).as("8 are of long ago").isEqualTo("pass");
    }

    @Test
    void whoFindsThatTheTryHasFailedMeanwhileWaitsForTheNextPause() {
        var meanwhile = new AtomicReference<Runnable>();
        var raced = Concurrency.of(new Meanwhile(clock, meanwhile), 100).rules().breaker("circuit", false, settings());
        for (var i = 0; i < 10; i++) {
            Flight.start(raced, Flight.to("a")).end(Ending.FAILED, 500);
        }
        clock.advance(TEN_SECONDS);
        meanwhile.set(() -> Flight.start(raced, Flight.to("a")).end(Ending.FAILED, 500));

        assertThat(Flight.start(raced, Flight.to("a")).said()).isEqualTo("503 circuit-open");
    }

    /** A clock that lets something happen once, between two looks at it. */
    private static final class Meanwhile extends Clock {

        private final Clock clock;
        private final AtomicReference<Runnable> meanwhile;

        Meanwhile(Clock clock, AtomicReference<Runnable> meanwhile) {
            this.clock = clock;
            this.meanwhile = meanwhile;
        }

        @Override
        public Instant instant() {
            var now = clock.instant();
            var once = meanwhile.getAndSet(null);
            if (once != null) {
                once.run();
            }
            return now;
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new Meanwhile(clock.withZone(zone), meanwhile);
        }
    }

    @Test
    void cannotBeMadeOfWhatMakesNoSense() {
        assertThatThrownBy(() -> new Circuit(0, 10, TEN_SECONDS, TEN_SECONDS, 3, key("route")))
                .hasMessage("failure-rate: 0 (expected: 1 to 100)");
        assertThatThrownBy(() -> new Circuit(50, 10, Duration.ZERO, TEN_SECONDS, 3, key("route")))
                .hasMessage("window: PT0S (expected: 1s to 1h)");
        assertThatThrownBy(() -> new Circuit(50, 10, TEN_SECONDS, TEN_SECONDS, 3, key("client")))
                .hasMessage("by: client (expected: route or global)");
    }

    private Flight start() {
        return Flight.start(check, Flight.to("a"));
    }

    private void opened() {
        exchanges(10, Ending.FAILED, 500);
        clock.advance(TEN_SECONDS);
    }

    private void exchanges(int count, Ending ending, int status) {
        for (var i = 0; i < count; i++) {
            start().end(ending, status);
        }
    }

    private State state(String route) {
        return rules.report().circuits().stream()
                .filter(report -> report.route().equals(route))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
