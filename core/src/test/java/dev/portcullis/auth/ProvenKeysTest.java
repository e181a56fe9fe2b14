package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvenKeysTest {

    private final ProvenKeys proven = new ProvenKeys();

    @Test
    void knowsWhatWasAddedAndNothingElse() {
        var known = IntStream.range(0, 1000)
                .mapToObj(i -> Fingerprint.of("key-" + i))
                .toList();
        known.forEach(print -> {
            proven.add(print);
            assertThat(proven.contains(print)).isTrue();
        });
        assertThat(IntStream.range(1000, 20_000).mapToObj(i -> Fingerprint.of("key-" + i)))
                .noneMatch(proven::contains);
        assertThat(known.stream().filter(proven::contains).count()).isGreaterThan(980);
    }

    @Test
    void forgetsTheOneThatCameFirstWhereThreeMeet() {
        var prints = IntStream.range(1, 4)
                .mapToObj(i -> new Fingerprint(7L << 40 | i << 20, i, 0, 0))
                .toList();
        prints.forEach(proven::add);
        assertThat(prints).map(proven::contains).containsExactly(false, true, true);
    }

    @Test
    void keepsBothOfTwoThatTakeTurns() {
        var one = new Fingerprint(0, 1, 0, 0);
        var other = new Fingerprint(0, 2, 0, 0);
        for (var i = 0; i < 10; i++) {
            proven.add(i % 2 == 0 ? one : other);
        }
        assertThat(proven.contains(one)).isTrue();
        assertThat(proven.contains(other)).isTrue();
    }
}
