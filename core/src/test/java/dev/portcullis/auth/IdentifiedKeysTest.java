package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the form {@code prefix_id.secret}. */
class IdentifiedKeysTest {

    private static final String NEW = "pcl_k7x2.new-secret-of-acme-0123456789abcdef";
    private static final String OLD = "pcl_k7x2.old-secret-of-acme-0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final KnownClient ACME = new KnownClient("acme", Set.of("read", "write"), Set.of(), null, "gold");
    private static final Pepper PEPPER = Pepper.of("0123456789abcdef0123456789abcdef");

    private final HandClock clock = HandClock.at(NOW);

    @Test
    void areFoundByTheirIdAndSayIt() {
        var principal = caller(ask(rotating().build(), NEW));
        assertThat(principal.id()).isEqualTo("acme");
        assertThat(principal.claims()).containsEntry("key", "k7x2");
        assertThat(principal.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(principal.tier()).isEqualTo("gold");
    }

    @Test
    void haveTwoSecretsUntilTheOldOneIsOver() {
        var key = rotating().build();
        assertThat(reason(ask(key, NEW))).isEqualTo("pass");
        assertThat(reason(ask(key, OLD))).isEqualTo("pass");
        clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(reason(ask(key, OLD))).isEqualTo("pass");
        clock.advance(Duration.ofMillis(1));
        assertThat(reason(ask(key, OLD))).isEqualTo("key-expired");
        assertThat(reason(ask(key, NEW))).isEqualTo("pass");
    }

    @Test
    void tellTheOperatorWhichKeyItWasAndTheClientNothing() {
        var key = ApiKey.of(ACME)
                .id("k7x2")
                .secret(new ApiKey.Secret(hash(NEW), NOW.plusSeconds(1), NOW.plusSeconds(2)))
                .build();
        var early = (Verdict.Deny) ask(key, NEW);
        clock.advance(Duration.ofSeconds(2));
        var late = (Verdict.Deny) ask(key, NEW);
        var wrong = (Verdict.Deny) ask(key, NEW + "x");
        assertThat(List.of(reason(early), reason(late), reason(wrong)))
                .containsExactly("key-not-yet-valid", "key-expired", "wrong-key-secret");
        assertThat(List.of(early, late, wrong)).allSatisfy(deny -> {
            assertThat(deny.evidence().matched()).containsExactly("acme k7x2");
            assertThat(deny.reply()).isEqualTo(ApiKeys.INVALID);
        });
    }

    @Test
    void workOnlyWhereAndFromWhereTheyMay() {
        var key = ApiKey.of(ACME)
                .id("k7x2")
                .secret(hash(NEW))
                .routes(request -> request.path().startsWith("/orders"))
                .addresses(request -> request.address().toString().equals("192.0.2.1"))
                .build();
        assertThat(reason(ask(key, NEW, "/orders", "192.0.2.1"))).isEqualTo("pass");
        assertThat(reason(ask(key, NEW, "/refunds", "192.0.2.1"))).isEqualTo("key-route-not-allowed");
        assertThat(reason(ask(key, NEW, "/orders", "192.0.2.2"))).isEqualTo("key-address-not-allowed");
    }

    @Test
    void mayDoLessThanTheirClient() {
        var principal =
                caller(ask(rotating().scopes(Set.of("read")).tier("free").build(), NEW));
        assertThat(principal.scopes()).containsExactly("read");
        assertThat(principal.tier()).isEqualTo("free");
    }

    @Test
    void areHashedUnderAPepperWhereThereIsOne() {
        var key = ApiKey.of(ACME).id("k7x2").secret(KeyHash.of(NEW, PEPPER)).build();
        var peppered = check(ApiKeys.builder(clock).pepper(PEPPER).keys(List.of(key)));
        assertThat(reason(send(peppered, NEW))).isEqualTo("pass");
        assertThat(reason(send(peppered, OLD))).isEqualTo("wrong-key-secret");

        var other = Pepper.of("another-0123456789abcdef0123456789");
        var salted = check(ApiKeys.builder(clock).pepper(other).keys(List.of(key)));
        assertThat(reason(send(salted, NEW))).isEqualTo("wrong-key-secret");

        var without = check(ApiKeys.builder(clock).keys(List.of(key)));
        assertThatThrownBy(() -> send(without, NEW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areFoundUnderAPepperWithoutAnIdToo() {
        var plain = ApiKey.of(ACME).secret(hash("plain-key")).build();
        var hidden = ApiKey.of(ACME).secret(KeyHash.of("hidden-key", PEPPER)).build();
        var check = check(ApiKeys.builder(clock).pepper(PEPPER).keys(List.of(plain, hidden)));
        assertThat(reason(send(check, "plain-key"))).isEqualTo("pass");
        assertThat(reason(send(check, "hidden-key"))).isEqualTo("pass");
        assertThat(reason(send(check, "other-key"))).isEqualTo("unknown-api-key");
    }

    @Test
    void mayLookLikeKeysWithAnIdWhenTheyHaveNone() {
        var key = ApiKey.of(ACME).secret(hash("a_b.c")).build();
        assertThat(reason(ask(key, "a_b.c"))).isEqualTo("pass");
        assertThat(reason(ask(key, "a_b.d"))).isEqualTo("unknown-api-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pcl_k7x2", "pcl_k7x2.", "k7x2.secret", "pcl_.secret", "pcl_k7x3.new-secret", ".", "_.", "_._"})
    void areUnknownWithoutTheirForm(String key) {
        assertThat(reason(ask(rotating().build(), key))).isEqualTo("unknown-api-key");
    }

    @Test
    void areFoundBehindAnyPrefixButHashedWithIt() {
        var text = "acme_live_k7x2.secret";
        var key = ApiKey.of(ACME).id("k7x2").secret(hash(text)).build();
        assertThat(reason(ask(key, text))).isEqualTo("pass");
        assertThat(reason(ask(key, "acme_test_k7x2.secret"))).isEqualTo("wrong-key-secret");
    }

    @Test
    void stopTheStartWhenTheyContradictThemselves() {
        var secret = hash(NEW);
        assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.of(ACME).build());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ApiKey.of(ACME).secret(secret).secret(hash(OLD)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rotating().secret(hash("third")).build());
        assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.of(ACME).id("k_7"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey.Secret(secret, NOW, NOW));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ApiKeys.of(List.of(rotating().build(), rotating().build())))
                .withMessageContaining("`k7x2`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pepper.of("too short"))
                .withMessageNotContaining("too short");
    }

    private ApiKey.Builder rotating() {
        return ApiKey.of(ACME)
                .id("k7x2")
                .secret(hash(NEW))
                .secret(new ApiKey.Secret(hash(OLD), null, NOW.plus(Duration.ofDays(1))));
    }

    private static KeyHash hash(String key) {
        return KeyHash.of(key, null);
    }

    private static Authentication check(ApiKeys.Builder keys) {
        return Authentication.required(List.of(keys.build()));
    }

    private Verdict ask(ApiKey key, String sent) {
        return ask(key, sent, "/", "192.0.2.1");
    }

    private Verdict ask(ApiKey key, String sent, String path, String address) {
        var wire = RecordedWire.of("GET", path).from(address).with("X-API-Key", sent);
        return check(ApiKeys.builder(clock).keys(List.of(key))).check(wire.view());
    }

    private static Verdict send(Authentication check, String key) {
        return check.check(RecordedWire.of("GET", "/").with("X-API-Key", key).view());
    }
}
