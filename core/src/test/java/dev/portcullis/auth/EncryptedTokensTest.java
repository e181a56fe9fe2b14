package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.fixture.IdentityProvider;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.AesKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.PbkdfKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed tokens in envelopes, for issuers that are configured so. */
class EncryptedTokensTest {

    private static final PublicJsonWebKey RSA = named(rsa(), "enc-1");
    private static final PublicJsonWebKey EC = named(ec(), "enc-2");

    private final Bench bench = new Bench();
    private final Authentication check = check(RSA, EC);

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-OAEP-256, A256GCM",
        "RSA-OAEP-256, A128CBC-HS256",
        "ECDH-ES, A128GCM",
        "ECDH-ES+A128KW, A192GCM",
        "ECDH-ES+A192KW, A192CBC-HS384",
        "ECDH-ES+A256KW, A256CBC-HS512"
    })
    void opensWhatIsSignedInside(String algorithm, String encryption) throws JoseException {
        var envelope = envelope(bench.provider.token().subject("bob").sign(), algorithm, encryption);
        var token = envelope.getCompactSerialization();
        assertThat(Bench.caller(ask(check, token)).id()).isEqualTo("bob");
        assertThat(Bench.caller(ask(check, token)).id()).isEqualTo("bob");
        assertThat(reason(ask(bench.required(), token))).isEqualTo("encrypted-token");
        var cut = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThat(reason(ask(check, cut))).isEqualTo("undecipherable-token");
    }

    @Test
    void demandsASignedTokenInside() throws JoseException {
        assertThat(sealed("{\"iss\":\"" + bench.provider.issuer() + "\",\"sub\":\"root\"}"))
                .isEqualTo("unsigned-inside");
        var plain = bench.provider.token().header("alg", "none").sign();
        assertThat(sealed(plain)).isEqualTo("algorithm-not-allowed");
        assertThat(sealed(plain.substring(0, plain.lastIndexOf('.') + 1))).isEqualTo("algorithm-not-allowed");
        var inner = envelope(bench.provider.token().sign(), "RSA-OAEP-256", "A256GCM")
                .getCompactSerialization();
        assertThat(sealed(inner)).isEqualTo("unsigned-inside");
        assertThat(sealed(bench.provider.token().audience("other").sign())).isEqualTo("wrong-audience");
        var token = bench.provider.token().sign();
        assertThat(sealed(token.substring(0, token.length() - 4) + "AAAA")).isEqualTo("bad-signature");
        assertThat(sealed(token)).isEqualTo("pass");
    }

    @Test
    void demandsThatTheIssuerInsideIsTheOneOutside() throws JoseException {
        var other = Issuer.builder("other", "https://other.example.com")
                .audiences(Set.of(IdentityProvider.AUDIENCE))
                .decryption(keys(RSA))
                .build();
        var both = Authentication.required(List.of(Jwt.of(List.of(bench.issuer().build(), other), bench.rings)));
        var token = envelope(bench.provider.token().sign(), "RSA-OAEP-256", "A256GCM")
                .getCompactSerialization();
        assertThat(reason(ask(both, token))).isEqualTo("wrong-issuer-inside");
    }

    @Test
    void deniesHeadersThatAreNotPlain() throws JoseException {
        var token = bench.provider.token().sign();
        var untold = envelope(token, "RSA-OAEP-256", "A256GCM");
        untold.getHeaders().setObjectHeaderValue("cty", "text");
        assertThat(reason(ask(check, untold.getCompactSerialization()))).isEqualTo("undecipherable-token");
        var zipped = envelope(token, "RSA-OAEP-256", "A256GCM");
        zipped.setHeader("zip", "DEF");
        assertThat(reason(ask(check, zipped.getCompactSerialization()))).isEqualTo("encrypted-token");
        var stranger = envelope(token, "RSA-OAEP-256", "A256GCM");
        stranger.setKeyIdHeaderValue("enc-3");
        assertThat(reason(ask(check, stranger.getCompactSerialization()))).isEqualTo("encrypted-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA1_5", "RSA-OAEP", "PBES2-HS256+A128KW", "dir", "A128KW"})
    void neverOpensByOtherAlgorithms(String algorithm) throws JoseException {
        var jwe = envelope(bench.provider.token().sign(), algorithm, "A128GCM");
        Key key = switch (algorithm) {
            case "dir", "A128KW" -> new AesKey(new byte[16]);
            case "PBES2-HS256+A128KW" -> new PbkdfKey("a password");
            default -> RSA.getPublicKey();
        };
        jwe.setKey(key);
        assertThat(reason(ask(check, jwe.getCompactSerialization()))).isEqualTo("encrypted-token");
    }

    @Test
    void takesKeysInEveryForm() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var jwe = envelope(bench.provider.token().sign(), "RSA-OAEP-256", "A256GCM");
        jwe.setKey(pair.getPublic());
        var byPem = Authentication.required(List.of(Jwt.of(
                List.of(bench.issuer().decryption(DecryptionKeys.parse(pem)).build()), bench.rings)));
        assertThat(reason(ask(byPem, jwe.getCompactSerialization()))).isEqualTo("pass");
        assertThat(DecryptionKeys.parse(pem))
                .isEqualTo(DecryptionKeys.parse(pem))
                .isNotEqualTo(keys(RSA));
        var one = DecryptionKeys.parse(RSA.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        assertThat(one).isEqualTo(keys(RSA));
        for (var text : List.of("", "{}", "{\"keys\":[]}", "key", RSA.toJson(OutputControlLevel.PUBLIC_ONLY))) {
            assertThatIllegalArgumentException().isThrownBy(() -> DecryptionKeys.parse(text));
        }
    }

    private String sealed(String inside) throws JoseException {
        return reason(ask(check, envelope(inside, "RSA-OAEP-256", "A256GCM").getCompactSerialization()));
    }

    private static JsonWebEncryption envelope(String inside, String algorithm, String encryption) {
        var key = algorithm.startsWith("ECDH") ? EC : RSA;
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(algorithm);
        jwe.setEncryptionMethodHeaderParameter(encryption);
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        jwe.setKey(key.getPublicKey());
        jwe.setPayload(inside);
        return jwe;
    }

    private Authentication check(PublicJsonWebKey... keys) {
        return Authentication.required(
                List.of(Jwt.of(List.of(bench.issuer().decryption(keys(keys)).build()), bench.rings)));
    }

    private static DecryptionKeys keys(PublicJsonWebKey... keys) {
        return DecryptionKeys.parse(new JsonWebKeySet(keys).toJson(OutputControlLevel.INCLUDE_PRIVATE));
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String kid) {
        key.setKeyId(kid);
        return key;
    }

    private static PublicJsonWebKey rsa() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJsonWebKey ec() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
