package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** An envelope (RFC 7516) sealed by RSA-OAEP-256 and A256GCM, whatever its header says. */
record Sealed(PublicKey key, String padding, byte[] header, byte[] secret, byte[] iv, byte[] inside) {

    static final String OAEP_256 = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Sealed of(PublicKey key, String header, String inside) {
        var secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        return new Sealed(key, OAEP_256, header.getBytes(UTF_8), secret, new byte[12], inside.getBytes(UTF_8));
    }

    Sealed padding(String other) {
        return new Sealed(key, other, header, secret, iv, inside);
    }

    Sealed header(byte[] other) {
        return new Sealed(key, padding, other, secret, iv, inside);
    }

    Sealed secret(int length) {
        return new Sealed(key, padding, header, Arrays.copyOf(secret, length), iv, inside);
    }

    Sealed iv(int length) {
        return new Sealed(key, padding, header, secret, new byte[length], inside);
    }

    Sealed inside(byte[] other) {
        return new Sealed(key, padding, header, secret, iv, other);
    }

    /** The five parts. */
    List<byte[]> parts() {
        try {
            var gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, iv));
            gcm.updateAAD(BASE64.encodeToString(header).getBytes(US_ASCII));
            var sealed = gcm.doFinal(inside);
            var end = sealed.length - 16;
            return List.of(
                    header, wrapped(), iv, Arrays.copyOf(sealed, end), Arrays.copyOfRange(sealed, end, sealed.length));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] wrapped() throws GeneralSecurityException {
        var rsa = Cipher.getInstance(padding);
        if (padding.equals(OAEP_256)) {
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    key,
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        } else {
            rsa.init(Cipher.ENCRYPT_MODE, key);
        }
        return rsa.doFinal(secret);
    }

    static String compact(List<byte[]> parts) {
        return String.join(".", parts.stream().map(BASE64::encodeToString).toList());
    }

    String compact() {
        return compact(parts());
    }

    /** The same with another part at one place. */
    String with(int place, byte[] part) {
        var parts = new java.util.ArrayList<>(parts());
        parts.set(place, part);
        return compact(parts);
    }

    /** The same with other text at the place of one part. */
    String withText(int place, java.util.function.UnaryOperator<String> change) {
        var parts = compact().split("\\.", -1);
        parts[place] = change.apply(parts[place]);
        return String.join(".", parts);
    }
}
