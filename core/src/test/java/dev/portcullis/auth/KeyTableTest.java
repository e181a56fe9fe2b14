package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.portcullis.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyTableTest {

    private static final int KEYS = 3000;

    private static PresentedKey presented(String text) {
        return new PresentedKey(text, null);
    }

    /** The denial of somebody who guesses at the secret of a key. */
    private static Verdict.@Nullable Deny guessed(KeyTable table, String text) {
        var key = presented(text);
        return table.find(key) == null ? table.wrong(key.id(), key) : null;
    }

    private static Verdict.Deny wrong(ApiKey key) {
        return key.wrong(presented("any"));
    }

    private static String text(int i) {
        return "pcl_k" + i + ".secret-of-" + i;
    }

    private static ApiKey.Builder key(String id) {
        return ApiKey.of(KnownClient.named("client-" + id)).id(id);
    }

    private static ApiKey key(String id, String text) {
        return key(id).secret(KeyHash.of(text, null)).build();
    }

    @Test
    void findsEachOfManyAndNoOther() {
        var keys = IntStream.range(0, KEYS).mapToObj(i -> key("k" + i, text(i))).toList();
        var table = KeyTable.of(keys);
        for (var i = 0; i < KEYS; i++) {
            assertThat(table.find(presented(text(i)))).isSameAs(keys.get(i));
            assertThat(table.pass(presented(text(i)))).isSameAs(keys.get(i).pass());
            assertThat(table.pass(presented(text(i) + "x"))).isNull();
            assertThat(guessed(table, text(i) + "x")).isSameAs(wrong(keys.get(i)));
            assertThat(table.find(presented(text(i + KEYS)))).isNull();
            assertThat(guessed(table, text(i + KEYS))).isNull();
            assertThat(table.pass(presented(text(i + KEYS)))).isNull();
        }
    }

    @Test
    void tellsIdsOfOneHashCodeApart() {
        var one = key("Aa", "pcl_Aa.first-secret-of-many");
        var other = key("BB", "pcl_BB.other-secret-of-many");
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        for (var table : List.of(KeyTable.of(List.of(one, other)), KeyTable.of(List.of(other, one)))) {
            assertThat(table.pass(presented("pcl_Aa.first-secret-of-many"))).isSameAs(one.pass());
            assertThat(table.pass(presented("pcl_BB.other-secret-of-many"))).isSameAs(other.pass());
            assertThat(guessed(table, "pcl_Aa.wrong")).isSameAs(wrong(one));
            assertThat(guessed(table, "pcl_BB.wrong")).isSameAs(wrong(other));
        }
        assertThat(guessed(KeyTable.of(List.of(one)), "pcl_BB.wrong")).isNull();
    }

    @Test
    void passesNothingUnaskedThatIsGoodOnlyAtTimesOrInPlaces() {
        var text = "pcl_k.secret-of-some";
        var hash = KeyHash.of(text, null);
        var bound = List.of(
                key("k").secret(new ApiKey.Secret(hash, null, Instant.EPOCH)).build(),
                key("k").secret(new ApiKey.Secret(hash, Instant.EPOCH, null)).build(),
                key("k").secret(hash).routes(request -> false).build(),
                key("k").secret(hash).addresses(request -> false).build());
        assertThat(bound).allSatisfy(key -> {
            var table = KeyTable.of(List.of(key));
            assertThat(table.pass(presented(text))).isNull();
            assertThat(table.find(presented(text))).isSameAs(key);
        });
    }

    @Test
    void findsAKeyByItsOlderSecretToo() {
        var key = key("k").secret(KeyHash.of("pcl_k.new-secret", null))
                .secret(KeyHash.of("pcl_k.old-secret", null))
                .build();
        var table = KeyTable.of(List.of(key));
        assertThat(table.pass(presented("pcl_k.new-secret"))).isSameAs(key.pass());
        assertThat(table.pass(presented("pcl_k.old-secret"))).isSameAs(key.pass());
        assertThat(table.find(presented("pcl_k.old-secret"))).isSameAs(key);
    }

    @Test
    void asksOfAKeyUnderAPepperWhatItsPepperSays() {
        var pepper = Pepper.of("0123456789abcdef0123456789abcdef");
        var key = key("k").secret(KeyHash.of("pcl_k.secret", pepper)).build();
        var table = KeyTable.of(List.of(key));
        assertThat(table.pass(new PresentedKey("pcl_k.secret", pepper))).isSameAs(key.pass());
        assertThat(table.pass(new PresentedKey("pcl_k.secrex", pepper))).isNull();
    }

    @Test
    void asksNothingOfTheTimeOnlyWhereTheSecretIsGoodForEver() {
        var key = key("k").secret(KeyHash.of("pcl_k.new-secret", null))
                .secret(new ApiKey.Secret(KeyHash.of("pcl_k.old-secret", null), null, Instant.EPOCH))
                .build();
        var table = KeyTable.of(List.of(key));
        assertThat(table.pass(presented("pcl_k.new-secret"))).isSameAs(key.pass());
        assertThat(table.pass(presented("pcl_k.old-secret"))).isNull();
    }

    @Test
    void cannotTellWhatMayBeAKeyUnderAPepperThatIsNotHere() {
        var pepper = Pepper.of("0123456789abcdef0123456789abcdef");
        var hidden = key("h").secret(KeyHash.of("pcl_h.secret", pepper)).build();
        var table = KeyTable.of(List.of(hidden, key("k", "pcl_k.secret")));
        assertThat(table.pass(presented("pcl_h.secret"))).isNull();
        var unknown = presented("pcl_h.secret");
        assertThatIllegalStateException().isThrownBy(() -> guessed(table, "pcl_h.secret"));
        assertThatIllegalStateException().isThrownBy(() -> hidden.wrong(unknown));
        assertThat(guessed(table, "pcl_k.wrong")).isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> guessed(table, "pcl_other.secret"));
    }
}
