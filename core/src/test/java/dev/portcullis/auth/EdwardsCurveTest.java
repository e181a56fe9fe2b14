package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Principal;
import dev.portcullis.fixture.HandClock;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java's own EdDSA lets through, and what tokens may say in their headers and claims beside what all must. */
class EdwardsCurveTest {

    private static final String ISSUER = "https://issuer.test";
    private static final String CLAIMS =
            "{\"iss\":\"" + ISSUER + "\",\"sub\":\"alice\",\"aud\":\"api\",\"exp\":1793534400";

    private static OctetKeyPairJsonWebKey ed25519;
    private static OctetKeyPairJsonWebKey ed448;
    private static Authentication check;

    @BeforeAll
    static void start() throws JoseException {
        ed25519 = OkpJwkGenerator.generateJwk("Ed25519");
        ed448 = OkpJwkGenerator.generateJwk("Ed448");
        check = check(jwk("Ed25519", "a", ed25519), jwk("Ed448", "b", ed448));
    }

    private static Authentication check(String... keys) {
        var issuer = Issuer.builder("main", ISSUER)
                .audiences(Set.of("api"))
                .keys(KeySource.inline("{\"keys\":[" + String.join(",", keys) + "]}"));
        var rings = KeyRings.of(HandClock.at("2026-11-01T11:00:00Z"), Runnable::run);
        return Authentication.required(List.of(Jwt.of(List.of(issuer.build()), rings)));
    }

    private static String jwk(String curve, String kid, OctetKeyPairJsonWebKey pair) {
        return jwk(curve, kid, (String) pair.toParams(org.jose4j.jwk.JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                .get("x"));
    }

    private static String jwk(String curve, String kid, String x) {
        return "{\"kty\":\"OKP\",\"crv\":\"" + curve + "\",\"kid\":\"" + kid + "\",\"x\":\"" + x + "\"}";
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] signature(PrivateKey key, String signed) throws GeneralSecurityException {
        var signer = Signature.getInstance("EdDSA");
        signer.initSign(key);
        signer.update(signed.getBytes(UTF_8));
        return signer.sign();
    }

    private static String signed(String kid) {
        return encoded(("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}").getBytes(UTF_8))
                + "."
                + encoded((CLAIMS + "}").getBytes(UTF_8));
    }

    /** A token of these members beside the usual ones, signed as it should be. */
    private static String token(String header, String claims) throws GeneralSecurityException {
        var text = encoded(("{\"alg\":\"EdDSA\",\"kid\":\"a\"" + header + "}").getBytes(UTF_8))
                + "."
                + encoded((CLAIMS + claims + "}").getBytes(UTF_8));
        return text + "." + encoded(signature(ed25519.getPrivateKey(), text));
    }

    @ParameterizedTest
    @CsvSource({"a, 64", "b, 114"})
    void takesSignaturesOfTheirWholeLengthAlone(String kid, int length) throws Exception {
        var signed = signed(kid);
        var good = signature((kid.equals("a") ? ed25519 : ed448).getPrivateKey(), signed);
        assertThat(good).hasSize(length);
        assertThat(reason(ask(check, signed + "." + encoded(good)))).isEqualTo("pass");
        for (var other : List.of(length - 1, length + 1, length + 2, 2 * length)) {
            assertThat(reason(ask(check, signed + "." + encoded(Arrays.copyOf(good, other)))))
                    .as("%s bytes", other)
                    .isEqualTo("bad-signature");
        }
    }

    @Test
    void takesSignedRequestsOfTheirWholeLengthAlone() throws Exception {
        var caller = new Principal(
                "acme", Principal.Kind.CLIENT, "", "acme", null, null, Set.of(), Set.of(), Map.of(), "signature");
        var key = SignatureKey.of("a", SignatureAlgorithm.ED25519, jwk("Ed25519", "a", ed25519), caller);
        var good = signature(ed25519.getPrivateKey(), "x");
        assertThat(key.verifies(good, "x".getBytes(UTF_8))).isTrue();
        assertThat(key.verifies(Arrays.copyOf(good, 65), "x".getBytes(UTF_8))).isFalse();
        var weak = jwk("Ed25519", "a", encoded(new byte[32]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureKey.of("a", SignatureAlgorithm.ED25519, weak, caller));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "0200000000000000000000000000000000000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void leavesOutKeysUnderWhichAnybodySigns(String point) {
        var keys = "{\"keys\":[" + jwk("Ed25519", "a", encoded(HexFormat.of().parseHex(point))) + "]}";
        var read = new JwkReader(Algorithm.asymmetric(), true).read(keys.getBytes(UTF_8));
        assertThat(read.keys()).isEmpty();
        assertThat(read.notes()).hasSize(1);
    }

    @Test
    void leavesOutKeysForKeyAgreement() throws Exception {
        var agreement =
                encoded(HexFormat.of().parseHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
        var both = check(jwk("X25519", "x", agreement), jwk("Ed25519", "a", ed25519));
        assertThat(reason(ask(both, signed("x") + "." + encoded(new byte[64])))).isEqualTo("unknown-key");
        var unnamed = encoded("{\"alg\":\"EdDSA\"}".getBytes(UTF_8)) + "." + encoded((CLAIMS + "}").getBytes(UTF_8));
        assertThat(reason(ask(both, unnamed + "." + encoded(signature(ed25519.getPrivateKey(), unnamed)))))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | critical-header",
                "\"false\" | critical-header",
                "null | critical-header",
                "0 | critical-header",
                "true | pass"
            })
    void deniesPayloadsThatAreNotEncoded(String b64, String expected) throws Exception {
        assertThat(reason(ask(check, token(",\"b64\":" + b64, "")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "ABSENT", "application/absent"})
    void takesNoTypeForNone(String type) throws Exception {
        assertThat(reason(ask(check, token(",\"typ\":\"" + type + "\"", "")))).isEqualTo("wrong-token-type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"http://schemas.openid.net/event/backchannel-logout\":{}} | id-token",
                "{\"urn:x\":{}} | id-token",
                "{\"billing\":{}} | pass",
                "[\"a\"] | pass",
                "\"urn:x\" | pass"
            })
    void deniesTokensThatTellOfEvents(String events, String expected) throws Exception {
        assertThat(reason(ask(check, token("", ",\"events\":" + events)))).isEqualTo(expected);
    }
}
