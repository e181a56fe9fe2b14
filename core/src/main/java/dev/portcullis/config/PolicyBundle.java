package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A policy file with a detached signature (Ed25519, RFC 8032) over it and its serial number, so that many services can ask one set of
 * policies wherever it comes from. Immutable.
 *
 * <p>The signature stands in a file of its own, as one line: {@code portcullis-bundle-1 SERIAL BASE64}. Nothing of a policy file is parsed before its
 * signature holds. Secrets do not belong in it: {@code ${NAME}} is each service's own environment variable.
 *
 * @param file what is written
 * @param serial which of two bundles is the later one
 */
public record PolicyBundle(PolicyFile file, long serial) {

    /** What the name of the file with the signature ends in. */
    public static final String SUFFIX = ".sig";

    static final int MAX_POLICY = 4 * 1024 * 1024;
    static final int MAX_SIGNATURE = 256;

    private static final String MARK = "portcullis-bundle-1";
    private static final Pattern LINE = Pattern.compile(MARK + " ([0-9]{1,18}) ([A-Za-z0-9+/]{86}==)\\s?\\s?");

    /** Checks that there is a file. */
    public PolicyBundle {
        requireNonNull(file, "file");
    }

    /**
     * What both files hold.
     *
     * @param name the policy file's name, as operators are told
     * @param policy the policy file
     * @param signature the file with the signature
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    public record Sealed(String name, byte[] policy, byte[] signature) {

        /** Checks that all is there. */
        public Sealed {
            requireNonNull(name, "name");
            requireNonNull(policy, "policy");
            requireNonNull(signature, "signature");
        }
    }

    /**
     * The line to be written beside a policy file.
     *
     * @param serial a number that is larger than that of all before, such as the time
     * @throws IllegalArgumentException when the key is none for Ed25519, or the number is negative
     */
    public static String sign(byte[] policy, long serial, PrivateKey key) {
        if (serial < 0) {
            throw new IllegalArgumentException("serial: " + serial + " (expected: >= 0)");
        }
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(covered(policy, serial));
            return MARK + " " + serial + " " + Base64.getEncoder().encodeToString(signer.sign()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key: not one to sign with (expected: a private key for Ed25519)", e);
        }
    }

    private static byte[] covered(byte[] policy, long serial) {
        var head = (MARK + "\n" + serial + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + policy.length)
                .put(head)
                .put(policy)
                .array();
    }

    /**
     * Opens what a trusted key has signed.
     *
     * @param environment gives an environment variable's value, or null
     * @throws ConfigurationException when nobody has signed it, or somebody else, or it is no YAML
     */
    public static PolicyBundle open(Sealed sealed, PublicKey trusted, UnaryOperator<@Nullable String> environment) {
        var line = LINE.matcher(new String(sealed.signature, StandardCharsets.ISO_8859_1));
        var signature = sealed.name + SUFFIX;
        if (sealed.policy.length > MAX_POLICY || sealed.signature.length > MAX_SIGNATURE || !line.matches()) {
            throw refused(signature, "no signature of a policy file", "sign it: `portcullis bundle sign`");
        }
        var serial = Long.parseLong(line.group(1));
        if (!holds(sealed.policy, serial, Base64.getDecoder().decode(line.group(2)), trusted)) {
            throw refused(
                    signature,
                    "the signature is not that of the trusted key over this file",
                    "sign the file as it is with the private key that belongs to the trusted one");
        }
        return new PolicyBundle(PolicyFile.parse(sealed.name, text(sealed), environment), serial);
    }

    private static boolean holds(byte[] policy, long serial, byte[] signature, PublicKey trusted) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(trusted);
            verifier.update(covered(policy, serial));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String text(Sealed sealed) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sealed.policy))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(sealed.name, "not UTF-8", "save it as UTF-8, and sign it again");
        }
    }

    static ConfigurationException refused(String place, String message, String help) {
        return new ConfigurationException(List.of(new Problem("", place + ":1:1", message, help)));
    }
}
