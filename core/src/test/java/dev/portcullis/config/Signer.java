package dev.portcullis.config;

import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client that signs its requests, written from the standard and not from what verifies them. */
record Signer(String algorithm, KeyPair pair) {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    static Signer of(String algorithm) {
        try {
            return new Signer(algorithm, algorithm.startsWith("hmac") ? null : pair(algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        var type = algorithm.startsWith("rsa") ? "RSA" : algorithm.startsWith("ecdsa") ? "EC" : "Ed25519";
        var generator = KeyPairGenerator.getInstance(type);
        if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(algorithm.contains("p256") ? "secp256r1" : "secp384r1"));
        } else if (type.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    /** The key as a configuration has it. */
    String written() {
        return pair == null ? "secret: \"" + SECRET + "\"" : "public-key: \"" + pem().replace("\n", "\\n") + "\"";
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static String digest(String body) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha-256=:" + Base64.getEncoder().encodeToString(sha) + ":";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The components of a request to {@code https://example.com}, with the digest of its body where there is one. */
    static Map<String, String> components(RecordedWire wire) {
        var components = new LinkedHashMap<String, String>();
        components.put("\"@method\"", wire.method());
        components.put("\"@target-uri\"", "https://example.com" + wire.target());
        if (wire.bytes().length > 0) {
            components.put("\"content-digest\"", digest(new String(wire.bytes(), StandardCharsets.UTF_8)));
        }
        return components;
    }

    /** The request with a signature that covers these components, and has these parameters. */
    RecordedWire sign(RecordedWire wire, Map<String, String> components, String parameters) {
        var input = "(" + String.join(" ", components.keySet()) + ")" + parameters;
        var base = components.entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\"@signature-params\": " + input;
        var signed = wire.with("Signature-Input", "sig1=" + input).with("Signature", "sig1=:" + sign(base) + ":");
        var digest = components.get("\"content-digest\"");
        return digest == null ? signed : signed.with("Content-Digest", digest);
    }

    String sign(String base) {
        try {
            return Base64.getEncoder().encodeToString(bytes(base.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes(byte[] base) throws GeneralSecurityException {
        if (pair == null) {
            return hmac(SECRET, base);
        }
        var signature = Signature.getInstance(
                switch (algorithm) {
                    case "rsa-pss-sha512" -> "RSASSA-PSS";
                    case "rsa-v1_5-sha256" -> "SHA256withRSA";
                    case "ecdsa-p256-sha256" -> "SHA256withECDSAinP1363Format";
                    case "ecdsa-p384-sha384" -> "SHA384withECDSAinP1363Format";
                    default -> "Ed25519";
                });
        if (algorithm.equals("rsa-pss-sha512")) {
            signature.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
        }
        signature.initSign(pair.getPrivate());
        signature.update(base);
        return signature.sign();
    }

    static byte[] hmac(String secret, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
