package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes tokens that no issuer has signed. */
final class Forgery {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BITS = 2048;

    private Forgery() {}

    /** The attacker's own key, made when it is first needed. */
    private static final class Own {
        static final KeyPair PAIR = pair();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A part of a token as an object; an empty one when it is none. */
    static ObjectNode part(String token, int which) {
        var parts = token.split("\\.", -1);
        try {
            if (parts.length == 3
                    && JSON.readTree(Base64.getUrlDecoder().decode(parts[which])) instanceof ObjectNode object) {
                return object;
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return object();
        } catch (java.io.IOException e) {
            return object();
        }
        return object();
    }

    /** Two parts without a signature. */
    static String unsigned(ObjectNode header, ObjectNode claims) {
        return text(header.toString().getBytes(UTF_8)) + "."
                + text(claims.toString().getBytes(UTF_8));
    }

    /** Signed with a secret. */
    static String withSecret(ObjectNode header, ObjectNode claims, byte[] secret) {
        var content = unsigned(header, claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            // An empty key is no key for this provider; a zero is the same to HMAC.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
            return content + "." + text(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HmacSHA256", e);
        }
    }

    /** Signed with a key of the attacker's own. */
    static String withOwnKey(ObjectNode header, ObjectNode claims) {
        var content = unsigned(header, claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(Own.PAIR.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA256withRSA", e);
        }
    }

    /** The attacker's own key, as JSON. */
    static ObjectNode ownKey() {
        var key = (RSAPublicKey) Own.PAIR.getPublic();
        return object().put("kty", "RSA")
                .put("use", "sig")
                .put("kid", "portcullis-attack")
                .put("n", text(bytes(key.getModulus())))
                .put("e", text(bytes(key.getPublicExponent())));
    }

    private static byte[] bytes(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA", e);
        }
    }
}
