package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Limits against a count that is kept in the plainest way. */
class LimitModelTest {

    @Test
    void passesWhatThePlainCountPasses() {
        assertThat(differences(false)).isEmpty();
    }

    @Test
    void aPlainCountThatChargesDeniedRequestsIsFoundOut() {
        assertThat(differences(true)).isNotEmpty();
    }

    private static List<String> differences(boolean chargeDenied) {
        var random = Seeds.random("limits");
        var differences = new ArrayList<String>();
        for (var round = 0; round < 60; round++) {
            var windows = windows(random);
            var clock = HandClock.at("2026-01-01T00:00:00Z");
            var check = Meters.of(clock, 100).limit("model", windows, key("address"));
            var model = new Model(windows, chargeDenied);
            for (var i = 0; i < 400; i++) {
                model.pass(step(random, clock));
                var key = random.nextInt(5);
                var request = RecordedWire.of("GET", "/")
                        .from(Address.ofIpv4(key).toString())
                        .view();
                if (check.check(request) instanceof Verdict.Pass != model.passes(key)) {
                    differences.add("round " + round + ", request " + i + ", " + windows);
                }
            }
        }
        return differences;
    }

    /** Moves the clock, now and then back, and says how many milliseconds have passed. */
    private static long step(SplittableRandom random, HandClock clock) {
        var millis = random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(30);
        var back = random.nextInt(50) == 0;
        clock.advance(Duration.ofMillis(back ? -millis : millis));
        return back ? 0 : millis;
    }

    private static List<Window> windows(SplittableRandom random) {
        var windows = new ArrayList<Window>();
        for (var i = 0; i <= random.nextInt(3); i++) {
            var per = Duration.ofSeconds(1 + random.nextInt(20));
            windows.add(new Window("w" + i, 1 + random.nextInt(20), per, random.nextBoolean()));
        }
        return windows;
    }

    /** Counts in whole fractions of permits: one permit is as many of them as its window has nanoseconds. */
    private static final class Model {

        private final List<Window> windows;
        private final boolean chargeDenied;
        private final HashMap<Integer, long[]> levels = new HashMap<>();
        private final HashMap<Integer, Long> started = new HashMap<>();
        private final HashMap<Integer, Long> seen = new HashMap<>();
        private long now;

        Model(List<Window> windows, boolean chargeDenied) {
            this.windows = windows;
            this.chargeDenied = chargeDenied;
        }

        void pass(long millis) {
            now += millis * 1_000_000;
        }

        boolean passes(int key) {
            var level = levels.computeIfAbsent(key, any -> full());
            started.putIfAbsent(key, now);
            refill(key, level);
            var passes = true;
            for (var i = 0; i < level.length; i++) {
                passes &= level[i] >= windows.get(i).per().toNanos();
            }
            for (var i = 0; i < level.length; i++) {
                level[i] -= passes
                                || chargeDenied
                                        && level[i] >= windows.get(i).per().toNanos()
                        ? windows.get(i).per().toNanos()
                        : 0;
            }
            return passes;
        }

        private long[] full() {
            return windows.stream().mapToLong(Model::capacity).toArray();
        }

        private static long capacity(Window window) {
            return window.permits() * window.per().toNanos();
        }

        private void refill(int key, long[] level) {
            var before = seen.getOrDefault(key, now);
            for (var i = 0; i < level.length; i++) {
                var window = windows.get(i);
                var per = window.per().toNanos();
                var periods = (now - started.get(key)) / per - (before - started.get(key)) / per;
                var grown = window.smooth() ? (now - before) * window.permits() : periods > 0 ? capacity(window) : 0;
                level[i] = Math.min(capacity(window), level[i] + grown);
            }
            seen.put(key, now);
        }
    }
}
