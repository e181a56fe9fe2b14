package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;

import dev.portcullis.fixture.TokenDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;

/** Keys that open envelopes, a check that has them, and what it says otherwise than expected. */
abstract class EnvelopeStage {

    static final PublicJsonWebKey RSA = rsa("enc-1");
    static final PublicJsonWebKey P256 = ec("enc-2", EllipticCurves.P256);
    static final PublicJsonWebKey P384 = ec("enc-3", EllipticCurves.P384);
    static final PublicJsonWebKey P521 = ec("enc-4", EllipticCurves.P521);
    static final String ALG = "\"alg\":\"RSA-OAEP-256\"";
    static final String ENC = "\"enc\":\"A256GCM\"";
    static final String CTY = "\"cty\":\"JWT\"";
    static final String HEADER = "{" + ALG + "," + ENC + "," + CTY + ",\"kid\":\"enc-1\"}";

    final Bench bench = new Bench();
    private final DecryptionKeys keys =
            DecryptionKeys.parse(new JsonWebKeySet(RSA, P256, P384, P521).toJson(OutputControlLevel.INCLUDE_PRIVATE));
    final Authentication check = Authentication.required(
            List.of(Jwt.of(List.of(bench.issuer().decryption(keys).build()), bench.rings)));
    final Map<String, String> wrong = new LinkedHashMap<>();
    final String signed = draft().sign();

    @AfterEach
    void close() {
        bench.close();
    }

    TokenDraft draft() {
        return bench.provider.token().subject("bob");
    }

    void expect(String expected, String name, String token) {
        String told;
        try {
            told = reason(ask(check, token));
        } catch (RuntimeException e) {
            told = e.toString();
        }
        var fits = expected.equals("deny") ? !told.equals("pass") && !told.contains(" ") : told.equals(expected);
        if (!fits) {
            wrong.put(name, told);
        }
    }

    Sealed sealed(String header) {
        return Sealed.of(RSA.getPublicKey(), header, signed);
    }

    static PublicJsonWebKey rsa(String kid) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(kid);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJsonWebKey ec(String kid, java.security.spec.ECParameterSpec curve) {
        try {
            var key = EcJwkGenerator.generateJwk(curve);
            key.setKeyId(kid);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
