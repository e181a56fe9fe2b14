package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {

    private static final String SECRET =
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE\"}]}";

    private static void refused(String message, UnaryOperator<Issuer.Builder> steps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> steps.apply(Issuer.builder("main", "https://idp.example.com"))
                        .build())
                .withMessageContaining(message);
    }

    @Test
    void refusesToBuildWithoutAudience() {
        refused("audiences: none", issuer -> issuer);
        refused("audiences: none", issuer -> issuer.audiences(Set.of()));
        refused("audiences: blank", issuer -> issuer.audiences(Set.of(" ")));
    }

    @Test
    void refusesHmacExceptAloneAndWithKeysOfItsOwn() {
        refused(
                "only with an inline key set",
                issuer -> issuer.audiences(Set.of("a")).algorithms(Set.of(Algorithm.HS256)));
        refused(
                "only with an inline key set",
                issuer -> issuer.audiences(Set.of("a"))
                        .keys(KeySource.file(Path.of("keys.json")))
                        .algorithms(Set.of(Algorithm.HS256)));
        refused(
                "HMAC alone",
                issuer -> issuer.audiences(Set.of("a"))
                        .keys(KeySource.inline(SECRET))
                        .algorithms(Set.of(Algorithm.HS256, Algorithm.RS256)));
        refused("algorithms: none", issuer -> issuer.audiences(Set.of("a")).algorithms(Set.of()));
        assertThat(Issuer.builder("main", "https://idp.example.com")
                        .audiences(Set.of("a"))
                        .keys(KeySource.inline(SECRET))
                        .algorithms(Set.of(Algorithm.HS256))
                        .build()
                        .name())
                .isEqualTo("main");
    }

    @Test
    void refusesAnInlineKeySetThatCannotBeUsed() {
        refused("no usable key", issuer -> issuer.audiences(Set.of("a")).keys(KeySource.inline(SECRET)));
        refused("not a key set", issuer -> issuer.audiences(Set.of("a")).keys(KeySource.inline("nonsense")));
    }

    @Test
    void refusesASkewOutsideOfItsBounds() {
        refused("clock-skew", issuer -> issuer.clockSkew(Duration.ofSeconds(-1)));
        refused("clock-skew", issuer -> issuer.clockSkew(Issuer.MAX_SKEW.plusMillis(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a.", ".a", "a..b"})
    void refusesClaimNamesThatLeadNowhere(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Issuer.builder("main", "https://idp.example.com").rolesFrom(name));
    }

    @Test
    void refusesDiscoveryOfAnIssuerThatIsNoAddress() {
        for (var issuer :
                List.of("idp", "file:///etc/passwd", "ftp://idp", "https://", "https://u:p@idp.example.com")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Issuer.builder("main", issuer)
                            .audiences(Set.of("a"))
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "/jwks", "jar:file:/x!/y", "ftp://h/x", "https:///x", "http://u@h/x"})
    void takesKeysFromHttpAddressesOnly(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeySource.at(URI.create(address)));
    }

    @Test
    void findsTheMetadataBehindThePathOfTheIssuer() {
        assertThat(Fetcher.metadata("https://idp.example.com/realms/shop"))
                .hasToString("https://idp.example.com/realms/shop/.well-known/openid-configuration");
        assertThat(Fetcher.metadata("https://idp.example.com/"))
                .hasToString("https://idp.example.com/.well-known/openid-configuration");
    }

    @Test
    void takesKeysOnlyFromWhereTheIssuersOwnMetadataSay() {
        var issuer = "https://idp.example.com";
        assertThat(Fetcher.keysOf(issuer, metadata(issuer, "https://keys.example.com/jwks")))
                .hasToString("https://keys.example.com/jwks");
        assertThatIllegalStateException()
                .isThrownBy(() -> Fetcher.keysOf(issuer, metadata(issuer + "/", "https://keys.example.com/jwks")));
        assertThatIllegalStateException()
                .isThrownBy(() -> Fetcher.keysOf(issuer, metadata(issuer, "http://keys.example.com/jwks")))
                .withMessageContaining("https");
        for (var keys : List.of("file:///etc/passwd", "", "jwks", "ldap://h/x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Fetcher.keysOf(issuer, metadata(issuer, keys)));
        }
    }

    @Test
    void refusesIssuersThatCannotBeToldApart() {
        var rings = KeyRings.of(Clock.systemUTC(), Runnable::run);
        var one = Issuer.builder("a", "https://idp.example.com")
                .audiences(Set.of("a"))
                .build();
        var sameIss = Issuer.builder("b", "https://idp.example.com")
                .audiences(Set.of("b"))
                .build();
        var sameName = Issuer.builder("a", "https://other.example.com")
                .audiences(Set.of("b"))
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> Jwt.of(List.of(one, sameIss), rings));
        assertThatIllegalArgumentException().isThrownBy(() -> Jwt.of(List.of(one, sameName), rings));
        assertThatIllegalArgumentException().isThrownBy(() -> Jwt.of(List.of(), rings));
    }

    @Test
    void doesNotShowSecretsInItsText() {
        assertThat(KeySource.inline(SECRET).toString()).doesNotContain("MDEy");
        assertThatThrownBy(() -> Issuer.builder("main", "https://idp.example.com")
                        .audiences(Set.of("a"))
                        .keys(KeySource.inline(SECRET))
                        .build())
                .hasMessageNotContaining("MDEy");
    }

    private static byte[] metadata(String issuer, String keys) {
        return ("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
