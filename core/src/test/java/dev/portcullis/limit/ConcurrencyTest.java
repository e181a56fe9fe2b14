package dev.portcullis.limit;

import static dev.portcullis.limit.Flight.start;
import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.client;
import static dev.portcullis.limit.Requests.from;
import static dev.portcullis.limit.Requests.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcurrencyTest {

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Concurrency concurrency = Concurrency.of(clock, 100);
    private final ConcurrencyRules rules = concurrency.rules();

    @Test
    void deniesWith503WhatTheServiceHasNoRoomFor() {
        var check = limit("all", 2, "global");
        var first = start(check, from("192.0.2.1"));
        start(check, from("192.0.2.2"));

        assertThat(start(check, from("192.0.2.3")).said()).isEqualTo("503 overloaded");
        first.answered();
        assertThat(start(check, from("192.0.2.3")).said()).isEqualTo("pass");
    }

    @Test
    void deniesWith429ACallerWhoHasEnoughInFlight() {
        var check = limit("each", 1, "client");
        var acme = of(client("main", "acme", null), from("192.0.2.1"));
        start(check, acme);

        assertThat(start(check, acme).said()).isEqualTo("429 concurrency-limited");
        assertThat(start(check, of(client("main", "other", null), from("192.0.2.1")))
                        .said())
                .isEqualTo("pass");
    }

    @Test
    void asksToComeAgainAfterAFewSeconds() {
        var check = limit("all", 1, "global");
        start(check, from("192.0.2.1"));

        assertThat(start(check, from("192.0.2.1")).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Deny.class,
                        deny -> assertThat(deny.reply().headers())
                                .singleElement()
                                .satisfies(header -> {
                                    assertThat(header.name()).isEqualTo("Retry-After");
                                    assertThat(header.value()).isIn("1", "2", "3");
                                }));
    }

    @Test
    void countsRoutesByThemselves() {
        var check = limit("each", 1, "route");

        assertThat(start(check, Flight.to("a")).said()).isEqualTo("pass");
        assertThat(start(check, Flight.to("b")).said()).isEqualTo("pass");
        assertThat(start(check, Flight.to("a")).said()).isEqualTo("503 overloaded");
        assertThat(rules.report().limits()).extracting(InFlightReport::route).containsExactly("", "a", "b");
    }

    @Test
    void countsCombinations() {
        var check = limit("each", 1, "client", "route");
        start(check, Flight.to("a"));

        assertThat(start(check, Flight.to("a")).said()).isEqualTo("429 concurrency-limited");
        assertThat(start(check, Flight.to("b")).said()).isEqualTo("pass");
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void givesAPermitBackHoweverTheExchangeEnds(Ending ending) {
        var service = limit("all", 1, "global");
        var caller = limit("each", 1, "address");
        for (var check : List.of(service, caller)) {
            var flight = start(check, from("192.0.2.1"));
            flight.end(ending, 0);
            flight.end(ending, 0);

            assertThat(start(check, from("192.0.2.1")).passed()).isTrue();
            assertThat(start(check, from("192.0.2.1")).passed()).as("once only").isFalse();
        }
    }

    @Test
    void aLaterDenialGivesThePermitBack() {
        var check = limit("all", 1, "global");
        var engine = Engine.of(
                PolicySet.builder()
                        .first(
                                Rule.enforce("all", check),
                                Rule.enforce(
                                        "no",
                                        request -> Verdict.deny(
                                                Reply.problem(403, "not-permitted"), Verdict.Evidence.of("no"))))
                        .otherwiseProceed(),
                Listener.NONE);
        for (var i = 0; i < 3; i++) {
            var outcome = engine.evaluate(from("192.0.2.1"));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Stop.class, stop -> assertThat(stop.rule()).isEqualTo("no"));
            outcome.watch().ended(from("192.0.2.1"), Ending.ANSWERED, 403);
        }

        assertThat(rules.report().limits().get(0).inFlight()).isZero();
    }

    @Test
    void aFloodOfAddressesGetsNobodyAFreshCount() {
        var few = Concurrency.of(clock, 2).rules();
        var check = few.limit("each", false, InFlight.of(1, key("address")));
        start(check, from("192.0.2.1"));
        start(check, from("192.0.2.2"));
        IntStream.range(0, 100)
                .forEach(i ->
                        assertThat(start(check, from("198.51.100." + i)).said()).isEqualTo("503 overloaded"));

        assertThat(start(check, from("192.0.2.1")).said()).isEqualTo("429 concurrency-limited");
    }

    @Test
    void exemptRequestsTakeNoPermitAndAreNeverDenied() {
        var priorities = new Priorities(request -> request.path().equals("/health"), List.of());
        var check = rules.limit("all", false, with(1, priorities));
        IntStream.range(0, 10)
                .forEach(i ->
                        assertThat(start(check, Flight.to("health")).passed()).isTrue());

        assertThat(start(check, Flight.to("a")).passed()).isTrue();
        assertThat(start(check, Flight.to("a")).passed()).isFalse();
        assertThat(start(check, Flight.to("health")).passed()).isTrue();
    }

    @Test
    void whatStandsBackLeavesRoomForTheRest() {
        var batch = new Priorities.Group(50, request -> request.path().equals("/batch"));
        var check = rules.limit("all", false, with(10, new Priorities(request -> false, List.of(batch))));

        assertThat(passes(check, "batch", 20)).isEqualTo(5);
        assertThat(passes(check, "a", 20)).isEqualTo(5);
        assertThat(passes(check, "batch", 20)).isZero();
    }

    @Test
    void makingALimitAnewKeepsWhatIsInFlight() {
        var before = start(limit("all", 2, "global"), from("192.0.2.1"));
        var again = concurrency.rules();
        var check = again.limit("all", false, InFlight.of(1, key("global")));

        assertThat(start(check, from("192.0.2.1")).said()).isEqualTo("503 overloaded");
        before.answered();
        assertThat(again.report().limits().get(0).inFlight()).isZero();
        assertThat(start(check, from("192.0.2.1")).said()).isEqualTo("pass");
    }

    @Test
    void observedLimitsCountApart() {
        start(limit("all", 1, "global"), from("192.0.2.1"));
        var observed = rules.limit("all", true, InFlight.of(1, key("global")));

        assertThat(start(observed, from("192.0.2.1")).said()).isEqualTo("pass");
        assertThat(rules.report().limits()).extracting(InFlightReport::observed).containsExactly(false, true);
    }

    @Test
    void streamsHoldAPermitAndAreNotMeasured() {
        var streams =
                rules.limit("all", false, adaptive(request -> request.path().equals("/poll")));
        for (var i = 0; i < 30; i++) {
            var flight = start(streams, Flight.to(i % 2 == 0 ? "poll" : "events"));
            assertThat(rules.report().limits().get(0).inFlight()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(2));
            flight.answered(i % 2 == 0 ? "text/html" : "text/event-stream;charset=UTF-8");
        }
        assertThat(rules.report().limits().get(0).quietMicros()).isZero();

        for (var i = 0; i < 30; i++) {
            var flight = start(streams, Flight.to("page"));
            clock.advance(Duration.ofSeconds(2));
            flight.answered("text/html");
        }
        assertThat(rules.report().limits().get(0).quietMicros()).isPositive();
    }

    private static InFlight adaptive(Predicate<Request> streams) {
        var adaptation = new Adaptation(5, 2, Duration.ofSeconds(1));
        return new InFlight(10, key("global"), null, adaptation, Priorities.NONE, streams);
    }

    @Test
    void tellsHowItStands() {
        var check = limit("each", 1, "address");
        start(check, from("192.0.2.1"));
        start(check, from("192.0.2.2"));
        start(check, from("192.0.2.2"));

        assertThat(rules.report().limits()).containsExactly(new InFlightReport("each", false, "", 2, 1, 2, 1, 0));
    }

    @Test
    void cannotBeMadeOfWhatMakesNoSense() {
        assertThatThrownBy(() -> InFlight.of(0, key("global"))).hasMessage("permits: 0 (expected: 1 to 1000000)");
        assertThatThrownBy(() -> new InFlight(1, key("client"), key("tenant"), null, Priorities.NONE, request -> false))
                .hasMessage("by: client (expected: route or global, for a limit that adapts or is shared)");
        assertThatThrownBy(() -> new InFlight(1, key("global"), key("route"), null, Priorities.NONE, request -> false))
                .hasMessage("share: route (expected: what tells callers apart)");
    }

    private Check limit(String name, int permits, String... by) {
        return rules.limit(name, false, InFlight.of(permits, key(by)));
    }

    private static InFlight with(int permits, Priorities priorities) {
        return new InFlight(permits, key("global"), null, null, priorities, request -> false);
    }

    private static long passes(Check check, String route, int requests) {
        return IntStream.range(0, requests)
                .filter(i -> start(check, Flight.to(route)).passed())
                .count();
    }
}
