package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads the keys that operators write: PEM, JWK and secrets. What it says of them never shows them. */
@TrustedBase
final class KeyText {

    private static final String BASE64 = "base64:";
    private static final List<String> TYPES = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private KeyText() {}

    /** The secret: its own characters in UTF-8, or {@code base64:} and its bytes. */
    static SecretKey secret(String text) {
        var bytes = text.startsWith(BASE64)
                ? decoded(text.substring(BASE64.length()))
                : text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("secret: empty (expected: at least one byte)");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** The public key of a PEM ({@code PUBLIC KEY} or {@code CERTIFICATE}) or of a JWK. */
    static PublicKey publicKey(String text) {
        var stripped = text.strip();
        if (stripped.startsWith("{")) {
            return ofJwk(stripped);
        }
        if (stripped.startsWith("-----BEGIN CERTIFICATE-----")) {
            return demandStrong(certified(stripped));
        }
        var encoded = pem(stripped);
        if (encoded == null) {
            throw new IllegalArgumentException(
                    "key: neither PEM nor JWK (expected: `-----BEGIN PUBLIC KEY-----` or a JWK)");
        }
        return demandStrong(ofSpki(decoded(encoded)));
    }

    private static @Nullable String pem(String text) {
        var begin = "-----BEGIN PUBLIC KEY-----";
        var end = text.indexOf("-----END PUBLIC KEY-----");
        return text.startsWith(begin) && end > 0
                ? text.substring(begin.length(), end).replaceAll("\\s", "")
                : null;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key: no base64 (expected: base64 with padding)", null);
        }
    }

    private static PublicKey ofSpki(byte[] encoded) {
        GeneralSecurityException failure = null;
        for (var type : TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                failure = e;
            }
        }
        throw new IllegalArgumentException("key: of no type that is known (expected: RSA, EC or Ed25519)", failure);
    }

    private static PublicKey certified(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(bytes)
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("key: a certificate that cannot be read (expected: PEM)", e);
        }
    }

    private static PublicKey ofJwk(String jwk) {
        var set = new JwkReader(Algorithm.asymmetric(), false)
                .read(("{\"keys\":[" + jwk + "]}").getBytes(StandardCharsets.UTF_8));
        if (set.keys().size() == 1 && set.keys().get(0).key() instanceof PublicKey key) {
            return key;
        }
        throw new IllegalArgumentException("key: no usable JWK " + set.notes() + " (expected: a public key)");
    }

    private static PublicKey demandStrong(PublicKey key) {
        var weakness = key instanceof RSAPublicKey rsa ? JwkReader.weakness(rsa) : "";
        if (!weakness.isEmpty()) {
            throw new IllegalArgumentException("key: " + weakness);
        }
        return key;
    }
}
