package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is read from certificates. Stateless. */
@TrustedBase
final class X509 {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_CURVE_BITS = 256;
    private static final int DIGITAL_SIGNATURE = 0;

    private X509() {}

    /** The certificates of their encodings; null when one is none, or has more behind it. */
    static @Nullable List<X509Certificate> read(List<byte[]> encoded) {
        var read = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var bytes : encoded) {
                var stream = new ByteArrayInputStream(bytes);
                read.add((X509Certificate) factory.generateCertificate(stream));
                if (stream.available() > 0) {
                    return null;
                }
            }
            return List.copyOf(read);
        } catch (CertificateException e) {
            return null;
        }
    }

    /** The SHA-256 of a certificate (RFC 8705, section 3.1), in base64url. */
    static String thumbprint(X509Certificate certificate) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(encoded(certificate)));
    }

    /** The SHA-256 of a certificate's public key, in base64url. */
    static String keyHash(X509Certificate certificate) {
        var key = certificate.getPublicKey().getEncoded();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(key));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells whether the key is long enough, and the hash that was signed one that nobody can collide. */
    static boolean isStrong(X509Certificate certificate) {
        var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        return isStrong(certificate.getPublicKey())
                && !algorithm.contains("MD5")
                && !algorithm.contains("MD2")
                && !algorithm.contains("SHA1");
    }

    /** Tells whether the key is long enough. */
    static boolean isStrong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        }
        if (key instanceof ECPublicKey curve) {
            return curve.getParams().getCurve().getField().getFieldSize() >= MIN_CURVE_BITS;
        }
        return key.getAlgorithm().startsWith("Ed");
    }

    /** Tells whether the certificate may prove a client: no authority's, and for no other purposes alone. */
    static boolean isForClients(X509Certificate certificate) {
        var usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || usage != null && !usage[DIGITAL_SIGNATURE]) {
            return false;
        }
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateException e) {
            return false;
        }
    }
}
