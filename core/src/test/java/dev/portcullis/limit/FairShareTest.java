package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.client;
import static dev.portcullis.limit.Requests.from;
import static dev.portcullis.limit.Requests.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares among tenants, in simulated time. */
class FairShareTest {

    private static final Request A = tenant("a");
    private static final Request B = tenant("b");

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final ConcurrencyRules rules = Concurrency.of(clock, 1000).rules();
    private final Check check = rules.limit(
            "all", false, new InFlight(50, key("global"), key("tenant"), null, Priorities.NONE, request -> false));
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    private record Due(Instant at, Flight flight) {}

    private static Request tenant(String name) {
        return of(client("main", name, name), from("192.0.2.1"));
    }

    @Test
    void oneAloneLeavesAFifthForWhoComesAnew() {
        assertThat(passes(A, 100)).isEqualTo(40);
        assertThat(Flight.start(check, A).said()).isEqualTo("429 concurrency-limited");
        assertThat(passes(B, 100)).isEqualTo(10);
    }

    @Test
    void whoHasNothingInFlightGetsThePermitThatIsLeft() {
        var tiny = rules.limit(
                "tiny", false, new InFlight(2, key("global"), key("tenant"), null, Priorities.NONE, request -> false));

        assertThat(Flight.start(tiny, A).passed()).isTrue();
        assertThat(Flight.start(tiny, A).passed()).isFalse();
        assertThat(Flight.start(tiny, B).passed()).isTrue();
        assertThat(Flight.start(tiny, B).said()).isEqualTo("503 overloaded");
    }

    @Test
    void aTenantThatFloodsTakesNothingFromAnotherThatNeedsItsShare() {
        var denied = new ArrayList<Instant>();
        var passed = 0;
        for (var tick = 0; tick < 1000; tick++) {
            finish();
            for (var i = 0; i < 20; i++) {
                ask(A, Duration.ofMillis(100));
            }
            for (var i = 0; i < 2 && tick >= 200; i++) {
                var got = ask(B, Duration.ofMillis(100));
                passed += got ? 1 : 0;
                if (!got) {
                    denied.add(clock.instant());
                }
            }
            clock.advance(Duration.ofMillis(10));
        }

        // B needs 20 of 50 at a time, and A held 40 when it came: B is short only until A's requests have ended
        assertThat(passed).isGreaterThan(1580);
        assertThat(denied).hasSizeLessThan(20);
        assertThat(denied).allSatisfy(at -> assertThat(at).isBefore(Instant.parse("2026-01-01T00:00:02.200Z")));
    }

    @Test
    void withoutSharesTheFloodTakesAll() {
        var unfair = rules.limit("unfair", false, InFlight.of(50, key("global")));
        var flights = new ArrayDeque<Flight>();
        IntStream.range(0, 100).forEach(i -> flights.add(Flight.start(unfair, A)));

        assertThat(Flight.start(unfair, B).said()).as("the canary of this test").isEqualTo("503 overloaded");
    }

    @Test
    void severalComeToTheSameNumberEach() {
        var tenants = List.of(tenant("a"), tenant("b"), tenant("c"), tenant("d"));
        var held = new int[tenants.size()];
        for (var round = 0; round < 100; round++) {
            for (var i = 0; i < held.length; i++) {
                held[i] += Flight.start(check, tenants.get(i)).passed() ? 1 : 0;
            }
        }

        assertThat(held).containsOnly(12);
    }

    @Test
    void whoComesInBurstsWithinItsShareFindsWhatItHadLately() {
        var ten = shared(10);
        var denied = new ArrayList<Instant>();
        for (var tick = 0; tick < 5000; tick++) {
            finish();
            for (var i = 0; i < 10; i++) {
                ask(ten, A, Duration.ofMillis(10));
            }
            for (var i = 0; i < 3 && tick % 30 == 0; i++) {
                if (!ask(ten, B, Duration.ofMillis(10))) {
                    denied.add(clock.instant());
                }
            }
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(denied)
                .as("of 500 requests, before it was known how many come at once")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsNotNeededAnyMoreIsLentAgainAfterTwoTurns() {
        var twenty = shared(20);
        var own = IntStream.range(0, 8).mapToObj(i -> Flight.start(twenty, B)).toList();
        own.forEach(Flight::answered);
        assertThat(passes(twenty, A, 30)).as("8 are kept").isEqualTo(12);
        clock.advance(Duration.ofMillis(Sharers.TURN));
        assertThat(passes(twenty, A, 30)).isZero();
        clock.advance(Duration.ofMillis(Sharers.TURN));
        assertThat(passes(twenty, A, 30)).as("a fifth is kept").isEqualTo(4);
    }

    @Test
    void neverMoreThanHalfIsKeptHoweverManyCameLately() {
        var twenty = shared(20);
        for (var i = 0; i < 200; i++) {
            Flight.start(twenty, tenant("t" + i)).answered();
        }
        assertThat(passes(twenty, A, 30)).isEqualTo(10);
    }

    @Test
    void noTurnLeavesAnythingBehindOfWhoIsGone() throws Exception {
        var sharers = new Sharers(clock, 8);
        var threads = Executors.newFixedThreadPool(4);
        var calls = IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(seed -> () -> wander(sharers, new SplittableRandom(seed)))
                .toList();
        for (var future : threads.invokeAll(calls)) {
            assertThat(future.get()).isPositive();
        }
        threads.shutdown();
        for (var i = 0; i < 3; i++) {
            clock.advance(Duration.ofMillis(Sharers.TURN));
            sharers.turn();
        }
        assertThat(sharers.active()).isZero();
        assertThat(sharers.spoken()).isZero();
        assertThat(IntStream.range(0, 8).filter(i -> sharers.of("new" + i) != null))
                .as("there is room")
                .hasSize(8);
    }

    /** Takes and gives back permits of a few keys; how often it could. */
    private int wander(Sharers sharers, SplittableRandom random) {
        var held = new ArrayDeque<Sharer>();
        var times = 0;
        for (var i = 0; i < 20_000; i++) {
            var sharer = sharers.of("key" + random.nextInt(6));
            if (sharer != null && held.size() < 10 && sharer.take(20, random.nextBoolean())) {
                held.add(sharer);
                times++;
            }
            if (!held.isEmpty() && random.nextInt(3) == 0) {
                var one = held.remove();
                if (random.nextBoolean()) {
                    one.free();
                } else {
                    one.giveUp();
                }
            }
            if (random.nextInt(100) == 0) {
                clock.advance(Duration.ofMillis(Sharers.TURN));
                sharers.turn();
            }
        }
        held.forEach(Sharer::free);
        return times;
    }

    private Check shared(int permits) {
        return rules.limit(
                "of " + permits,
                false,
                new InFlight(permits, key("global"), key("tenant"), null, Priorities.NONE, request -> false));
    }

    private boolean ask(Request request, Duration lasting) {
        return ask(check, request, lasting);
    }

    private boolean ask(Check check, Request request, Duration lasting) {
        var flight = Flight.start(check, request);
        if (flight.passed()) {
            due.add(new Due(clock.instant().plus(lasting), flight));
        }
        return flight.passed();
    }

    private void finish() {
        while (!due.isEmpty() && !due.peek().at().isAfter(clock.instant())) {
            due.remove().flight().answered();
        }
    }

    private long passes(Request request, int requests) {
        return passes(check, request, requests);
    }

    private static long passes(Check check, Request request, int requests) {
        return IntStream.range(0, requests)
                .filter(i -> Flight.start(check, request).passed())
                .count();
    }
}
