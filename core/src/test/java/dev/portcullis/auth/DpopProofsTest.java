package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.KeyHolder;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs of possession as they must be: for this request, by a key that may be sent, signed by it. */
class DpopProofsTest extends DpopStage {

    @Test
    void deniesProofsOfAnotherRequestTokenOrTime() {
        assertThat(sent(good().claim("htm", "POST"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().claim("htm", "get"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().without("htm"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().claim("htu", "https://api.example.com/orders/8")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "http://api.example.com/orders/7"))).isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "https://api.example.com.evil/orders/7")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "https://api.example.com@evil/orders/7")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", List.of(TARGET)))).isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("ath", "x"))).isEqualTo("proof-for-another-token");
        assertThat(sent(good().without("ath"))).isEqualTo("proof-for-another-token");
        var now = bench.clock.instant().getEpochSecond();
        assertThat(sent(good().claim("iat", now - 59))).isEqualTo("pass");
        assertThat(sent(good().claim("iat", now - 60))).isEqualTo("proof-out-of-time");
        assertThat(sent(good().claim("iat", now + 30))).isEqualTo("pass");
        assertThat(sent(good().claim("iat", now + 31))).isEqualTo("proof-out-of-time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://API.example.com:443/orders/7",
                "https://api.example.com/orders/7?query#fragment",
                "https://api.example.com/%6frders/7",
                "https://api.example.com:/orders/7"
            })
    void comparesTargetsAsTheyAreMeant(String target) {
        assertThat(sent(good().claim("htu", target))).isEqualTo("pass");
    }

    @Test
    void deniesProofsThatAreNone() {
        assertThat(sent(good().header("typ", "JWT"))).isEqualTo("wrong-proof-type");
        assertThat(sent(good().header("alg", "none"))).isEqualTo("proof-algorithm-not-allowed");
        assertThat(sent(good().header("alg", "HS256"))).isEqualTo("proof-algorithm-not-allowed");
        assertThat(sent(good().header("alg", "RS256"))).isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("crit", List.of("b64")))).isEqualTo("malformed-proof");
        assertThat(sent(good().without("jti"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("jti", " "))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("jti", "x".repeat(257)))).isEqualTo("malformed-proof");
        assertThat(sent(good().without("iat"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("iat", "now"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("pad", "x".repeat(5000)))).isEqualTo("malformed-proof");
        assertThat(reason(check.check(request(token, "no proof").view()))).isEqualTo("malformed-proof");
        var other = KeyHolder.holding(bench.clock);
        assertThat(sent(good().header("jwk", other.publicKey()))).isEqualTo("wrong-proof-key");
        assertThat(sent(other.proof("GET", TARGET, token))).isEqualTo("wrong-proof-key");
        assertThat(sent(other.proof("GET", TARGET, token).header("jwk", holder.publicKey())))
                .isEqualTo("bad-proof-signature");
    }

    @Test
    void deniesKeysThatNobodyMaySend() {
        assertThat(sent(good().header("jwk", holder.privateKey()))).isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("jwk", Map.of("kty", "oct", "k", "c2VjcmV0"))))
                .isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("jwk", "key"))).isEqualTo("unusable-proof-key");
        var offCurve = new LinkedHashMap<>(holder.publicKey());
        offCurve.put("y", offCurve.get("x"));
        assertThat(sent(good().header("jwk", offCurve))).isEqualTo("unusable-proof-key");
        var encrypting = new LinkedHashMap<>(holder.publicKey());
        encrypting.put("use", "enc");
        assertThat(sent(good().header("jwk", encrypting))).isEqualTo("unusable-proof-key");
        var agreeing = Map.of("kty", "OKP", "crv", "X25519", "x", "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo");
        assertThat(sent(good().header("alg", "EdDSA").header("jwk", agreeing))).isEqualTo("unusable-proof-key");
    }

    @Test
    void deniesKeysThatAreCostly() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(
                new RSAKeyGenParameterSpec(2048, BigInteger.ONE.shiftLeft(60).add(BigInteger.ONE)));
        var slow = (RSAPublicKey) generator.generateKeyPair().getPublic();
        assertThat(sent(good().header("alg", "RS256").header("jwk", jwk(slow.getModulus(), slow.getPublicExponent()))))
                .isEqualTo("unusable-proof-key");
        var long1 = BigInteger.ONE.shiftLeft(4200).add(BigInteger.ONE);
        assertThat(sent(good().header("alg", "RS256").header("jwk", jwk(long1, BigInteger.valueOf(65537)))))
                .isEqualTo("unusable-proof-key");
    }

    private static Map<String, Object> jwk(BigInteger modulus, BigInteger exponent) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var n = modulus.toByteArray();
        var plain = n[0] == 0 ? Arrays.copyOfRange(n, 1, n.length) : n;
        return Map.of(
                "kty", "RSA", "n", base64.encodeToString(plain), "e", base64.encodeToString(exponent.toByteArray()));
    }

    @Test
    void deniesSignaturesOutOfRange() {
        var proof = good().sign();
        var zero = proof.substring(0, proof.lastIndexOf('.') + 1) + "A".repeat(86);
        assertThat(reason(check.check(request(token, zero).view()))).isEqualTo("bad-proof-signature");
    }
}
