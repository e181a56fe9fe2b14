package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashedKeysTest {

    private final SplittableRandom random = new SplittableRandom(5);

    private static ApiKey key() {
        return ApiKey.of(KnownClient.named("acme"))
                .secret(KeyHash.of("any", null))
                .build();
    }

    private Fingerprint print(long a, long b) {
        return new Fingerprint(a, b, random.nextLong(), random.nextLong());
    }

    private static void holds(Map<Fingerprint, ApiKey> all) {
        var keys = new HashedKeys(all);
        assertThat(all).allSatisfy((print, key) -> assertThat(keys.find(print)).isSameAs(key));
        assertThat(all.keySet()).noneMatch(print -> keys.find(without(print)) != null);
        assertThat(all.keySet()).noneMatch(print -> keys.pass(without(print)) != null);
    }

    /** One that differs in its last bit. */
    private static Fingerprint without(Fingerprint print) {
        return new Fingerprint(print.a(), print.b(), print.c(), print.d() ^ 1);
    }

    @Test
    void haveAPlaceForEachOfAnyNumber() {
        for (var count : new int[] {1, 2, 3, 17, 1000, 20_000}) {
            var all = new HashMap<Fingerprint, ApiKey>();
            for (var i = 0; i < count; i++) {
                all.put(print(random.nextLong(), random.nextLong()), key());
            }
            holds(all);
        }
    }

    @Test
    void areFoundWhereHashesWereMadeUpToMeet() {
        var all = new HashMap<Fingerprint, ApiKey>();
        for (var i = 0; i < 1000; i++) {
            all.put(print(7, random.nextLong()), key());
            all.put(print(random.nextLong(), 7), key());
            all.put(print(i << 4, 9), key());
        }
        holds(all);
    }

    @Test
    void areNoneWhereThereAreNone() {
        var none = new HashedKeys(Map.of());
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.find(new Fingerprint(0, 0, 0, 0))).isNull();
        assertThat(none.pass(new Fingerprint(0, 0, 0, 0))).isNull();
        assertThat(new HashedKeys(Map.of(print(1, 2), key())).isEmpty()).isFalse();
    }
}
