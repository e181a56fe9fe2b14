package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeterMapTest {

    private final MeterMap map = new MeterMap();
    private final Quota quota = new Quota(List.of(new Window("w", 3, Duration.ofMinutes(1), false)));
    private final HandTime time = new HandTime();

    private Meter meter(MeterKey key) {
        return new Meter(quota, time, 0).of(key);
    }

    /** Against a map of the JDK, with keys of few hashes, so that chains are long. */
    @Test
    void findsWhatWasAddedAndNothingThatWasReplaced() {
        var random = new SplittableRandom(3);
        var known = new TreeMap<String, Meter>();
        var round = new ArrayList<MeterKey>();
        var turn = -1;
        var replaced = 0;
        for (var i = 0; i < 5000; i++) {
            var key = new MeterKey(random.nextInt(3), random.nextLong(4), (long) random.nextInt(1000) << 20);
            assertThat(map.get(key)).isSameAs(known.get(key.toString()));
            if (known.containsKey(key.toString())) {
                continue;
            }
            var meter = meter(key);
            if (round.size() < 700) {
                map.add(meter);
                round.add(key);
            } else {
                turn = (turn + 1) % round.size();
                replaced++;
                assertThat(map.turn()).isSameAs(known.remove(round.get(turn).toString()));
                map.replace(meter);
                round.set(turn, key);
            }
            known.put(key.toString(), meter);
            assertThat(map.size()).isEqualTo(known.size());
        }

        assertThat(replaced).as("some were replaced").isGreaterThan(700);
        round.forEach(key -> assertThat(map.get(key)).isSameAs(known.get(key.toString())));
    }

    @Test
    void keepsKeysOfRulesApartThatDifferInTheRuleAlone() {
        var one = meter(new MeterKey(1, 2, 3));
        map.add(one);
        assertThat(map.get(new MeterKey(2, 2, 3))).isNull();
        assertThat(map.get(new MeterKey(1, 3, 2))).isNull();
        assertThat(map.get(new MeterKey(1, 2, 3))).isSameAs(one);
    }
}
