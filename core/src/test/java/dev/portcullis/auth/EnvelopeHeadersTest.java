package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Headers of envelopes as RFC 7516, 7518 and 7519 allow and forbid them, each sealed to a key that is there. */
class EnvelopeHeadersTest extends EnvelopeStage {

    private void header(String expected, String... members) {
        for (var text : members) {
            expect(expected, text, sealed(text).compact());
        }
    }

    private static String base(String more) {
        return "{" + ALG + "," + ENC + "," + CTY + "," + more + "}";
    }

    @Test
    void areOpenedWhateverElseTheirHeadersSay() {
        header(
                "pass",
                HEADER,
                "{" + ALG + "," + ENC + "," + CTY + "}",
                "{ \"cty\" : \"JWT\" ,\r\n " + ENC + " , " + ALG + " }",
                base("\"x\":1"),
                base("\"typ\":\"JWT\""),
                base("\"typ\":\"JOSE\""),
                base("\"p2c\":2147483647,\"p2s\":\"AAAA\""),
                base("\"apu\":\"QWxpY2U\",\"apv\":\"Qm9i\""),
                base("\"jku\":\"https://attacker.example/keys\""),
                base("\"x5u\":\"file:///etc/passwd\",\"x5c\":[\"AAAA\"],\"x5t\":\"AAAA\""),
                base("\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}"),
                base("\"epk\":{\"kty\":\"EC\"}"),
                base("\"iv\":\"AAAA\",\"tag\":\"AAAA\""),
                "{\"\\u0061lg\":\"RSA-OAEP-256\"," + ENC + "," + CTY + "}",
                "{" + ALG + "," + ENC + ",\"cty\":\"jwt\"}",
                "{" + ALG + "," + ENC + ",\"cty\":\"application/jwt\"}");
        assertThat(wrong).isEmpty();
    }

    @Test
    void areNotOpenedByHeadersThatReadersTakeDifferently() {
        header(
                "deny",
                "{" + ALG + "," + ALG + "," + ENC + "," + CTY + "}",
                "{\"alg\":\"dir\"," + ALG + "," + ENC + "," + CTY + "}",
                "{" + ALG + ",\"alg\":\"dir\"," + ENC + "," + CTY + "}",
                "{" + ALG + ",\"\\u0061lg\":\"dir\"," + ENC + "," + CTY + "}",
                "{" + ALG + "," + ENC + "," + ENC + "," + CTY + "}",
                base("\"enc\":\"A128GCM\""),
                base("\"cty\":\"text\""),
                base("\"kid\":\"enc-1\",\"kid\":\"enc-2\""),
                base("\"x\":{\"y\":1,\"y\":2}"),
                HEADER + " {}",
                HEADER + "\u0000",
                "\ufeff" + HEADER,
                "[" + HEADER + "]",
                "\"" + ALG.replace("\"", "") + "\"",
                "null",
                "",
                "{}",
                HEADER.replace("}", ",}"),
                HEADER.replace("\"", "'"),
                "/**/" + HEADER,
                base("\"x\":" + "[".repeat(1500) + "]".repeat(1500)),
                base("\"x\":NaN"));
        expect(
                "deny",
                "no UTF-8",
                sealed("")
                        .header((HEADER.replace("enc-1", "\u00e4")).getBytes(ISO_8859_1))
                        .compact());
        expect("deny", "UTF-16", sealed("").header(HEADER.getBytes(UTF_16BE)).compact());
        assertThat(wrong).isEmpty();
    }

    @Test
    void areNotOpenedByWhatMustBeUnderstood() {
        header(
                "deny",
                base("\"crit\":[]"),
                base("\"crit\":null"),
                base("\"crit\":\"exp\""),
                base("\"crit\":[\"exp\"],\"exp\":1"),
                base("\"crit\":[\"alg\"]"),
                base("\"crit\":[\"b64\"],\"b64\":false"),
                base("\"zip\":\"DEF\""),
                base("\"zip\":\"GZ\""),
                base("\"zip\":\"none\""),
                base("\"zip\":\"\""),
                base("\"zip\":null"),
                base("\"zip\":[\"DEF\"]"));
        assertThat(wrong).isEmpty();
    }

    @Test
    void areNotOpenedByOtherAlgorithms() {
        for (var alg : List.of(
                "null",
                "7",
                "[\"RSA-OAEP-256\"]",
                "{}",
                "\"\"",
                "\"none\"",
                "\"rsa-oaep-256\"",
                "\"RSA-OAEP-256 \"",
                "\"RSA-OAEP-256\\u0000\"",
                "\"RSA-OAEP\"",
                "\"RSA-OAEP-384\"",
                "\"RSA1_5\"",
                "\"dir\"",
                "\"RS256\"",
                "\"HS256\"",
                "\"A256KW\"",
                "\"A256GCMKW\"",
                "\"ECDH-ES\"",
                "\"ECDH-ES+A256KW\"",
                "\"ECDH-1PU\"",
                "\"PBES2-HS256+A128KW\"",
                "\"HPKE-0\"",
                "true")) {
            header("deny", "{\"alg\":" + alg + "," + ENC + "," + CTY + "}");
            header("deny", "{\"alg\":" + alg + "," + ENC + "," + CTY + ",\"p2c\":2147483647,\"p2s\":\"AAAAAAAAAAA\"}");
        }
        for (var enc : List.of(
                "null",
                "7",
                "[\"A256GCM\"]",
                "\"\"",
                "\"none\"",
                "\"a256gcm\"",
                "\"A256GCM \"",
                "\"A128GCM\"",
                "\"A192GCM\"",
                "\"A256CBC\"",
                "\"A256CBC-HS512\"",
                "\"A128CBC-HS256\"",
                "\"C20P\"",
                "\"XC20P\"",
                "\"A256CTR\"")) {
            header("deny", "{" + ALG + ",\"enc\":" + enc + "," + CTY + "}");
        }
        header("deny", "{" + ENC + "," + CTY + "}", "{" + ALG + "," + CTY + "}");
        assertThat(wrong).isEmpty();
    }

    @Test
    void areNotOpenedForAnotherKeyOrAsAnythingElseThanTokens() {
        header(
                "deny",
                base("\"kid\":\"enc-9\""),
                base("\"kid\":\"enc-2\""),
                base("\"kid\":\"ENC-1\""),
                base("\"kid\":7"),
                base("\"kid\":null"),
                base("\"kid\":[\"enc-1\"]"),
                base("\"kid\":\"../../../dev/null\""),
                base("\"kid\":\"' or 1=1 --\""),
                base("\"kid\":\"" + "k".repeat(2000) + "\""),
                "{" + ALG + "," + ENC + "}",
                "{" + ALG + "," + ENC + ",\"cty\":\"\"}",
                "{" + ALG + "," + ENC + ",\"cty\":null}",
                "{" + ALG + "," + ENC + ",\"cty\":7}",
                "{" + ALG + "," + ENC + ",\"cty\":[\"JWT\"]}",
                "{" + ALG + "," + ENC + ",\"cty\":\"JWT \"}",
                "{" + ALG + "," + ENC + ",\"cty\":\"JOSE\"}",
                "{" + ALG + "," + ENC + ",\"cty\":\"text/plain\"}");
        assertThat(wrong).isEmpty();
    }
}
