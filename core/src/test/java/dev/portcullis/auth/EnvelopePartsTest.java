package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** What comes behind the headers of envelopes: keys wrapped or agreed, text and tag, and the token that is inside. */
class EnvelopePartsTest extends EnvelopeStage {

    @Test
    void areDeniedWhereAPartIsNotAsItMustBe() {
        var good = sealed(HEADER);
        for (var place = 0; place < 5; place++) {
            expect("deny", "empty " + place, good.with(place, new byte[0]));
            expect("deny", "padding " + place, good.withText(place, text -> text + "="));
            expect("deny", "blank " + place, good.withText(place, text -> text + " "));
            expect("deny", "line " + place, good.withText(place, text -> text + "\n"));
            expect("deny", "plus " + place, good.withText(place, text -> "+" + text.substring(1)));
            expect("deny", "slash " + place, good.withText(place, text -> "/" + text.substring(1)));
            expect("deny", "one more " + place, good.withText(place, text -> text + "A"));
            expect("deny", "four more " + place, good.withText(place, text -> text + "AAAA"));
            expect(
                    "deny",
                    "flipped " + place,
                    good.with(place, flipped(good.parts().get(place))));
        }
        expect(
                "deny",
                "spare bits in the tag",
                good.withText(4, text -> text.substring(0, 21) + next(text.charAt(21))));
        expect(
                "deny",
                "spare bits in the key",
                good.withText(1, text -> text.substring(0, 341) + next(text.charAt(341))));
        expect("deny", "four parts", good.compact().substring(0, good.compact().lastIndexOf('.')));
        expect("deny", "six parts", good.compact() + ".");
        expect("deny", "six parts", good.compact() + ".AAAA");
        expect("deny", "a part before", "." + good.compact());
        assertThat(wrong).isEmpty();
    }

    /** The next letter of the alphabet of base64, which differs in the last bits only. */
    private static char next(char c) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt(alphabet.indexOf(c) + 1);
    }

    private static byte[] flipped(byte[] part) {
        var other = part.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    /** All failures of cryptography look alike, or they would be an oracle. */
    @Test
    void failAlikeWhateverOfTheirCryptographyFails() {
        var good = sealed(HEADER);
        var tag = good.parts().get(4);
        for (var length : new int[] {1, 4, 8, 12, 15}) {
            expect("encrypted-token", "tag of " + length, good.with(4, Arrays.copyOf(tag, length)));
        }
        expect("encrypted-token", "long tag", good.with(4, Arrays.copyOf(tag, 17)));
        for (var length : new int[] {1, 8, 11, 13, 16}) {
            expect("encrypted-token", "vector of " + length, good.iv(length).compact());
        }
        for (var length : new int[] {16, 24}) {
            expect(
                    "undecipherable-token",
                    "secret of " + length,
                    good.secret(length).compact());
        }
        for (var padding : List.of("RSA/ECB/PKCS1Padding", "RSA/ECB/OAEPWithSHA-1AndMGF1Padding")) {
            expect("undecipherable-token", padding, good.padding(padding).compact());
        }
        expect("undecipherable-token", "key", good.with(1, flipped(good.parts().get(1))));
        expect("undecipherable-token", "short key", good.with(1, new byte[] {1}));
        expect("undecipherable-token", "zero key", good.with(1, new byte[256]));
        expect("undecipherable-token", "long key", good.with(1, new byte[257]));
        expect("undecipherable-token", "text", good.with(3, flipped(good.parts().get(3))));
        expect(
                "undecipherable-token",
                "vector",
                good.with(2, flipped(good.parts().get(2))));
        expect(
                "undecipherable-token",
                "another's key",
                good.with(1, sealed(HEADER).secret(16).parts().get(1)));
        var stranger = rsa("enc-1");
        expect(
                "undecipherable-token",
                "sealed to another",
                Sealed.of(stranger.getPublicKey(), HEADER, signed).compact());
        assertThat(wrong).isEmpty();
    }

    @Test
    void holdASignedTokenAndNothingElse() throws Exception {
        var good = sealed(HEADER);
        var claims = signed.split("\\.")[1];
        var none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        var inside = new LinkedHashMap<String, String>();
        inside.put("nothing", "");
        inside.put("claims", new String(Base64.getUrlDecoder().decode(claims), UTF_8));
        inside.put("none", none + "." + claims + ".");
        inside.put("none with a signature", none + "." + claims + ".AAAA");
        inside.put("two parts", none + "." + claims);
        inside.put("an envelope", good.compact());
        inside.put(
                "an envelope in an envelope",
                Sealed.of(RSA.getPublicKey(), HEADER, good.compact()).compact());
        inside.put("blank before", " " + signed);
        inside.put("line after", signed + "\n");
        inside.put("scheme", "Bearer " + signed);
        inside.put("quotes", "\"" + signed + "\"");
        inside.put("twice", signed + signed);
        inside.put("two", signed + "." + signed);
        inside.put("cut", signed.substring(0, signed.length() - 8));
        inside.put("JSON", "{\"payload\":\"" + claims + "\",\"signatures\":[]}");
        inside.put("by the encryption key as a secret", hmac(RSA.getPublicKey().getEncoded()));
        inside.put("by the secret of the envelope", hmac(good.secret()));
        inside.put("by an empty secret", hmac(new byte[32]));
        inside.put("by the encryption key", own());
        inside.put("expired", draft().expiresIn(Duration.ofSeconds(-1)).sign());
        inside.put("not yet", draft().notBefore(Duration.ofHours(1)).sign());
        inside.put("no end", draft().without("exp").sign());
        inside.put("no audience", draft().without("aud").sign());
        inside.put("another's", draft().audience("other").sign());
        inside.put("foreign", draft().issuer("https://other.example").sign());
        inside.put("nobody's", draft().without("iss").sign());
        inside.put(
                "critical", draft().header("crit", List.of("x")).header("x", 1).sign());
        inside.put(
                "b64",
                draft().header("b64", false).header("crit", List.of("b64")).sign());
        inside.forEach((name, text) ->
                expect("deny", name, Sealed.of(RSA.getPublicKey(), HEADER, text).compact()));
        expect("deny", "deflated", good.inside(deflated(signed)).compact());
        expect("deny", "UTF-16", good.inside(signed.getBytes(UTF_16BE)).compact());
        expect("deny", "mark", good.inside(("\ufeff" + signed).getBytes(UTF_8)).compact());
        expect("deny", "bytes", good.inside(new byte[] {-1, -2, 0}).compact());
        expect("token-too-long", "large", good.inside(new byte[Jwt.MAX_TOKEN]).compact());
        expect("pass", "good", good.compact());
        assertThat(wrong).isEmpty();
    }

    private String hmac(byte[] secret) throws JoseException {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("HS256");
        jws.setPayload(new String(Base64.getUrlDecoder().decode(signed.split("\\.")[1]), UTF_8));
        jws.setKey(new HmacKey(secret));
        return jws.getCompactSerialization();
    }

    private String own() throws JoseException {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("RS256");
        jws.setKeyIdHeaderValue("enc-1");
        jws.setPayload(new String(Base64.getUrlDecoder().decode(signed.split("\\.")[1]), UTF_8));
        jws.setKey(RSA.getPrivateKey());
        return jws.getCompactSerialization();
    }

    private static byte[] deflated(String text) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @Test
    void areAgreedOnEveryCurveWithEveryEncryption() throws JoseException {
        for (var key : List.of(P256, P384, P521)) {
            for (var algorithm : List.of("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW")) {
                for (var encryption : Envelope.ENCRYPTIONS) {
                    expect("pass", key.getKeyId() + algorithm + encryption, agreed(key, algorithm, encryption));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private String agreed(PublicJsonWebKey key, String algorithm, String encryption) throws JoseException {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(algorithm);
        jwe.setEncryptionMethodHeaderParameter(encryption);
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setKey(key.getPublicKey());
        jwe.setPayload(signed);
        return jwe.getCompactSerialization();
    }

    @Test
    void areNotAgreedByKeysThatAreNone() throws JoseException {
        var good = agreed(P256, "ECDH-ES", "A256GCM").split("\\.", -1);
        var ec = "{\"alg\":\"ECDH-ES\"," + ENC + "," + CTY + ",\"kid\":\"enc-2\"";
        var zero = "A".repeat(43);
        var epks = new ArrayList<>(List.of(
                "null",
                "7",
                "\"AAAA\"",
                "[]",
                "{}",
                "{\"kty\":\"EC\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
                point("P-256", zero, zero),
                point("P-256", "AQ", "AQ"),
                point("P-256", zero.substring(1) + "E", zero),
                point("P-384", zero, zero),
                point("secp256k1", zero, zero),
                point("P-256", "", ""),
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + zero + "\"}",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}",
                P384.toJson(OutputControlLevel.PUBLIC_ONLY),
                RSA.toJson(OutputControlLevel.PUBLIC_ONLY)));
        for (var epk : epks) {
            expect("deny", epk, headed(ec + ",\"epk\":" + epk + "}", good));
        }
        expect("deny", "none", headed(ec + "}", good));
        expect("deny", "a key beside the agreement", good[0] + ".AAAA." + good[2] + "." + good[3] + "." + good[4]);
        var wrapped = agreed(P256, "ECDH-ES+A256KW", "A256GCM").split("\\.", -1);
        expect("deny", "no key", wrapped[0] + ".." + wrapped[2] + "." + wrapped[3] + "." + wrapped[4]);
        expect("deny", "short key", wrapped[0] + ".AAAA." + wrapped[2] + "." + wrapped[3] + "." + wrapped[4]);
        var zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[40]);
        expect("deny", "zero key", wrapped[0] + "." + zeros + "." + wrapped[2] + "." + wrapped[3] + "." + wrapped[4]);
        expect("pass", "good", String.join(".", good));
        expect("pass", "good", String.join(".", wrapped));
        assertThat(wrong).isEmpty();
    }

    private static String point(String curve, String x, String y) {
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
    }

    private static String headed(String text, String[] parts) {
        var other = parts.clone();
        other[0] = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
        return String.join(".", other);
    }
}
