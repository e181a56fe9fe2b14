package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of HTTP message signatures (RFC 9421, section 3.3), each bound to one type of key. Immutable.
 */
@TrustedBase
public enum SignatureAlgorithm {
    /** RSASSA-PSS with SHA-512, and a salt of 64 bytes. */
    RSA_PSS_SHA512("rsa-pss-sha512", "RSASSA-PSS"),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_V1_5_SHA256("rsa-v1_5-sha256", "SHA256withRSA"),
    /** HMAC with SHA-256 and a secret of at least 256 bits. */
    HMAC_SHA256("hmac-sha256", "HmacSHA256"),
    /** ECDSA on the curve P-256 with SHA-256. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "SHA256withECDSAinP1363Format"),
    /** ECDSA on the curve P-384 with SHA-384. */
    ECDSA_P384_SHA384("ecdsa-p384-sha384", "SHA384withECDSAinP1363Format"),
    /** EdDSA on the curve Ed25519. */
    ED25519("ed25519", "Ed25519");

    private static final int MIN_SECRET = 32;
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String id;
    private final String jca;

    SignatureAlgorithm(String id, String jca) {
        this.id = id;
        this.jca = jca;
    }

    /** The registered name. */
    public String id() {
        return id;
    }

    /** Why the key cannot be used with it, as a phrase for the operator; null when it can. */
    @Nullable
    String objectionTo(Key key) {
        var fits = switch (this) {
            case RSA_PSS_SHA512, RSA_V1_5_SHA256 -> key instanceof RSAPublicKey;
            case HMAC_SHA256 -> key instanceof SecretKey;
            case ECDSA_P256_SHA256 -> key instanceof ECPublicKey curve && Curves.isOf(curve, 256);
            case ECDSA_P384_SHA384 -> key instanceof ECPublicKey curve && Curves.isOf(curve, 384);
            case ED25519 ->
                key instanceof EdECPublicKey curve
                        && curve.getParams().getName().equals("Ed25519")
                        && EdwardsCurve.holds(curve);
        };
        if (!fits) {
            return "a key of another type";
        }
        return key instanceof SecretKey secret && secret.getEncoded().length < MIN_SECRET
                ? "a secret of less than " + MIN_SECRET + " bytes"
                : null;
    }

    /**
     * Tells whether the bytes are signed by the key.
     *
     * @throws IllegalStateException when the platform cannot tell
     */
    boolean verifies(byte[] signature, Key key, byte[] signed) {
        try {
            return key instanceof PublicKey open
                    ? verifiesPublicly(signature, open, signed)
                    : MessageDigest.isEqual(mac(key, signed), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(id + ": cannot verify a signature", e);
        }
    }

    private byte[] mac(Key key, byte[] signed) throws GeneralSecurityException {
        var mac = Mac.getInstance(jca);
        mac.init(key);
        return mac.doFinal(signed);
    }

    private boolean verifiesPublicly(byte[] signature, PublicKey key, byte[] signed) throws GeneralSecurityException {
        if (key instanceof ECPublicKey curve && !Curves.inRange(signature, curve)
                || key instanceof EdECPublicKey edwards && !EdwardsCurve.fits(signature, edwards)) {
            return false;
        }
        var verifier = Signature.getInstance(jca);
        if (this == RSA_PSS_SHA512) {
            verifier.setParameter(PSS);
        }
        try {
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (InvalidKeyException e) {
            throw e;
        } catch (SignatureException e) {
            return false;
        }
    }
}
