package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final String OLD = "old-key-of-acme-0123456789abcdef";
    private static final String NEW = "new-key-of-acme-0123456789abcdef";

    private static final KnownClient ACME =
            new KnownClient("acme", Set.of("orders:read"), Set.of("partner"), "t1", "gold");

    private final List<ApiKey> acme = List.of(key(ACME, hex(OLD)), key(ACME, base64(NEW)));
    private final Authentication check = Authentication.required(List.of(ApiKeys.of(acme)));

    @Test
    void knowsAClientByEitherOfItsKeys() {
        for (var key : List.of(OLD, NEW)) {
            var principal = caller(ask(key));
            assertThat(principal.id()).isEqualTo("acme");
            assertThat(principal.client()).isEqualTo("acme");
            assertThat(principal.kind()).isEqualTo(Principal.Kind.CLIENT);
            assertThat(principal.issuer()).isEqualTo("clients");
            assertThat(principal.tenant()).isEqualTo("t1");
            assertThat(principal.tier()).isEqualTo("gold");
            assertThat(principal.scopes()).containsExactly("orders:read");
            assertThat(principal.roles()).containsExactly("partner");
            assertThat(principal.proof()).isEqualTo("api-key");
        }
    }

    @Test
    void deniesAnUnknownKeyWithAChallengeOfItsOwn() {
        var deny = (Verdict.Deny) ask("wrong");
        assertThat(deny.reply().status()).isEqualTo(401);
        assertThat(deny.reply().code()).isEqualTo("invalid-api-key");
        assertThat(deny.reply().headers())
                .singleElement()
                .satisfies(header -> assertThat(header.value()).isEqualTo("ApiKey realm=\"api\""));
        assertThat(reason(deny)).isEqualTo("unknown-api-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a key", "ключ", "a\u0000b"})
    void deniesWhatCannotBeAKey(String key) {
        assertThat(reason(ask(key))).isEqualTo("malformed-api-key");
    }

    @Test
    void bringsTheHashOfAStoredKeyNobodyIn() {
        assertThat(reason(ask(hex(OLD)))).isEqualTo("unknown-api-key");
    }

    @Test
    void hashesNoKeyBeyondItsBound() {
        assertThat(reason(ask("k".repeat(ApiKeys.MAX_KEY)))).isEqualTo("unknown-api-key");
        assertThat(reason(ask("k".repeat(ApiKeys.MAX_KEY + 1)))).isEqualTo("api-key-too-long");
    }

    @Test
    void deniesAWrongKeyEvenWhereNoneIsNeeded() {
        var optional = Authentication.optional(List.of(ApiKeys.of(acme)));
        assertThat(reason(optional.check(RecordedWire.of("GET", "/").view()))).isEqualTo("pass");
        assertThat(reason(optional.check(
                        RecordedWire.of("GET", "/").with("X-API-Key", "wrong").view())))
                .isEqualTo("unknown-api-key");
    }

    @Test
    void deniesAKeySentTwice() {
        var request = RecordedWire.of("GET", "/").with("X-API-Key", OLD).with("x-api-key", OLD);
        assertThat(((Verdict.Deny) check.check(request.view())).reply().status())
                .isEqualTo(400);
    }

    @Test
    void takesNoKeyFromTheQuery() {
        var request = RecordedWire.of("GET", "/?X-API-Key=" + OLD + "&apikey=" + OLD);
        assertThat(reason(check.check(request.view()))).isEqualTo("no-credential");
    }

    @Test
    void readsTheHeaderItWasGiven() {
        var other = Authentication.required(List.of(ApiKeys.builder(Clock.systemUTC())
                .header("X-Partner-Key")
                .keys(acme)
                .build()));
        assertThat(reason(other.check(
                        RecordedWire.of("GET", "/").with("x-partner-key", OLD).view())))
                .isEqualTo("pass");
        assertThat(reason(other.check(
                        RecordedWire.of("GET", "/").with("X-API-Key", OLD).view())))
                .isEqualTo("no-credential");
    }

    @Test
    void stopsTheStartWhenTwoClientsHoldOneKey() {
        var other = key(KnownClient.named("other"), base64(OLD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(List.of(acme.get(0), other)))
                .withMessageContaining("`acme`")
                .withMessageContaining("`other`");
    }

    @Test
    void stopsTheStartForKeysThatAreNoHashesAndDoesNotRepeatThem() {
        for (var key : List.of(OLD, "sha256:" + OLD, "md5:00", "sha256:", hex(OLD) + "0", hex(""))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyHash.parse(key))
                    .withMessageNotContaining(OLD);
        }
    }

    @Test
    void stopsTheStartWithAHeaderOfTheWrongKind() {
        var builder = ApiKeys.builder(Clock.systemUTC());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.header("Authorization"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.header(" "));
    }

    private static ApiKey key(KnownClient client, String hash) {
        return ApiKey.of(client).secret(KeyHash.parse(hash)).build();
    }

    private Verdict ask(String key) {
        return check.check(RecordedWire.of("GET", "/").with("X-API-Key", key).view());
    }

    private static String hex(String key) {
        return "sha256:" + HexFormat.of().formatHex(digest(key));
    }

    private static String base64(String key) {
        return "sha256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest(key));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
