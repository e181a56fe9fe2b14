package dev.portcullis.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads keys for {@link PolicyBundle}s as {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write them. */
public final class BundleKeys {

    private static final String EXPECTED = " (expected: one for Ed25519, as PEM)";

    private BundleKeys() {}

    /**
     * The key that is trusted.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PublicKey publicKey(String pem) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes(pem, "PUBLIC KEY")));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("public key: not one" + EXPECTED, e);
        }
    }

    /**
     * The key to sign with.
     *
     * @throws IllegalArgumentException when it is none; the message does not show it
     */
    public static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(bytes(pem, "PRIVATE KEY")));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("private key: not one" + EXPECTED);
        }
    }

    private static byte[] bytes(String pem, String what) throws GeneralSecurityException {
        var begin = "-----BEGIN " + what + "-----";
        var end = "-----END " + what + "-----";
        var from = pem.indexOf(begin);
        var to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("no " + begin);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no base64", e);
        }
    }
}
