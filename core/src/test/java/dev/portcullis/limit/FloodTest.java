package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.from;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More keys than the table holds, and more threads than it has locks. */
class FloodTest {

    private static final int LIMIT = 5;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<Window> FIXED = List.of(new Window("burst", LIMIT, MINUTE, false));

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @Test
    void aFloodOfKeysGetsNobodyMoreThanTheLimit() {
        var meters = Meters.of(clock, 2000);
        var check = meters.limit("burst", FIXED, key("address"));

        assertThat(greedyKeys(i -> passes(check, request(i)), 20_000)).isEmpty();
        assertThat(meters.size()).isEqualTo(2000);
        assertThat(meters.overflowed()).isPositive();
    }

    @Test
    void aTableThatForgetsTheOldestIsFoundOut() {
        var forgetful = new LinkedHashMap<Integer, Meter>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Meter> eldest) {
                return size() > 2000;
            }
        };
        var quota = new Quota(FIXED);
        var time = new HandTime();
        Predicate<Integer> passes = i -> forgetful
                .computeIfAbsent(i, any -> new Meter(quota, time, 0))
                .take(quota, 1)
                .passed();

        assertThat(greedyKeys(passes, 20_000)).isNotEmpty();
    }

    /** Sends requests of many keys, a few of each, then again of all; the keys of which more than the limit passed. */
    private static List<Integer> greedyKeys(Predicate<Integer> passes, int keys) {
        var count = new int[keys];
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < keys * LIMIT; i++) {
                var key = i / LIMIT;
                count[key] += passes.test(key) ? 1 : 0;
            }
        }
        return IntStream.range(0, keys).filter(i -> count[i] > LIMIT).boxed().toList();
    }

    @Test
    void aVictimsLimitHoldsAndItsCountIsNotTakenAway() {
        var check = Meters.of(clock, 1000).limit("burst", FIXED, key("address"));
        var victim = from("2001:db8::1");
        var exhausted = from("2001:db8:0:1::1");
        assertThat(MetersTest.passes(check, victim, 2)).isEqualTo(2);
        assertThat(MetersTest.passes(check, exhausted, 10)).isEqualTo(LIMIT);

        IntStream.range(0, 20_000).forEach(i -> check.check(request(i)));

        assertThat(MetersTest.passes(check, victim, 10)).isEqualTo(LIMIT - 2);
        assertThat(MetersTest.passes(check, exhausted, 10)).isZero();
    }

    @Test
    void aNewKeySharesAMeterWhileTheTableIsFullAndSaysSo() {
        var meters = Meters.of(clock, 100);
        var check = meters.limit("burst", FIXED, key("address"));
        IntStream.range(0, 100).forEach(i -> check.check(request(i)));

        assertThat(meters.overflowed()).isZero();
        assertThat(MetersTest.passes(check, request(1000), 3)).isEqualTo(3);
        assertThat(MetersTest.passes(check, request(1001), 10)).isEqualTo(2);
        assertThat(check.check(request(1002)))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class,
                        deny -> assertThat(deny.evidence().detail())
                                .isEqualTo("the table of meters is full, and this one is shared"));
        assertThat(meters.size()).isEqualTo(100);
        assertThat(meters.overflowed()).isEqualTo(14);
    }

    @Test
    void limitsDoNotShareMetersWithEachOther() {
        var meters = Meters.of(clock, 1);
        var one = meters.limit("one", FIXED, key("address"));
        var other = meters.limit("other", FIXED, key("address"));
        one.check(request(0));
        MetersTest.passes(one, request(1), 10);

        assertThat(MetersTest.passes(other, request(1), 10)).isEqualTo(LIMIT);
    }

    @Test
    void roomIsMadeFromMetersThatAreFullAgain() {
        var meters = Meters.of(clock, 300);
        var check = meters.limit("burst", FIXED, key("address"));
        IntStream.range(0, 300).forEach(i -> check.check(request(i)));
        clock.advance(MINUTE);
        IntStream.range(300, 600).forEach(i -> check.check(request(i)));

        assertThat(meters.overflowed()).isZero();
        assertThat(meters.size()).isEqualTo(300);
    }

    @Test
    void roomIsFoundBehindMetersThatStayUsed() {
        var meters = Meters.of(clock, 200);
        var slow = meters.limit("slow", List.of(new Window("slow", 1, Duration.ofDays(1), false)), key("address"));
        var fast = meters.limit("fast", FIXED, key("address"));
        IntStream.range(0, 100).forEach(i -> slow.check(request(i)));
        IntStream.range(0, 100).forEach(i -> fast.check(request(i)));
        clock.advance(MINUTE);
        IntStream.range(100, 400).forEach(i -> fast.check(request(i)));

        assertThat(meters.overflowed()).isLessThan(250);
        assertThat(IntStream.range(0, 100).mapToObj(i -> slow.check(request(i))))
                .allMatch(Verdict.Deny.class::isInstance);
    }

    @Test
    void whoeverPassedByASharedMeterHasThatMuchLessOfItsOwn() {
        var check = Meters.of(clock, 1).limit("burst", FIXED, key("address"));
        check.check(request(0));
        clock.advance(MINUTE.dividedBy(2));
        assertThat(MetersTest.passes(check, request(1), 3)).isEqualTo(3);
        clock.advance(MINUTE.dividedBy(2));

        assertThat(MetersTest.passes(check, request(1), 10)).isEqualTo(LIMIT - 3);
    }

    @Test
    void whoeverNeverPassedByTheSharedMeterHasAllPermits() {
        var check = Meters.of(clock, 1).limit("burst", FIXED, key("address"));
        check.check(request(0));
        clock.advance(MINUTE.dividedBy(2));
        MetersTest.passes(check, request(1), 10);
        clock.advance(MINUTE.dividedBy(2));

        assertThat(MetersTest.passes(check, request(2), 10)).isEqualTo(LIMIT);
    }

    @Test
    void afterACrowdAnybodyMayHavePassed() {
        var many = List.of(new Window("many", 1000, MINUTE, false));
        var check = Meters.of(clock, 1).limit("many", many, key("address"));
        check.check(request(0));
        clock.advance(MINUTE.dividedBy(2));
        IntStream.range(1, 301).forEach(i -> check.check(request(i)));
        clock.advance(MINUTE.dividedBy(2));

        assertThat(MetersTest.passes(check, request(1000), 2000)).isEqualTo(700);
    }

    /** Whatever is forgotten and shared: in any span of time, no more passes than the burst and what grew in that span. */
    @Test
    void aSmoothLimitHoldsOverAnySpanOfTime() {
        var random = Seeds.random("flood");
        var meters = Meters.of(clock, 50);
        var check = meters.limit(
                "steady", List.of(new Window("steady", LIMIT, Duration.ofSeconds(5), true)), key("address"));
        var passes = new LinkedHashMap<Integer, List<Long>>();
        var start = clock.millis();
        for (var i = 0; i < 50_000; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(20)));
            var key = random.nextInt(1 + random.nextInt(300));
            if (passes(check, request(key))) {
                passes.computeIfAbsent(key, any -> new ArrayList<>()).add(clock.millis() - start);
            }
        }

        assertThat(meters.overflowed()).isPositive();
        assertThat(passes.values()).allSatisfy(FloodTest::assertWithinTheRate);
    }

    private static void assertWithinTheRate(List<Long> millis) {
        for (var from = 0; from < millis.size(); from++) {
            for (var to = from; to < Math.min(millis.size(), from + 50); to++) {
                assertThat(to - from + 1)
                        .isLessThanOrEqualTo(LIMIT + (int) ((millis.get(to) - millis.get(from)) / 1000));
            }
        }
    }

    @Test
    void exactlyAsManyPassAsTheLimitSaysWhateverTheThreads() throws Exception {
        var windows = List.of(
                new Window("burst", 1000, MINUTE, false), new Window("steady", 1500, Duration.ofHours(1), true));
        var check = Meters.of(clock, 1000).limit("burst", windows, key("address"));
        var passed = new AtomicIntegerArray(4);

        inThreads(8, thread -> {
            for (var i = 0; i < 4000; i++) {
                var key = (i + thread) % 4;
                passed.addAndGet(key, passes(check, request(key)) ? 1 : 0);
            }
        });

        assertThat(IntStream.range(0, 4).map(passed::get)).containsOnly(1000);
    }

    @Test
    void noKeyGetsMoreWhileThreadsFloodTheTable() throws Exception {
        var meters = Meters.of(clock, 600);
        var check = meters.limit("burst", FIXED, key("address"));
        var passed = new AtomicIntegerArray(3000);

        inThreads(8, thread -> {
            for (var i = 0; i < 20_000; i++) {
                var key = (int) (i * 2654435761L % 3000);
                passed.addAndGet(key, passes(check, request(key)) ? 1 : 0);
            }
        });

        assertThat(IntStream.range(0, 3000).map(passed::get)).allMatch(count -> count <= LIMIT);
        assertThat(meters.size()).isLessThanOrEqualTo(600);
    }

    private interface Work {

        void in(int thread);
    }

    private static void inThreads(int count, Work work) throws Exception {
        var threads = Executors.newFixedThreadPool(count);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (var i = 0; i < count; i++) {
                var thread = i;
                tasks.add(() -> {
                    work.in(thread);
                    return null;
                });
            }
            for (var future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean passes(Check check, Request request) {
        return check.check(request) instanceof Verdict.Pass;
    }

    private static Request request(int i) {
        return RecordedWire.of("GET", "/")
                .from(Address.ofIpv4(0x0a000000 + i).toString())
                .view();
    }
}
