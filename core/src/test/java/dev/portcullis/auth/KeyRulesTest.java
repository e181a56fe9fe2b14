package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which keys of a set are used, and for what. */
class KeyRulesTest {

    private static final JwkReader ASYMMETRIC = new JwkReader(Algorithm.asymmetric(), true);
    private static final JwkReader SYMMETRIC = new JwkReader(EnumSet.range(Algorithm.HS256, Algorithm.HS512), false);

    private static Map<String, Object> rsa;
    private static Map<String, Object> otherRsa;
    private static Map<String, Object> p256;

    @BeforeAll
    static void make() throws JoseException {
        rsa = RsaJwkGenerator.generateJwk(2048).toParams(OutputControlLevel.PUBLIC_ONLY);
        otherRsa = RsaJwkGenerator.generateJwk(2048).toParams(OutputControlLevel.PUBLIC_ONLY);
        p256 = EcJwkGenerator.generateJwk(EllipticCurves.P256).toParams(OutputControlLevel.PUBLIC_ONLY);
    }

    @Test
    void bindsEveryKeyToTheAlgorithmsOfItsType() throws JoseException {
        var ed25519 = OkpJwkGenerator.generateJwk("Ed25519").toParams(OutputControlLevel.PUBLIC_ONLY);
        var p521 = EcJwkGenerator.generateJwk(EllipticCurves.P521).toParams(OutputControlLevel.PUBLIC_ONLY);
        assertThat(uses(rsa)).isEqualTo(EnumSet.range(Algorithm.RS256, Algorithm.PS512));
        assertThat(uses(p256)).isEqualTo(Set.of(Algorithm.ES256));
        assertThat(uses(p521)).isEqualTo(Set.of(Algorithm.ES512));
        assertThat(uses(ed25519)).isEqualTo(Set.of(Algorithm.EdDSA));
    }

    @Test
    void narrowsAKeyToTheAlgorithmThatItStates() {
        assertThat(uses(with(rsa, "alg", "PS384"))).isEqualTo(Set.of(Algorithm.PS384));
        assertThat(uses(with(p256, "alg", "ES256"))).isEqualTo(Set.of(Algorithm.ES256));
        for (var alg : List.of("ES256", "HS256", "none", "RS1", "rs256", "RSA-OAEP", "")) {
            assertThat(uses(with(rsa, "alg", alg))).as(alg).isEmpty();
        }
        assertThat(uses(with(p256, "alg", "ES384"))).isEmpty();
        assertThat(uses(with(rsa, "alg", 7))).isEmpty();
    }

    @Test
    void allowsNoAlgorithmThatTheIssuerMayNotUse() {
        var narrow = new JwkReader(Set.of(Algorithm.ES256), true);
        assertThat(read(narrow, List.of(rsa, p256)).keys())
                .singleElement()
                .satisfies(key -> assertThat(key.algorithms()).containsExactly(Algorithm.ES256));
    }

    @Test
    void leavesOutKeysThatAreNotMeantToVerify() {
        assertThat(uses(with(rsa, "use", "sig"))).isNotEmpty();
        assertThat(uses(with(rsa, "key_ops", List.of("verify")))).isNotEmpty();
        assertThat(uses(with(rsa, "use", "enc"))).isEmpty();
        assertThat(uses(with(rsa, "use", "SIG"))).isEmpty();
        assertThat(uses(with(rsa, "key_ops", List.of()))).isEmpty();
        assertThat(uses(with(rsa, "key_ops", List.of("sign", "encrypt")))).isEmpty();
        assertThat(uses(with(rsa, "key_ops", "verify"))).isEmpty();
    }

    @Test
    void leavesOutWeakAndDamagedKeys() throws JoseException {
        var weak = RsaJwkGenerator.generateJwk(1024).toParams(OutputControlLevel.PUBLIC_ONLY);
        assertThat(note(weak)).contains("1024 bits");
        assertThat(note(with(rsa, "e", "AQ"))).contains("exponent");
        assertThat(note(with(rsa, "e", "Ag"))).contains("exponent");
        assertThat(note(with(p256, "y", p256.get("x")))).contains("not on the curve");
        assertThat(note(with(p256, "crv", "P-384"))).isNotEmpty();
        assertThat(note(with(p256, "crv", "secp256k1"))).isNotEmpty();
        assertThat(note(with(rsa, "n", rsa.get("n") + "="))).contains("`n`");
        assertThat(note(with(rsa, "kty", "rsa"))).contains("`kty`");
        assertThat(note(with(rsa, "kid", 7))).contains("`kid`");
        assertThat(note(Map.of("kty", "RSA"))).contains("`n`");
    }

    @Test
    void leavesOutModuliOfTheFaultyGenerator() {
        var primes = List.of(3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89);
        var product = primes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        for (var prime : List.of(97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167)) {
            product = product.multiply(BigInteger.valueOf(prime));
        }
        var power = BigInteger.valueOf(65_537).modPow(BigInteger.valueOf(1234), product);
        var marked = product.multiply(BigInteger.ONE.shiftLeft(2047 - product.bitLength() + 1))
                .add(power);
        assertThat(Roca.marks(marked)).isTrue();
        assertThat(note(with(rsa, "n", encoded(marked)))).contains("faulty generator");
        assertThat(Roca.marks(new BigInteger(1, Base64.getUrlDecoder().decode((String) rsa.get("n")))))
                .isFalse();
    }

    @Test
    void leavesOutKeysWhosePrivateHalfIsPublished() throws JoseException {
        var pair = RsaJwkGenerator.generateJwk(2048).toParams(OutputControlLevel.INCLUDE_PRIVATE);
        assertThat(note(pair)).contains("private half");
        assertThat(read(new JwkReader(Algorithm.asymmetric(), false), List.of(pair))
                        .keys())
                .hasSize(1);
    }

    @Test
    void takesNoSecretsFromWhereAlgorithmsArePublic() throws JoseException {
        var secret = OctJwkGenerator.generateJwk(512).toParams(OutputControlLevel.INCLUDE_SYMMETRIC);
        assertThat(uses(secret)).isEmpty();
        assertThat(read(SYMMETRIC, List.of(secret)).keys()).hasSize(1);
        assertThat(read(SYMMETRIC, List.of(rsa)).keys()).isEmpty();
    }

    @Test
    void usesASecretForHashesNoLongerThanItself() throws JoseException {
        var short384 = OctJwkGenerator.generateJwk(384).toParams(OutputControlLevel.INCLUDE_SYMMETRIC);
        assertThat(read(SYMMETRIC, List.of(short384)).keys())
                .singleElement()
                .satisfies(key ->
                        assertThat(key.algorithms()).containsExactlyInAnyOrder(Algorithm.HS256, Algorithm.HS384));
        var tiny = OctJwkGenerator.generateJwk(128).toParams(OutputControlLevel.INCLUDE_SYMMETRIC);
        assertThat(read(SYMMETRIC, List.of(tiny)).keys()).isEmpty();
    }

    @Test
    void leavesOutDifferentKeysOfOneId() {
        var set = read(ASYMMETRIC, List.of(with(rsa, "kid", "a"), with(otherRsa, "kid", "a"), with(p256, "kid", "a")));
        assertThat(set.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.key().getAlgorithm()).isEqualTo("EC"));
        assertThat(set.notes()).hasSize(2).allMatch(note -> note.contains("another key's"));
    }

    @Test
    void takesRepetitionsOfAKeyForOne() {
        assertThat(read(ASYMMETRIC, List.of(with(rsa, "kid", "a"), with(rsa, "kid", "a")))
                        .keys())
                .hasSize(1);
        var twice = List.of(with(with(rsa, "kid", "a"), "alg", "RS256"), with(with(rsa, "kid", "a"), "alg", "PS256"));
        assertThat(read(ASYMMETRIC, twice).keys()).hasSize(2);
    }

    @Test
    void selectsByTheExactIdAndNeverByAnother() {
        var set = read(ASYMMETRIC, List.of(with(rsa, "kid", "a"), with(otherRsa, "kid", "b"), p256));
        assertThat(set.candidates("a", Algorithm.RS256)).hasSize(1);
        assertThat(set.candidates("A", Algorithm.RS256)).isEmpty();
        assertThat(set.candidates("a", Algorithm.ES256)).isEmpty();
        assertThat(set.candidates("c", Algorithm.ES256)).isEmpty();
        assertThat(set.candidates("", Algorithm.RS256)).hasSize(2);
        assertThat(set.candidates("", Algorithm.ES256)).hasSize(1);
    }

    @Test
    void triesFewKeysForATokenThatNamesNone() throws JoseException {
        var many = new Object[5];
        for (var i = 0; i < many.length; i++) {
            many[i] = EcJwkGenerator.generateJwk(EllipticCurves.P256).toParams(OutputControlLevel.PUBLIC_ONLY);
        }
        var keys = Arrays.stream(many).map(KeyRulesTest::json).collect(Collectors.joining(","));
        var set = ASYMMETRIC.read(("{\"keys\":[" + keys + "]}").getBytes(UTF_8));
        assertThat(set.keys()).hasSize(5);
        assertThat(set.candidates("", Algorithm.ES256)).isEmpty();
    }

    @Test
    void refusesWhatIsNoKeySet() {
        var many = "{\"keys\":[" + "{},".repeat(JwkReader.MAX_KEYS) + "{}]}";
        for (var text : List.of("", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}", "{\"keys\":[]}x", many)) {
            assertThatIllegalArgumentException().isThrownBy(() -> ASYMMETRIC.read(text.getBytes(UTF_8)));
        }
    }

    @Test
    void makesNotesFitForLogs() {
        var note = note(with(with(rsa, "kid", "a\nb" + "x".repeat(1000)), "use", "enc"));
        assertThat(note).doesNotContain("\n").hasSizeLessThan(500);
    }

    private static Set<Algorithm> uses(Map<String, Object> key) {
        var keys = read(ASYMMETRIC, List.of(key)).keys();
        return keys.isEmpty() ? Set.of() : keys.get(0).algorithms();
    }

    private static String note(Map<String, Object> key) {
        var set = read(ASYMMETRIC, List.of(key));
        assertThat(set.keys()).isEmpty();
        return set.notes().get(0);
    }

    private static KeySet read(JwkReader reader, List<Map<String, Object>> keys) {
        var set = keys.stream().map(KeyRulesTest::json).collect(Collectors.joining(","));
        return reader.read(("{\"keys\":[" + set + "]}").getBytes(UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static String json(Object key) {
        return JsonUtil.toJson(new TreeMap<>((Map<String, Object>) key));
    }

    private static Map<String, Object> with(Map<String, Object> key, String name, Object value) {
        var changed = new LinkedHashMap<>(key);
        changed.put(name, value);
        return changed;
    }

    private static String encoded(BigInteger number) {
        var bytes = number.toByteArray();
        var from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
